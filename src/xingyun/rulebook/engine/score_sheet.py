"""The points laid out for a reader: group by group, item by item, what was looked at and what it gave."""

from dataclasses import dataclass

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.numbers import number, shown, unknown
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.findings import Finding, Score, Verdict
from xingyun.rulebook.schema.points import (
    AnswerPoints,
    ConditionPoints,
    Group,
    Item,
    NumberPoints,
    Points,
    Threshold,
)
from xingyun.rulebook.text import EMPTY, Text, join

NOTHING = Text("没有", "none")


@dataclass(frozen=True, slots=True)
class Line:
    """An item: what it looked at (5.2%, or what was chosen), its points, and how many it can give at most.

    `most` is None where nothing bounds it.
    """

    item: Item
    seen: Text
    points: int
    most: int | None


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """A group with its items; `least` is what the level asks of it (None: nothing), `met`: it is there."""

    group: Group
    lines: tuple[Line, ...]
    points: int
    least: int | None
    met: bool


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The whole: points, how many there can be, what the level aimed at asks for (None: nothing).

    `direct` is the fast track that is met, where it stands in place of what the level asks for.
    """

    rule: Points
    total: int
    most: int | None
    least: int | None
    met: bool
    groups: tuple[GroupSheet, ...]
    direct: Finding | None

    @property
    def enough(self) -> bool:
        """Whether the points reach everything that is asked of them, or nothing is."""
        return self.direct is not None or (self.met and all(group.met for group in self.groups))


def score_sheet(rulebook: Rulebook, facts: Facts, verdict: Verdict) -> ScoreSheet | None:
    """The points of these facts laid out, or None where the rulebook counts none."""
    score = verdict.score
    if rulebook.points is None or score is None:
        return None
    case, rule = Case(rulebook, facts), rulebook.points
    threshold = _threshold(case, rule)
    groups = tuple(_group(case, rule, group, threshold, score) for group in rule.groups)
    return ScoreSheet(
        rule=rule,
        total=score.total,
        most=rule.cap,
        least=threshold.at_least if threshold else None,
        met=threshold is None or _above(score.total, threshold.at_least, threshold.strict),
        groups=groups,
        direct=_direct(rulebook, verdict),
    )


def _direct(rulebook: Rulebook, verdict: Verdict) -> Finding | None:
    """The fast track that is met in place of the points."""
    named = {f"fast_track.{t.key}" for t in rulebook.fast_tracks if "points" in t.instead_of}
    return next((f for f in verdict.of("ok") if f.rule in named), None)


def _threshold(case: Case, rule: Points) -> Threshold | None:
    level = case.level.key if case.level else ""
    return next((t for t in rule.levels if t.level == level), None)


def _above(n: int, least: int, strict: bool) -> bool:
    return n > least if strict else n >= least


def _group(case: Case, rule: Points, group: Group, threshold: Threshold | None, score: Score) -> GroupSheet:
    asked = next((m for m in threshold.minimums if m.group == group.key), None) if threshold else None
    return GroupSheet(
        group=group,
        lines=tuple(
            Line(item, seen(case, item), score.items[item.key], most(case.book, item))
            for item in rule.items
            if item.group == group.key
        ),
        points=score.groups[group.key],
        least=asked.at_least if asked else None,
        met=asked is None or _above(score.groups[group.key], asked.at_least, asked.strict),
    )


def seen(case: Case, item: Item) -> Text:
    """What an item looks at, as it stands; why it can't be known, where it can't."""
    if isinstance(item, NumberPoints):
        value = number(case, item)
        return unknown(case, item) if value is None else shown(case.book, item, value)
    if isinstance(item, AnswerPoints):
        return _chosen(case, item)
    return EMPTY


def _chosen(case: Case, item: AnswerPoints) -> Text:
    answer = case.value(item.field)
    given = {str(one) for one in (answer if isinstance(answer, tuple) else (answer,))}
    named = [o.name for o in case.book.form.field(item.field).options if o.key in given]
    return join(named) if named else NOTHING


def most(book: Rulebook, item: Item) -> int | None:
    """The most points that an item can give; None where nothing bounds it."""
    found: int | None = None
    if isinstance(item, NumberPoints):
        found = None if item.per else max((band.points for band in item.bands), default=0)
    elif isinstance(item, AnswerPoints):
        points = [score.points for score in item.scores]
        alone = item.combine == "best" or book.form.field(item.field).kind == "choice"
        found = max(points, default=0) if alone else sum(points)
    elif isinstance(item, ConditionPoints):
        found = item.points
    return item.cap if found is None or (item.cap is not None and item.cap < found) else found
