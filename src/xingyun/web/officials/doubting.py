"""Findings of one application: what is odd, by which clause, on which page, beside what; and the ruling."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.evidence.checks import by_key
from xingyun.evidence.queries import waiting
from xingyun.evidence.states import FindingState
from xingyun.registry.actors import Actor
from xingyun.reviews import actions, queries
from xingyun.reviews.queries import Desk
from xingyun.web import answers
from xingyun.web.findings import words
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.states import DOUBT

PAGE = "officials/findings.html"


@require_safe
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Every finding with what was ruled, and the form for whoever may rule."""
    return answers.page(request, PAGE, context_of(request.actor, queries.desk(request.actor, uid)))


def context_of(
    actor: Actor, desk: Desk, typed: QueryDict | None = None, asked: int | None = None
) -> dict[str, object]:
    """What the page shows; `typed` is what was sent for the finding `asked`."""
    laid_out = queries.doubts(actor, desk.workspace, desk.findings)
    return {
        **around(desk),
        "doubts": laid_out,
        "words": words,
        "checks": {key: check.name for key, check in by_key.items()},
        "looks_ruled": DOUBT,
        "choices": [(state.value, state.label) for state in FindingState if state != FindingState.OPEN],
        "waiting": len(waiting(desk.findings)),
        "step": queries.ruling_step(actor, desk.workspace.application),
        "typed_form": typed,
        "asked": asked,
        "refused": None,
    }


@require_POST
@require_seat()
def rule(request: ActorRequest, uid: UUID, finding: int) -> HttpResponse:
    """Rule on one finding."""
    application = found(request, uid)
    try:
        actions.rule_finding(
            application=application,
            finding=finding,
            status=request.POST.get("status", ""),
            reason=request.POST.get("reason", ""),
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(request.actor, queries.desk(request.actor, uid), request.POST, finding)
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已记下核实的结果。"), "case_findings", uid)
