"""What would become of some decisions if they were prepared in this order; nothing is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.audit.errors import Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews import permissions
from xingyun.reviews.models import Decision
from xingyun.reviews.queries.meters import Meter, meter_for, meters
from xingyun.reviews.queries.readiness import Ready, readiness
from xingyun.reviews.queries.standing import Standing, standings, with_relations
from xingyun.reviews.queries.steps import has_place, why_not
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import Round
from xingyun.rulebook import Act

Test = Callable[[Standing, Act, tuple[Meter, ...]], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """An act on an application (its id) that somebody has chosen."""

    application: int
    level: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A wish, and why it could not be granted; `why` is empty where it could."""

    wish: Wish
    standing: Standing
    why: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of the wishes, and the meters before and after; `lost` are no longer the office's."""

    rows: tuple[Tried, ...]
    before: tuple[Meter, ...]
    after: tuple[Meter, ...]
    lost: int = 0

    @property
    def possible(self) -> int:
        """How many would go through."""
        return sum(not row.why for row in self.rows)


def what_if(authority: Authority, round: Round, wishes: Sequence[Wish]) -> Outlook:
    """The places if all of these were granted: only the ladder and the quota are asked (five queries)."""
    known = _known(authority, round, wishes)

    def test(standing: Standing, act: Act, places: tuple[Meter, ...]) -> None:
        permissions.at_work(standing.application)
        permissions.may_take_up(standing, act)
        permissions.may_grant(standing, act)
        has_place(standing, act, places)

    return _tried(authority, round, wishes, known, Outcome.GRANTED, test)


def check_together(
    actor: Actor, authority: Authority, round: Round, wishes: Sequence[Wish], outcome: str
) -> Outlook:
    """Whether each of these could be prepared with this outcome, one after the other (ten queries)."""
    known = _known(authority, round, wishes)
    ready = readiness(known.values()) if outcome == Outcome.GRANTED else {}

    def test(standing: Standing, act: Act, places: tuple[Meter, ...]) -> None:
        permissions.may_decide(actor, standing.application)
        permissions.may_take_up(standing, act)
        if outcome == Outcome.GRANTED:
            _may_grant(standing, act, ready.get(standing.application.pk))
            has_place(standing, act, places)

    return _tried(authority, round, wishes, known, outcome, test)


def _may_grant(standing: Standing, act: Act, ready: Ready | None) -> None:
    if ready is None:
        raise Refused(_("没有找到提交的材料，不能同意。"))
    permissions.may_grant(standing, act)
    permissions.may_grant_checked(standing, act, ready.checks)
    permissions.may_grant_ruled(standing, act, ready.unruled)


def in_order(wishes: Iterable[Wish], ranks: Mapping[str, int]) -> list[Wish]:
    """Each once; the level needed before comes before the one that stands on it, else as they were chosen."""
    return sorted(dict.fromkeys(wishes), key=lambda wish: ranks.get(wish.level, 0))


def _known(authority: Authority, round: Round, wishes: Iterable[Wish]) -> dict[int, Standing]:
    ids = {wish.application for wish in wishes}
    found = Application.objects.filter(pk__in=ids, holder=authority, round=round)
    return standings(with_relations(found))


def _tried(
    authority: Authority,
    round: Round,
    wishes: Sequence[Wish],
    known: dict[int, Standing],
    outcome: str,
    test: Test,
) -> Outlook:
    before = places = meters(authority, round)
    rows = []
    for wish in wishes:
        standing = known.get(wish.application)
        if standing is None:
            continue
        act = next((a for a in standing.own if (a.level, a.kind) == (wish.level, wish.kind)), None)
        why, clause = why_not(lambda s=standing, a=act, p=places: _test(test, s, a, p))  # type: ignore[misc]
        rows.append(Tried(wish, standing, why, clause))
        if act is None or why:
            continue
        known[wish.application] = _with(standing, act, outcome)
        if outcome == Outcome.GRANTED:
            places = _one_more(places, act, standing.application.batch)
    return Outlook(tuple(rows), before, places, len(wishes) - len(rows))


def _test(test: Test, standing: Standing, act: Act | None, places: tuple[Meter, ...]) -> None:
    if act is None:
        raise Refused(_("这一级别不由本单位在这一步评定或推荐。"))
    test(standing, act, places)


def _with(standing: Standing, act: Act, outcome: str) -> Standing:
    """As it would stand then: with a decision that is nowhere kept."""
    made = Decision(
        application=standing.application,
        authority=standing.application.holder,
        level=act.level,
        rank=standing.rulebook.level(act.level).rank,
        kind=act.kind,
        outcome=outcome,
    )
    return replace(standing, decisions=(*standing.decisions, made))


def _one_more(places: tuple[Meter, ...], act: Act, batch: str | None) -> tuple[Meter, ...]:
    taken = meter_for(places, act.quota, batch)
    return tuple(replace(m, waiting=m.waiting + 1) if m is taken else m for m in places)
