"""The navigation of this audience; its first entry that a person sees is where the work begins."""

from django.utils.translation import gettext_lazy as _

from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.states import Role
from xingyun.web.navigation import Way

OFFICE = (*OFFICIAL, Role.READER)


def in_office(actor: Actor) -> bool:
    """Whoever works in an authority or reads everything."""
    return actor.is_auditor or bool(actor.authorities(*OFFICE))


def works(actor: Actor) -> bool:
    """Whoever prepares, reviews or signs."""
    return bool(actor.authorities(*OFFICIAL))


def leads(actor: Actor) -> bool:
    """Whoever works in the authority at the top, and whoever reads everything."""
    return actor.is_auditor or any(s.parent_id is None and s.role in OFFICE for s in actor.seats)


WAYS: tuple[Way, ...] = (
    Way(_("企业注册"), "registrations", works),
    Way(_("上云企业名录"), "rosters", in_office),
    Way(_("批次与时间"), "rounds", in_office),
)
