"""Deciding on one application: prepared, reviewed, signed by three people on the minutes of a meeting."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Decision, Minutes
from xingyun.reviews.queries import Step
from xingyun.reviews.states import Kind, Outcome
from xingyun.rulebook import Act
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.listing import listed, page_of
from xingyun.web.officials.offices import IN_OFFICE

PAGE = "officials/decide.html"


@require_safe
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """What is to decide and what was decided, with the places beside it."""
    return answers.page(request, PAGE, context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """The acts with their possible outcomes, the decisions with their next hands."""
    desk = queries.desk(request.actor, uid)
    return {
        **around(desk),
        "acts": open_acts(desk.steps),
        "procedure": desk.workspace.rulebook.procedure(desk.workspace.application.holder.tier),
        "hands": {d.pk: handling(desk.steps, d) for d in desk.decisions},
        "kinds": {kind.value: kind.label for kind in Kind},
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
        "reads_minutes": reads_minutes(request.actor, desk.workspace.application.holder),
        "typed": {},
        "listed": listed(request.actor, request.GET, desk.workspace.application, "decide"),
        "again": {},
        "take_up": next(s for s in desk.steps if s.name == "take_up"),
        "reason": "",
    }


def reads_minutes(actor: Actor, holder: Authority) -> bool:
    """Whether the minutes listed here, the holder's, are this person's to open: not for offices below."""
    own = actor.authorities(*IN_OFFICE)
    return actor.is_auditor or holder.pk in own or holder.parent_id in own


def open_acts(steps: tuple[Step, ...]) -> list[tuple[Act, list[Step]]]:
    """Each undecided act of the office with a step for every outcome."""
    acts = list(dict.fromkeys(step.act for step in steps if step.act is not None))
    return [(act, [step for step in steps if step.act == act]) for act in acts]


def handling(steps: tuple[Step, ...], decision: Decision) -> dict[str, Step]:
    """The steps on a decision by name."""
    return {s.name: s for s in steps if s.decision is not None and s.decision.pk == decision.pk}


@require_POST
@require_seat()
def prepare(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Prepare one decision; a grant takes its place at once."""
    application = found(request, uid)
    names = ("level", "kind", "outcome", "reason")
    given = {name: request.POST.get(name, "") for name in names}
    try:
        made = actions.prepare(application=application, actor=request.actor, now=clock.now(), **given)
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid), typed=given)
    said = _("已拟好决定，等另一位同事复核。") if made.needs_review else _("已拟好决定，等签发。")
    return answers.done(request, said, page_of(request, "decide", uid))


@require_POST
@require_seat()
def review(request: ActorRequest, uid: UUID, pk: int) -> HttpResponse:
    """Another person stands by it."""
    decision = decision_of(request, uid, pk)

    def act() -> None:
        actions.review(decision=decision, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已复核，等签发。"))


@require_POST
@require_seat()
def sign(request: ActorRequest, uid: UUID, pk: int) -> HttpResponse:
    """A third person signs on the minutes."""
    decision = decision_of(request, uid, pk)
    minutes = chosen(decision, request.POST.get("minutes", ""))

    def act() -> None:
        actions.sign(decision=decision, minutes=minutes, actor=request.actor, now=clock.now())

    again = {"pk": pk, "minutes": minutes.pk if minutes else None}
    return tried(request, uid, act, _("已签发。"), again=again)


@require_POST
@require_seat()
def revoke(request: ActorRequest, uid: UUID, pk: int) -> HttpResponse:
    """Taken back with a reason; its place is free again."""
    decision = decision_of(request, uid, pk)
    reason = request.POST.get("reason", "")

    def act() -> None:
        actions.revoke(decision=decision, reason=reason, actor=request.actor, now=clock.now())

    again = {"pk": pk, "reason": reason}
    return tried(request, uid, act, _("已撤销这项决定，占用的名额已放回。"), again=again)


@require_POST
@require_seat()
def take_up(request: ActorRequest, uid: UUID) -> HttpResponse:
    """A place is free again: decided anew."""
    application, reason = found(request, uid), request.POST.get("reason", "")

    def act() -> None:
        actions.take_up_again(application=application, reason=reason, actor=request.actor, now=clock.now())

    return tried(request, uid, act, _("已重新打开，请经办重新拟定。名额到拟定时才占用。"), reason=reason)


def tried(
    request: ActorRequest, uid: UUID, act: Callable[[], None], said: str, **typed: object
) -> HttpResponse:
    """Do it, or show the page again with the reason why not and what was typed."""
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, uid), **typed)
    return answers.done(request, said, page_of(request, "decide", uid))


def decision_of(request: ActorRequest, uid: UUID, pk: int) -> Decision:
    """A decision on an application that this person may read."""
    known = Decision.objects.select_related("application", "quota_line")
    return get_object_or_404(known, application=found(request, uid), pk=pk)


def chosen(decision: Decision, pk: str) -> Minutes | None:
    """The minutes of the deciding office that were chosen, or none."""
    if not pk.isdecimal():
        return None
    return Minutes.objects.filter(authority_id=decision.authority_id, pk=int(pk)).first()
