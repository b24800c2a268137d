"""Finding applications by their enterprise's name, pinyin or code, or by their own number."""

from django.db.models import Exists, OuterRef, Q

from xingyun.applications.models import Application
from xingyun.registry.queries import found_by, holding

# So many are picked out and then put in order; more are met soon enough by walking along the order.
FEW = 1000


def named(text: str) -> Q:
    """The applications that a text is about, as a condition (a query; two where the text has a digit).

    A part of the name (two characters are enough), of its pinyin or its initials, of the code; or the
    beginning of the application's number.
    """
    said = text.strip()
    some = found_by(said, FEW + 1)
    about = Exists(holding(said).filter(enterprise=OuterRef("enterprise")))
    found = Q(about) if len(some) > FEW else Q(enterprise__in=some)
    return found | _numbered(said.upper()) if any(sign.isdigit() for sign in said) else found


def _numbered(text: str) -> Q:
    begins = Q(number__startswith=text)
    some = list(Application.objects.filter(begins).values_list("pk", flat=True)[: FEW + 1])
    return begins if len(some) > FEW else Q(pk__in=some)
