"""Lower levels that ask for more than higher ones, lower tiers that have longer than higher ones."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.schema.conditions import Domains, Spend
from xingyun.rulebook.schema.document import Document


class _Asks(Protocol):
    @property
    def level(self) -> str: ...


def minimums(doc: Document) -> Iterator[Fault]:
    """The least sums grow with the levels."""
    for n, rule in enumerate(doc.conditions):
        if isinstance(rule, Spend):
            asked = [(m.yuan, m.strict) for m in rule.minimums]
            yield from _grow(doc, ("conditions", n, "minimums"), rule.minimums, asked)


def thresholds(doc: Document) -> Iterator[Fault]:
    """The points asked for grow with the levels."""
    if doc.points:
        asked = [(t.at_least, t.strict) for t in doc.points.levels]
        yield from _grow(doc, ("points", "levels"), doc.points.levels, asked)


def domains(doc: Document) -> Iterator[Fault]:
    """Where levels have conditions of their own on one branch, a higher one asks for no fewer domains."""
    rank = {lv.key: lv.rank for lv in doc.levels}
    asked = [(n, c) for n, c in enumerate(doc.conditions) if isinstance(c, Domains) and c.levels]
    for n, here in asked:
        for _, other in asked:
            same = _asks_of(here) == _asks_of(other)
            is_higher = min(rank[k] for k in here.levels) > max(rank[k] for k in other.levels)
            if same and is_higher and 0 < here.at_least < other.at_least:
                yield fault(
                    ("conditions", n, "at_least"),
                    "比更低等级的“{k}”要求还少",
                    "it asks for less than {k} of a lower level",
                    k=other.key,
                )


def _asks_of(rule: Domains) -> tuple[object, ...]:
    return rule.within, rule.in_branches, rule.each, rule.when


def _grow(
    doc: Document, path: Path, rules: Sequence[_Asks], asked: Sequence[tuple[int, bool]]
) -> Iterator[Fault]:
    rank = {lv.key: lv.rank for lv in doc.levels}
    for m, rule in enumerate(rules):
        for other, more in zip(rules, asked, strict=True):
            if rank[other.level] < rank[rule.level] and more > asked[m]:
                yield fault(
                    (*path, m),
                    "比更低的“{k}”要求还少",
                    "it asks for less than the lower level {k}",
                    k=other.level,
                )


def deadlines(doc: Document) -> Iterator[Fault]:
    """A lower tier is due no later than a higher one."""
    tiers = [t.key for t in doc.tiers]
    for n, one in enumerate(doc.deadlines):
        above = [d for d in doc.deadlines if tiers.index(d.tier) > tiers.index(one.tier) and d.on < one.on]
        if above:
            yield fault(
                ("deadlines", n, "on"),
                "晚于上一层级的期限“{k}”",
                "later than the deadline {k} of a higher tier",
                k=above[0].key,
            )


def applications(doc: Document) -> Iterator[Fault]:
    """Applicants' own windows are closed when the last deadline passes."""
    last = max((d.on for d in doc.deadlines), default=None)
    used = {s.window for s in doc.stages if s.actor == "applicant"}
    for n, window in enumerate(doc.windows):
        if last and window.key in used and window.closes and window.closes > last:
            yield fault(("windows", n, "closes"), "晚于最后的期限 {d}", "after the last deadline {d}", d=last)
