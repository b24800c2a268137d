"""Many decisions at once: checked first, prepared in one act, and what failed told row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.jobs.queries import latest
from xingyun.jobs.states import OPEN
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions.together import KIND, MOST
from xingyun.reviews.queries import Wish
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import IN_OFFICE, expected, shown
from xingyun.web.officials.offices import office as office_of
from xingyun.web.officials.states import OUTCOME
from xingyun.web.officials.wishes import acts_of, value, wishes

CHECK = "officials/bulk_check.html"
PAGE = "officials/bulk.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form of these pages says."""

    office: Authority
    picked: Sequence[Wish]
    outcome: str
    reason: str


def asked_of(request: ActorRequest) -> Asked:
    """What was ticked and typed. Raises NotAllowed for another office."""
    sent = request.POST
    outcome = sent.get("outcome", "")
    return Asked(
        office_of(request.actor, sent.get("office", "")),
        wishes(sent),
        outcome if outcome in Outcome.values else Outcome.GRANTED,
        sent.get("reason", ""),
    )


@require_POST
@require_seat(Role.PREPARER)
def check(request: ActorRequest) -> HttpResponse:
    """Whether each row would go through, and why not; nothing is written."""
    asked = asked_of(request)
    every = _every(request, asked)
    # Checked again, what is ticked stays so; the first time, or where nothing is, all that would go through.
    context = context_of(request, every, kept=asked.picked if "listed" in request.POST else None)
    if not every.picked:
        refused = Refused(_("请先勾选要办的企业。"), field="row")
        return answers.again(request, refused, CHECK, context)
    return answers.page(request, CHECK, context)


def context_of(request: ActorRequest, asked: Asked, kept: Sequence[Wish] | None = None) -> dict[str, object]:
    """The rows with what would become of them; `kept` stay ticked; without any, all that would go through."""
    about = shown(request)
    round_ = expected(about)
    book = rulebook_of(round_.edition)
    levels = {one.key: one for one in book.levels}
    chosen = queries.in_order(asked.picked, {key: one.rank for key, one in levels.items()})[:MOST]
    outlook = queries.check_together(request.actor, asked.office, round_, chosen, asked.outcome)
    good = set(kept or [row.wish for row in outlook.rows if not row.why])
    acts = acts_of(asked.office, book)
    return {
        "about": about,
        "book": book,
        "office": asked.office,
        "outlook": outlook,
        "levels": levels,
        "kinds": {kind.value: kind.label for kind in Kind},
        "outcome": asked.outcome,
        "reason": asked.reason,
        "outcomes": OUTCOME,
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
        "ticked": good,
        "value": value,
        "first": acts[0] if acts else None,
    }


@require_POST
@require_seat(Role.PREPARER)
def prepare(request: ActorRequest) -> HttpResponse:
    """Prepare what is ticked: a few at once, many as a job."""
    asked = asked_of(request)
    try:
        made = actions.prepare_together(
            authority=asked.office,
            round=expected(shown(request)),
            wishes=asked.picked,
            outcome=request.POST.get("outcome", ""),
            reason=asked.reason,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(request, _every(request, asked), kept=asked.picked)
        return answers.again(request, refused, CHECK, context)
    said = _("已办完，结果在下面。") if made.ended_at else _("已开始办理，逐行的结果在这一页。")
    return answers.done(request, said, "bulk", made.uid)


def _every(request: ActorRequest, asked: Asked) -> Asked:
    """With the rows that the page listed, ticked or not, so that none is lost."""
    listed = request.POST.copy()
    listed.setlist("row", request.POST.getlist("listed") or request.POST.getlist("row"))
    return Asked(asked.office, wishes(listed), asked.outcome, asked.reason)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """How far it is, and then what was prepared and what was not."""
    found = queries.bulk_page(request.actor, uid)
    bulk = found.bulk
    book = rulebook_of(bulk.round.edition)
    job = None if bulk.ended_at else latest(kind=KIND, key=str(bulk.uid))
    about = shown(request)
    first = next(iter(found.rows), None)
    context = {
        "about": about,
        "book": book,
        "found": found,
        "bulk": bulk,
        "job": job,
        "running": bool(job and job.state in OPEN),
        "follows": bool(job and job.owner_id == request.actor.user_id),
        "prepares": request.actor.holds(Role.PREPARER, bulk.authority_id),
        "levels": {one.key: one for one in book.levels},
        "kinds": {kind.value: kind.label for kind in Kind},
        "outcomes": OUTCOME,
        "first": first,
    }
    return answers.page(request, PAGE, context)


@require_POST
@require_seat(Role.PREPARER)
def resume(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Go on with one that was cut short."""
    found = queries.bulk_page(request.actor, uid)
    actions.resume(bulk=found.bulk, actor=request.actor, now=clock.now())
    return answers.done(request, _("已接着办，办过的不会再办。"), "bulk", uid)
