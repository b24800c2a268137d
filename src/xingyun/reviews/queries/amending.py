"""Whom an amendment would affect: how many applications by state, and which, before anything is done."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.reviews.models import Decision
from xingyun.reviews.states import RUNNING, follows
from xingyun.rounds.models import Edition, Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import Scope, scopes
from xingyun.rulebook.diff import Change, diff

MOST = 500


@dataclass(slots=True)
class Effect:
    """What a scope would do: how many applications follow and how many stay, by state."""

    scope: Scope
    carried: dict[State, int] = field(default_factory=lambda: defaultdict(int))
    left: dict[State, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Affected:
    """A running application, or (without a number) `n` drafts of an office, and in which scopes they follow.

    No names; and a draft is nobody's to find but its applicant's.
    """

    number: str
    office: str
    state: State
    scopes: frozenset[Scope]
    n: int = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """An amendment before it is announced. `effects` are the scopes it may have, the usual one first."""

    before: Edition
    after: Edition
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    affected: tuple[Affected, ...]
    total: int


def preview(round: Round, after: Edition) -> Preview:
    """What would happen (three queries, however many applications there are)."""
    changes = diff(rulebook_of(round.edition), rulebook_of(after))
    allowed = scopes(change.kind for change in changes)
    counted = _grouped(round)
    handed_in = _marked(round).exclude(state=State.DRAFT).select_related("authority")
    shown = list(handed_in.order_by("authority_id", "number")[:MOST])
    return Preview(
        before=round.edition,
        after=after,
        changes=changes,
        effects=tuple(_effect(scope, counted) for scope in allowed),
        affected=(*_drafts(round, allowed), *(_affected(a, a.decided, round, allowed) for a in shown)),
        total=sum(counted.values()),
    )


def decided_of(round: Round) -> set[int]:
    """The ids of the round's applications on which a decision stands."""
    live = Decision.objects.filter(application__round=round, revoked_at=None)
    return set(live.values_list("application_id", flat=True))


def _marked(round: Round) -> QuerySet[Any]:
    live = Decision.objects.filter(application=OuterRef("pk"), revoked_at=None)
    running = Application.objects.filter(round=round, state__in=RUNNING)
    return running.annotate(decided=Exists(live)).defer("answers")


Key = tuple[str, bool, bool]


def _grouped(round: Round) -> dict[Key, int]:
    """How many applications there are by state, decided or not, under the round's own edition or not."""
    rows = _marked(round).order_by().values_list("state", "decided", "edition").annotate(n=Count("id"))
    counted: dict[Key, int] = defaultdict(int)
    for state, decided, edition, n in rows:
        counted[state, decided, edition == round.edition_id] += n
    return counted


def _effect(scope: Scope, counted: Mapping[Key, int]) -> Effect:
    effect = Effect(scope)
    for (state, decided, own), n in counted.items():
        side = effect.carried if own and follows(scope, state, decided=decided) else effect.left
        side[State(state)] += n
    return effect


def _affected(application: Application, decided: bool, round: Round, allowed: tuple[Scope, ...]) -> Affected:
    own = application.edition_id == round.edition_id
    taken = frozenset(s for s in allowed if own and follows(s, application.state, decided=decided))
    return Affected(application.number, application.authority.name, State(application.state), taken)


def _drafts(round: Round, allowed: tuple[Scope, ...]) -> Iterator[Affected]:
    rows = _marked(round).filter(state=State.DRAFT).order_by("authority").values_list("authority__name")
    for office, n in rows.annotate(n=Count("id")):
        taken = frozenset(s for s in allowed if follows(s, State.DRAFT, decided=False))
        yield Affected("", office, State.DRAFT, taken, n)
