"""Decisions in hand, many at once: each is tried by itself, and what does not go is told row by row."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.states import Role
from xingyun.reviews import actions, permissions, queries
from xingyun.reviews.models import Decision, Minutes
from xingyun.reviews.states import Kind, Outcome
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import paging
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.offices import IN_OFFICE, offices, shown
from xingyun.web.officials.states import OUTCOME

WAITING = ("review", "sign", "")
MOST = 100


@dataclass(frozen=True, slots=True)
class Failure:
    """A decision that did not go through, and why."""

    decision: Decision
    message: str
    clause: str


@require_safe
@require_seat(*IN_OFFICE)
def index(request: ActorRequest) -> HttpResponse:
    """The decisions of this person's offices: those to review, to sign, or all."""
    return answers.page(request, "officials/decisions.html", context_of(request))


def context_of(request: ActorRequest, waiting: str = "") -> dict[str, object]:
    """What the list shows, of what waits for this step or for the one that the address names."""
    asked = waiting or request.GET.get("waiting", "")
    waiting = asked if asked in WAITING else ""
    about = shown(request)
    round_ = about.round
    known = narrowed(request.actor, waiting)
    if about.several:
        known = known.filter(application__round=round_)
    after = request.GET.get("after", "")
    # What waits is listed in the order in which it can be done: a level stands on the ones below it.
    page = paging.by_rank(known, after) if waiting else paging.by_time(known, "prepared_at", after)
    book = rulebook_of(round_.edition) if round_ else None
    own = offices(request.actor, *OFFICIAL)
    return {
        "about": about,
        "acted": Acted(decision.application.stream for decision in page.rows),
        "book": book,
        "waiting": waiting,
        "page": page,
        "why": {d.pk: why_not(request.actor, d, waiting) for d in page.rows} if waiting else {},
        "levels": {level.key: level for level in book.levels} if book else {},
        "kinds": {kind.value: kind.label for kind in Kind},
        "outcomes": OUTCOME,
        "outcome_names": {outcome.value: outcome.label for outcome in Outcome},
        "minutes": [m for o in own for m in queries.minutes_of(o, round_)] if round_ and waiting else [],
        "failures": [],
        "kept": {"minutes": "", "ticked": set()},
    }


def narrowed(actor: Actor, waiting: str) -> QuerySet[Decision]:
    """The live decisions of the offices in which this person works, by what they wait for."""
    related = ("application__enterprise", "application__holder", "authority", "prepared_by", "minutes")
    known = Decision.objects.select_related(*related).defer("application__answers").filter(revoked_at=None)
    unreviewed = Q(reviewed_by=None, needs_review=True)
    if waiting == "review":
        return known.filter(unreviewed, signed_at=None, authority__in=actor.authorities(Role.REVIEWER))
    if waiting == "sign":
        own = actor.authorities(Role.SIGNATORY)
        return known.exclude(unreviewed).filter(signed_at=None, authority__in=own)
    return known.filter(authority__in=actor.authorities(*IN_OFFICE))


def why_not(actor: Actor, decision: Decision, waiting: str) -> str:
    """Why this person can't take the step, empty where it can."""
    check = permissions.may_review if waiting == "review" else permissions.may_sign
    try:
        check(actor, decision)
    except Refused as refused:
        return refused.message
    return ""


@require_POST
@require_seat(Role.REVIEWER)
def review(request: ActorRequest) -> HttpResponse:
    """Review the chosen decisions, each by itself."""

    def act(decision: Decision) -> None:
        actions.review(decision=decision, actor=request.actor, now=clock.now())

    return each(request, "review", act)


@require_POST
@require_seat(Role.SIGNATORY)
def sign(request: ActorRequest) -> HttpResponse:
    """Sign the chosen decisions on the same minutes, each by itself."""
    pk = request.POST.get("minutes", "")
    own = Minutes.objects.filter(authority__in=request.actor.authorities(Role.SIGNATORY))
    minutes = own.filter(pk=int(pk)).first() if pk.isdecimal() else None

    def act(decision: Decision) -> None:
        actions.sign(decision=decision, minutes=minutes, actor=request.actor, now=clock.now())

    return each(request, "sign", act)


def each(request: ActorRequest, waiting: str, act: Callable[[Decision], None]) -> HttpResponse:
    """Take the step on every chosen decision; those that refuse are shown with their reasons."""
    chosen = [int(pk) for pk in request.POST.getlist("decision") if pk.isdecimal()][:MOST]
    # The level needed before is signed before the one that stands on it.
    found = list(narrowed(request.actor, waiting).filter(pk__in=chosen).order_by("rank", "pk"))
    failures = [failure for decision in found if (failure := tried(decision, act))]
    done = len(found) - len(failures)
    if found and not failures:
        said = _("已复核 %(n)s 项。") if waiting == "review" else _("已签发 %(n)s 项。")
        return answers.done(request, said % {"n": done}, shown(request).at("decisions"))
    if not found:
        refused = Refused(_("请先勾选要办的决定。"))
    else:
        values = {"done": done, "failed": len(failures)}
        refused = Refused(_("办好 %(done)s 项，%(failed)s 项没有办成，原因列在下面。") % values)
    kept = {"minutes": request.POST.get("minutes", ""), "ticked": set(chosen)}
    context = {**context_of(request, waiting), "failures": failures, "kept": kept}
    return answers.again(request, refused, "officials/decisions.html", context)


def tried(decision: Decision, act: Callable[[Decision], None]) -> Failure | None:
    """The failure of a step, None where it went through."""
    try:
        act(decision)
    except Refused as refused:
        return Failure(decision, refused.message, refused.clause)
    return None
