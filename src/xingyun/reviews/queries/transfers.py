"""Files on their way from one office to another, each read by the two and by who stands above both."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import above
from xingyun.reviews.models import Transfer
from xingyun.reviews.permissions import OFFICE
from xingyun.rounds.queries import rulebook_of

RELATIONS = (
    "application__enterprise",
    "application__round__programme",
    "application__edition",
    "source",
    "target",
    "ruled_to",
    "asked_by",
    "answered_by",
    "ruled_by",
)


def transfers(actor: Actor) -> QuerySet[Transfer]:
    """Those that concern the offices of this person, or the ones right below them; an auditor reads all."""
    known = Transfer.objects.select_related(*RELATIONS).defer(
        "application__answers", "application__edition__source", "application__edition__contacts"
    )
    if actor.is_auditor:
        return known
    own = actor.authorities(*OFFICE)
    upper = Q(source__parent__in=own) | Q(source__parent__parent__in=own)
    return known.filter(Q(source__in=own) | Q(target__in=own) | upper)


def get_transfer(actor: Actor, uid: UUID) -> Transfer:
    """The one of this public id. Raises NotAllowed when it does not concern this person."""
    found = transfers(actor).filter(uid=uid).first()
    if found is None:
        raise NotAllowed(_("没有找到这次移送。"))
    return found


def last_transfer(application: Application) -> Transfer | None:
    """The newest one of an application."""
    known = Transfer.objects.filter(application=application).select_related("source", "target", "ruled_to")
    return known.order_by("-id").first()


def targets(application: Application) -> list[Authority]:
    """The offices to which it may be handed over: those of the same tier under the edition."""
    book = rulebook_of(application.edition)
    keys = [a.key for a in book.authorities if a.tier == application.authority.tier]
    others = Authority.objects.filter(key__in=keys).exclude(pk=application.authority_id)
    return list(others.order_by("id"))


def rules(transfer: Transfer) -> set[int]:
    """The ids of the offices that stand above both."""
    return above([transfer.source_id, transfer.target_id])
