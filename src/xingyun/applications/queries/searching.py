"""Finding applications by their enterprise's name, pinyin or code, or by their own number."""

from typing import NamedTuple

from django.db.models import BooleanField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from xingyun.applications.models import Application
from xingyun.registry.queries import found_by, holding

# So many are picked out and then put in order; more are met soon enough by walking along the order.
FEW = 10_000


class Named(NamedTuple):
    """The applications that a text is about, as a condition, and whether they are few enough to be sorted."""

    where: Q
    few: bool


def named(text: str) -> Named:
    """The applications that a text is about (a query; two where the text has a digit).

    A part of the name (two characters are enough), of its pinyin or its initials, of the code; or the
    beginning of the application's number.
    """
    said = text.strip()
    some = found_by(said, FEW + 1)
    few = len(some) <= FEW
    found = Named(Q(enterprise__in=some) if few else Q(_said_of_each(said)), few)
    if not any(sign.isdigit() for sign in said):
        return found
    numbered = _numbered(said.upper())
    return Named(found.where | numbered.where, found.few and numbered.few)


def _said_of_each(text: str) -> Coalesce:
    """Whether an application's enterprise holds the text, asked one by one.

    Not as EXISTS: PostgreSQL would join that, and read all that there are before the first page is full.
    """
    holds = holding(text).filter(enterprise=OuterRef("enterprise")).values(found=Value(True))
    return Coalesce(Subquery(holds, output_field=BooleanField()), False)


def _numbered(text: str) -> Named:
    begins = Q(number__startswith=text)
    some = list(Application.objects.filter(begins).values_list("pk", flat=True)[: FEW + 1])
    return Named(Q(pk__in=some), few=True) if len(some) <= FEW else Named(begins, few=False)
