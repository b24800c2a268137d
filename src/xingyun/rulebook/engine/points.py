"""Points: what an application comes to, by item and group, and whether that is enough."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.fast_tracks import POINTS, Track, applied, best_of
from xingyun.rulebook.engine.conditions.kinds import look
from xingyun.rulebook.engine.numbers import number, unknown, within
from xingyun.rulebook.findings import Finding, Kind, Score
from xingyun.rulebook.schema.points import (
    AnswerPoints,
    Band,
    ConditionPoints,
    DomainPoints,
    Group,
    Item,
    NumberPoints,
    Points,
    Threshold,
)
from xingyun.rulebook.text import EMPTY, Text

ENOUGH = Text("得 {n} 分，“{level}”要求{edge} {least} 分。", "{n} points; “{level}” asks for {edge} {least}.")
GROUP_SHORT = Text(
    "“{group}”得 {n} 分，“{level}”要求{edge} {least} 分。",
    "“{group}”: {n} points; “{level}” asks for {edge} {least}.",
)
EDGES = {True: Text("多于", "more than"), False: Text("至少", "at least")}
SHORT = Text("还差 {n} 分。", "{n} points are missing.")
UNKNOWN = Text("“{item}”不得分：{why}。", "“{item}” gives no points: {why}.")
REACHED = Text("得 {n} 分，为“{level}”。", "{n} points: “{level}”.")
LOWER = Text(
    "得 {n} 分，为“{level}”，低于申报的“{wanted}”。",
    "{n} points: “{level}”, below “{wanted}” as applied for.",
)
NONE_REACHED = Text("得 {n} 分，没有达到任何等级。", "{n} points reach no level.")


def score(case: Case) -> Score | None:
    """The points, or None where the rulebook counts none."""
    points = case.book.points
    if points is None:
        return None
    items = {item.key: _capped(_item(case, item), item.cap) for item in points.items}
    groups = {
        group.key: _bounded(sum(items[i.key] for i in points.items if i.group == group.key), group)
        for group in points.groups
    }
    bonus = sum(groups[group.key] for group in points.groups if group.bonus)
    return Score(_capped(sum(groups.values()) - bonus, points.cap) + bonus, groups, items)


def _bounded(n: int, group: Group) -> int:
    return _capped(n if group.floor is None else max(n, group.floor), group.cap)


def _capped(n: int, cap: int | None) -> int:
    return n if cap is None else min(n, cap)


def _item(case: Case, item: Item) -> int:
    if not case.holds(item.when):
        return 0
    match item:
        case DomainPoints():
            return item.each * _proved(case, item.within)
        case NumberPoints():
            return by_number(number(case, item), item)
        case AnswerPoints():
            return _by_answer(case, item)
        case ConditionPoints():
            return item.points if _met(case, item.condition) else 0
        case _:
            assert_never(item)


def _proved(case: Case, within: str | None) -> int:
    checklist = case.book.checklist
    branch = checklist.branch(within) if checklist and within else case.book.domains
    return sum(case.facts.claims.get(d.key, False) for d in branch)


def by_number(value: Fraction | None, item: NumberPoints) -> int:
    """The points for a number: of its band, or for each whole step; nothing where there is none."""
    if item.per is None or item.each is None:
        return by_band(value, item.bands)
    if value is None:
        return 0
    return item.each * max(math.floor((value - (item.above or 0)) / item.per), 0)


def by_band(value: Fraction | None, bands: Sequence[Band]) -> int:
    """The points of the first band that takes the number in; nothing where there is none, or no number."""
    if value is None:
        return 0
    return next((band.points for band in bands if within(value, band)), 0)


def _by_answer(case: Case, item: AnswerPoints) -> int:
    answer = case.value(item.field)
    given = {str(one) for one in (answer if isinstance(answer, tuple) else (answer,))}
    found = [s.points for s in item.scores if s.is_ in given]
    return max(found, default=0) if item.combine == "best" else sum(found)


def _met(case: Case, key: str) -> bool:
    """Whether a condition is met beyond doubt: nothing open, nothing left to a reviewer."""
    part = look(case, key)
    return part.standing == "met" and all(f.kind != "wrong" for f in part.findings)


def passes(threshold: Threshold, n: int) -> bool:
    """Whether `n` points reach the threshold, group minimums aside."""
    return _reaches(n, threshold.at_least, threshold.strict)


def _reaches(n: int, least: int, strict: bool) -> bool:
    return n > least if strict else n >= least


def reached(case: Case, found: Score | None, tracks: Sequence[Track] = ()) -> str | None:
    """The highest level whose threshold and minimums are all reached, where the points decide the level.

    An open fast track in place of the points reaches the level applied for.
    """
    points = case.book.points
    if points is None or found is None or not points.decides:
        return None
    won = {t.level for t in points.levels if _passes_all(case, t, found)}
    if case.level:
        track = best_of(case, tracks, POINTS, (case.level.key,))
        won |= {case.level.key} if track and track.standing == "met" else set()
    return next((level.key for level in reversed(case.book.levels) if level.key in won), None)


def _passes_all(case: Case, threshold: Threshold, found: Score) -> bool:
    return (
        passes(threshold, found.total)
        and all(_reaches(found.groups[m.group], m.at_least, m.strict) for m in threshold.minimums)
        and all(_met(case, key) for key in threshold.conditions)
    )


def judge(case: Case, found: Score | None, tracks: Sequence[Track]) -> Iterator[Finding]:
    """Whether the points reach the levels aimed at, or which level they come to; what is not known."""
    points = case.book.points
    if points is None or found is None:
        return
    if points.decides:
        wanted = (case.level.key,) if case.level else ()
        yield from applied(case, tracks, points, wanted, (_decided(case, points, found),))
    else:
        for threshold in points.levels:
            if case.level and case.aims_at((threshold.level,)):
                total = _total(case, points, threshold, found.total)
                said = (total, *_groups(case, points, threshold, found))
                yield from applied(case, tracks, points, (threshold.level,), said)
    yield from _unknown(case, points)


def _decided(case: Case, points: Points, found: Score) -> Finding:
    key, wanted = reached(case, found), case.level
    if key is None:
        lowest = min(points.levels, key=lambda t: case.book.level(t.level).rank)
        remedy = _short(found.total, lowest.at_least, lowest.strict)
        return _say(case, points, "points", points.otherwise, NONE_REACHED.fill(n=found.total), remedy)
    level = case.book.level(key)
    is_lower = wanted is not None and level.rank < wanted.rank
    words = (LOWER if is_lower else REACHED).fill(
        n=found.total, level=level.name, wanted=wanted.name if wanted else EMPTY
    )
    return _say(case, points, "points", "hint" if is_lower else "ok", words)


def _total(case: Case, points: Points, threshold: Threshold, n: int) -> Finding:
    words = ENOUGH.fill(
        n=n,
        level=case.book.level(threshold.level).name,
        edge=EDGES[threshold.strict],
        least=threshold.at_least,
    )
    kind = "ok" if passes(threshold, n) else points.otherwise
    remedy = _short(n, threshold.at_least, threshold.strict)
    return _say(case, points, f"points.{threshold.level}", kind, words, remedy)


def _groups(case: Case, points: Points, threshold: Threshold, found: Score) -> Iterator[Finding]:
    names = {g.key: g.name for g in points.groups}
    for minimum in threshold.minimums:
        n = found.groups[minimum.group]
        if not _reaches(n, minimum.at_least, minimum.strict):
            words = GROUP_SHORT.fill(
                group=names[minimum.group],
                n=n,
                level=case.book.level(threshold.level).name,
                edge=EDGES[minimum.strict],
                least=minimum.at_least,
            )
            remedy = _short(n, minimum.at_least, minimum.strict)
            yield _say(case, points, f"points.{threshold.level}", points.otherwise, words, remedy)


def _short(n: int, least: int, strict: bool) -> Text:
    missing = least + strict - n
    return SHORT.fill(n=missing) if missing > 0 else EMPTY


def _unknown(case: Case, points: Points) -> Iterator[Finding]:
    for item in points.items:
        if isinstance(item, NumberPoints) and case.holds(item.when) and number(case, item) is None:
            words = UNKNOWN.fill(item=item.name, why=unknown(case, item))
            where = ("form", item.field or item.over or "")
            yield case.finding(f"item.{item.key}", "hint", words, item.clause, where)


def _say(case: Case, points: Points, rule: str, kind: Kind, words: Text, remedy: Text = EMPTY) -> Finding:
    stops = kind == "obstacle" and points.stops_submission
    # What is counted is mended in the checklist, or where there is none in the form.
    where = ("checklist",) if case.book.checklist else ("form",)
    return case.finding(rule, kind, words, points.clause, where, remedy, stops)
