"""Points: what an application comes to, by item and group, and whether that is enough."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.sums import total
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.form.values import Money
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.schema.points import (
    AnswerPoints,
    Band,
    DomainPoints,
    Item,
    NumberPoints,
    Points,
    Threshold,
)
from xingyun.rulebook.text import Text

ENOUGH = Text("得 {n} 分，“{level}”要求{edge} {least} 分。", "{n} points; “{level}” asks for {edge} {least}.")
GROUP_SHORT = Text(
    "“{group}”得 {n} 分，“{level}”要求至少 {least} 分。",
    "“{group}”: {n} points; “{level}” asks for at least {least}.",
)
EDGES = {True: Text("多于", "more than"), False: Text("至少", "at least")}


class Score(NamedTuple):
    """The points of an application: in all, by group and by item (keys)."""

    total: int
    groups: Mapping[str, int]
    items: Mapping[str, int]


def score(case: Case) -> Score | None:
    """The points, or None where the rulebook counts none."""
    points = case.book.points
    if points is None:
        return None
    items = {item.key: _capped(_item(case, item), item.cap) for item in points.items}
    groups = {
        group.key: _capped(sum(items[i.key] for i in points.items if i.group == group.key), group.cap)
        for group in points.groups
    }
    return Score(_capped(sum(groups.values()), points.cap), groups, items)


def _capped(n: int, cap: int | None) -> int:
    return n if cap is None else min(n, cap)


def _item(case: Case, item: Item) -> int:
    if isinstance(item, DomainPoints):
        return item.each * _proved(case, item.within)
    if isinstance(item, NumberPoints):
        return _by_band(_number(case, item), item.bands)
    return _by_answer(case, item)


def _proved(case: Case, within: str | None) -> int:
    checklist = case.book.checklist
    branch = checklist.branch(within) if checklist and within else case.book.domains
    return sum(case.facts.claims.get(d.key, False) for d in branch)


def _number(case: Case, item: NumberPoints) -> int | None:
    """A whole number, or yuan: a money field counts in yuan as the spend does."""
    if item.of == "spend":
        rule = next((c for c in case.book.conditions if isinstance(c, Spend)), None)
        return total(rule, case.facts).fen // 100 if rule else None
    value = case.value(item.field or "")
    if isinstance(value, Money):
        return value.fen // 100
    return value if isinstance(value, int) else None


def _by_band(number: int | None, bands: tuple[Band, ...]) -> int:
    if number is None:
        return 0
    return next((b.points for b in bands if b.at_least is None or number >= b.at_least), 0)


def _by_answer(case: Case, item: AnswerPoints) -> int:
    answer = case.value(item.field)
    given = answer if isinstance(answer, tuple) else (answer,)
    return sum(s.points for s in item.scores if s.is_ in {str(one) for one in given})


def judge(case: Case) -> Iterator[Finding]:
    """For every level aimed at that has a threshold: whether the points reach it."""
    points, reached = case.book.points, score(case)
    if points is None or reached is None:
        return
    for threshold in points.levels:
        if case.level and case.aims_at((threshold.level,)):
            yield _total(case, points, threshold, reached)
            yield from _groups(case, points, threshold, reached)


def _total(case: Case, points: Points, threshold: Threshold, reached: Score) -> Finding:
    words = ENOUGH.fill(
        n=reached.total,
        level=case.book.level(threshold.level).name,
        edge=EDGES[threshold.strict],
        least=threshold.at_least,
    )
    return _say(case, points, threshold.level, words, passes(threshold, reached.total))


def passes(threshold: Threshold, n: int) -> bool:
    """Whether `n` points reach the threshold, group minimums aside."""
    return n > threshold.at_least if threshold.strict else n >= threshold.at_least


def _groups(case: Case, points: Points, threshold: Threshold, reached: Score) -> Iterator[Finding]:
    names = {g.key: g.name for g in points.groups}
    for minimum in threshold.minimums:
        if reached.groups[minimum.group] < minimum.at_least:
            words = GROUP_SHORT.fill(
                group=names[minimum.group],
                n=reached.groups[minimum.group],
                level=case.book.level(threshold.level).name,
                least=minimum.at_least,
            )
            yield _say(case, points, threshold.level, words, False)


def _say(case: Case, points: Points, level: str, words: Text, enough: bool) -> Finding:
    kind = "ok" if enough else points.otherwise
    stops = kind == "obstacle" and points.stops_submission
    return case.finding(f"points.{level}", kind, words, points.clause, ("checklist",), blocks=stops)
