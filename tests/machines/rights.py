"""Who may do what, said once more beside the product's own predicates: others are refused.

Each is asked of a thing and answers for any person.
"""

from collections.abc import Callable

from tests.factories.applications import Made
from tests.machines.town import OFFICE, Town

from xingyun.applications.models import StateChange
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.results.models import Notice, NoticeLine, Objection
from xingyun.reviews.models import Appeal, Decision, Report, WithdrawalRequest

Who = Callable[[Actor], bool]


def seat(key: str, *roles: str) -> Who:
    """Whoever has one of these seats in an office."""
    return lambda actor: any(one.authority_key == key and one.role in roles for one in actor.seats)


def office(key: str) -> Who:
    """Whoever works in an office."""
    return seat(key, *OFFICE)


def applicant(_town: Town, made: Made) -> Who:
    """The enterprise's own person."""
    return lambda actor: actor.user_id == made.actor.user_id


def holder(town: Town, made: Made) -> Who:
    """Whoever works in the office that has the application."""
    return office(town.fresh(made).holder.key)


def preparer(town: Town, made: Made) -> Who:
    """The preparer of the office that has it."""
    return seat(town.fresh(made).holder.key, Role.PREPARER)


def signatory(town: Town, made: Made) -> Who:
    """The signatory of the office that has it."""
    return seat(town.fresh(made).holder.key, Role.SIGNATORY)


def disqualifier(town: Town, made: Made) -> Who:
    """The signatory of the office that has it, or of the one that leads."""
    own, leading = signatory(town, made), seat(town.top, Role.SIGNATORY)
    return lambda actor: own(actor) or leading(actor)


def answerer(_town: Town, request: WithdrawalRequest) -> Who:
    """Whoever works in the office that has the application."""
    return office(request.application.holder.key)


def unbiased(_town: Town, appeal: Appeal) -> Who:
    """Whoever works in the office that has it, but not who has refused."""
    steps = StateChange.objects.filter(application=appeal.application)
    refused_by = steps.order_by("-seq").values_list("actor", flat=True)[0]
    works = office(appeal.application.holder.key)
    return lambda actor: works(actor) and actor.id != refused_by


def reviewer(_town: Town, decision: Decision) -> Who:
    """The reviewer of the office that decides."""
    return seat(decision.authority.key, Role.REVIEWER)


def signs(_town: Town, decision: Decision) -> Who:
    """The signatory of the office that decides."""
    return seat(decision.authority.key, Role.SIGNATORY)


def revoker(_town: Town, decision: Decision) -> Who:
    """Anybody of the office before the signature, the signatory afterwards."""
    roles = OFFICE if decision.signed_at is None else (Role.SIGNATORY,)
    return seat(decision.authority.key, *roles)


def drafter(_town: Town, key: str) -> Who:
    """The preparer of the office."""
    return seat(key, Role.PREPARER)


def finance(_town: Town, report: Report) -> Who:
    """Who countersigns beside the office that reports."""
    return seat(report.authority.key, Role.COUNTERSIGNER)


def reporter(_town: Town, report: Report) -> Who:
    """Whoever works in the office that reports."""
    return office(report.authority.key)


def either(_town: Town, report: Report) -> Who:
    """The office that reports, or finance beside it."""
    return seat(report.authority.key, *OFFICE, Role.COUNTERSIGNER)


def recipient(_town: Town, report: Report) -> Who:
    """Whoever works in the office that it goes to."""
    return office(report.recipient.key)


def publisher(_town: Town, key: str) -> Who:
    """Whoever works in the office."""
    return office(key)


def leader(_town: Town, notice: Notice) -> Who:
    """Whoever works in the office that has published."""
    return office(notice.authority.key)


def judge(_town: Town, objection: Objection) -> Who:
    """Whoever works in the office that has published."""
    return office(objection.line.notice.authority.key)


def anybody(_town: Town, _line: NoticeLine) -> Who:
    """The public."""
    return lambda _actor: True
