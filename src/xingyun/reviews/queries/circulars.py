"""Words to many: who would be told, what was sent before, and the letters on their way."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.states import CLOSED_FOR_GOOD, State
from xingyun.audit.errors import NotAllowed
from xingyun.messages.models import Outbox
from xingyun.messages.queries import letters_of
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.reviews.models import Circular
from xingyun.reviews.states import Whom
from xingyun.rounds.models import Round

STATES = {
    Whom.ALL: frozenset(State) - {State.WITHDRAWN},
    Whom.DRAFTS: frozenset({State.DRAFT}),
    Whom.HANDED_IN: frozenset(State) - CLOSED_FOR_GOOD - {State.DRAFT},
    Whom.RETURNED: frozenset({State.RETURNED}),
}


def addressees(authority: Authority, round: Round, whom: str) -> list[int]:
    """The ids of the enterprises with such an application filed with the office or below it (one query)."""
    below = Q(authority=authority) | Q(authority__parent=authority) | Q(authority__parent__parent=authority)
    known = Application.objects.filter(below, round=round, state__in=STATES[Whom(whom)]).order_by()
    return list(known.values_list("enterprise_id", flat=True).distinct())


def beginners(offices: Iterable[Authority], round: Round) -> list[int]:
    """The ids of the enterprises that have begun with one of these offices and not handed in (one query)."""
    known = Application.objects.filter(authority__in=list(offices), round=round, state=State.DRAFT).order_by()
    return list(known.values_list("enterprise_id", flat=True).distinct())


def circulars(actor: Actor) -> QuerySet[Circular]:
    """What the offices of this person have sent."""
    own = actor.authorities(*OFFICIAL)
    return Circular.objects.filter(authority__in=own).select_related("authority", "sent_by").order_by("-id")


def letters(actor: Actor) -> QuerySet[Outbox]:
    """The letters of the offices of this person."""
    return letters_of(actor.authorities(*OFFICIAL))


def letter_of(actor: Actor, pk: int) -> tuple[Outbox, Authority]:
    """A letter and its office. Raises NotAllowed when it is another office's."""
    found = letters(actor).filter(pk=pk).first()
    if found is None or found.office is None:
        raise NotAllowed(_("没有找到这封信。"))
    return found, Authority.objects.get(pk=found.office)
