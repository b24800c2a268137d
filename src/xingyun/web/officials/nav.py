"""The navigation of this audience; its first entry that a person sees is where the work begins."""

from django.utils.translation import gettext_lazy as _

from xingyun.audit.errors import NotAllowed
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


def must_lead(actor: Actor) -> None:
    """Only what `leads` sees; NotAllowed for all others, as if nothing stood there."""
    if not leads(actor):
        raise NotAllowed("")


def reads_reports(actor: Actor) -> bool:
    """An office's people, auditors, and finance."""
    return in_office(actor) or bool(actor.authorities(Role.COUNTERSIGNER))


def audits(actor: Actor) -> bool:
    """Whoever reads everything and changes nothing."""
    return actor.is_auditor


def looks_after(actor: Actor) -> bool:
    """Whoever looks after users and the system."""
    return actor.is_admin


# Lists beside the queue, reached from it.
BESIDE = ("outside_checks", "transfers", "outbox", "blacklist")
WAYS: tuple[Way, ...] = (
    Way(_("待办"), "todo"),
    Way(_("总览"), "overview", leads),
    Way(_("统计"), "statistics", in_office),
    Way(_("申请"), "queue", in_office, also=("views", "exports", *BESIDE)),
    Way(_("决定"), "decisions", works, also=("minutes",)),
    Way(_("上报"), "reports", reads_reports, also=("wordings",)),
    Way(_("纸质件"), "paper_desk", in_office),
    Way(_("公示与异议"), "office_notices", leads),
    Way(_("企业注册"), "registrations", works),
    Way(_("上云企业名录"), "rosters", in_office, also=("roster_claims",)),
    Way(_("批次与时间"), "rounds", in_office, also=("editions",)),
    Way(_("操作记录"), "record", audits),
    Way(_("人员与席位"), "people", looks_after),
)
