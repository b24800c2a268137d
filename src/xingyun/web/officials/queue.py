"""The queue: applications handed in, filtered by the address, page by page by key."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xingyun.applications import queries
from xingyun.applications.models import Application
from xingyun.applications.queries import COUNTED, OLDEST
from xingyun.applications.states import State
from xingyun.evidence.queries import open_counts
from xingyun.lists.queries import SEEN, Choice, choice_of, views
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.queries import Meter, Standing, meters, points_of, standings
from xingyun.reviews.states import Kind
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Act, Rulebook
from xingyun.rulebook.schema.levels import Level
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import IN_OFFICE, Shown, offices, shown
from xingyun.web.officials.states import APPLICATION
from xingyun.web.wording import tell

SORTS = (("", gettext_lazy("最近提交的在前")), (OLDEST, gettext_lazy("最早提交的在前")))


@dataclass(frozen=True, slots=True)
class Row:
    """An application with the acts that its office has still to decide."""

    application: Application
    standing: Standing
    pending: tuple[str, ...]
    points: int | None
    doubts: int


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def queue(request: ActorRequest) -> HttpResponse:
    """The applications that this person may see, the newest first."""
    context = context_of(request.actor, request.GET, shown(request))
    return answers.page(request, "officials/queue.html", context)


def context_of(
    actor: Actor, asked: QueryDict, about: Shown, choice: Choice | None = None
) -> dict[str, object]:
    """What the page of the queue shows of a round for the filters of the address, or for this choice."""
    round_ = about.round
    choice = choice or choice_of(asked)
    filters = choice.filters(round_.pk if round_ else None, after=asked.get("after", ""))
    page = queries.queue(actor, filters)
    levels = levels_of(round_)
    own = [office for office in offices(actor) if round_]
    counted = counts(own, round_)
    kept = [*choice.pairs, *round_pair(about)]
    return {
        "about": about,
        "round": round_,
        "book": rulebook_of(round_.edition) if round_ else None,
        "rows": rows(page.rows),
        "next": urlencode([*kept, ("after", page.after)]) if page.after else "",
        "first": not filters.after,
        "choice": choice,
        "here": urlencode(kept),
        "kept": {"list": choice.query, **dict(round_pair(about))},
        "states": choice.states,
        "level": choice.level,
        "levels": levels,
        "words": choice.words,
        "doubts": choice.doubts,
        "too_short": choice.words != choice.text,
        "sorts": SORTS,
        "views": list(views(actor, round_.programme_id)) if round_ else [],
        "shares": [one for one in own if actor.serves(one.pk)],
        "looks": APPLICATION,
        "counted": {state: up_to(n) if n else "" for state, n in counted.items()},
        "state_options": state_options(counted),
        "level_options": [("", _("全部"), ""), *((k, tell(v.name), "") for k, v in levels.items())],
        "orders": orders(own, rulebook_of(round_.edition)) if round_ else [],
        "kinds": {kind.value: kind.label for kind in Kind},
        "meters": [meter for office in own[:1] for meter in meters_of(office, round_)],
    }


def round_pair(about: Shown) -> list[tuple[str, str]]:
    """The round as a part of an address, where there is a choice."""
    return [("round", str(about.round.uid))] if about.several and about.round else []


def address(choice: Choice, about: Shown) -> str:
    """The page of the queue with these filters."""
    asked = urlencode([*choice.pairs, *round_pair(about)])
    return reverse("queue") + (f"?{asked}" if asked else "")


def rows(found: tuple[Application, ...]) -> list[Row]:
    """The applications with where they stand and their points (four queries, however many)."""
    known, scored = standings(found), points_of(found) if any_points(found) else {}
    # What an applicant is mending is not looked into before it is back.
    odd = open_counts([a.dossier_id for a in found if a.state != State.RETURNED])
    return [
        Row(a, known[a.pk], tuple(pending(known[a.pk])), scored.get(a.pk), odd.get(a.dossier_id, 0))
        for a in found
    ]


def any_points(found: tuple[Application, ...]) -> bool:
    """Whether the edition of any of them counts points."""
    return any(rulebook_of(a.edition).points is not None for a in found)


def orders(own: list[Authority], book: Rulebook | None) -> list[tuple[Authority, Act]]:
    """The orders that this person's first office may look at: one for each of its acts."""
    if book is None:
        return []
    acts = {act for level in book.levels for act in book.path(level.key)}
    ranks = {level.key: level.rank for level in book.levels}
    found = [(office, act) for office in own[:1] for act in acts if act.tier == office.tier]
    return sorted(found, key=lambda pair: (ranks[pair[1].level], pair[1].kind))


def pending(standing: Standing) -> list[str]:
    """The levels on which its office has still to act, while it works on it."""
    if standing.application.state not in {State.ACCEPTED, State.EVALUATING}:
        return []
    return [act.level for act in standing.pending]


def levels_of(round_: Round | None) -> dict[str, Level]:
    """The levels of the round's rulebook by key."""
    book: Rulebook | None = rulebook_of(round_.edition) if round_ else None
    return {level.key: level for level in book.levels} if book else {}


def counts(own: list[Authority], round_: Round | None) -> dict[str, int]:
    """How many are in each state, where this person works in one office that takes applications."""
    if len(own) != 1 or round_ is None or own[0].parent_id is None:
        return {}
    return {state.value: n for state, n in queries.counts_by_state(own[0], round_).items()}


def state_options(counted: dict[str, int]) -> list[tuple[str, str, str | None]]:
    """The states to choose from, with their counts where they are known."""
    told = {state: up_to(n) for state, n in counted.items()}
    return [(state.value, str(state.label), told.get(state.value)) for state in SEEN]


def up_to(count: int) -> str:
    """A count as a person reads it that may have been ended early."""
    return f"{COUNTED}+" if count > COUNTED else str(count)


def meters_of(office: Authority, round_: Round | None) -> tuple[Meter, ...]:
    """The places of an office."""
    return meters(office, round_) if round_ else ()
