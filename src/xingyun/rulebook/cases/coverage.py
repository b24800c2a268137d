"""From which sides the worked cases show each rule: met, and not met."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.cases.facts import facts
from xingyun.rulebook.cases.schema import ApplicationCase, Case, MomentCase, QuotaCase
from xingyun.rulebook.checks.ladders import admits, models
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.case import Case as Evaluation
from xingyun.rulebook.engine.conditions.kinds import found
from xingyun.rulebook.findings import Kind
from xingyun.rulebook.names import TABLES
from xingyun.rulebook.text import Text

LADDER = Text("逐级", "ladder")
MET: frozenset[Kind] = frozenset({"ok"})
UNMET: frozenset[Kind] = frozenset({"missing", "wrong", "obstacle", "judge"})


class Seen(NamedTuple):
    """A rule by its name in findings, and whether some case shows it met and some case not met."""

    rule: str
    name: Text
    met: bool
    unmet: bool


# A rule and the side on which a case shows it.
Sight = tuple[str, bool]


def coverage(book: Rulebook, cases: Iterable[Case]) -> tuple[Seen, ...]:
    """Every rule that can be met or not, in the order of the rulebook. What only people judge is left out."""
    sights = {sight for case in cases for sight in _sights(book, case)}
    return tuple(
        Seen(rule, name, (rule, True) in sights, (rule, False) in sights) for rule, name in _rules(book)
    )


def _rules(book: Rulebook) -> Iterator[tuple[str, Text]]:
    for condition in book.conditions:
        if condition.kind != "judged":
            yield f"condition.{condition.key}", _named("conditions", condition.name)
    for level in book.levels:
        if level.requires:
            yield f"ladder.{level.key}", _said(LADDER, level.name)
        if any(not admits(level, models(book, {d.key})) for d in book.deployments):
            yield f"deployment.{level.key}", _named("deployments", level.name)
    for threshold in book.points.levels if book.points else ():
        yield f"points.{threshold.level}", _named("points", book.level(threshold.level).name)
    for material in book.materials:
        if not material.made_by_system and material.need != "optional":
            yield f"material.{material.key}", _named("materials", material.name)
    for quota in book.quotas:
        yield f"quota.{quota.key}", _named("quotas", quota.name)
    for deadline in book.deadlines:
        yield f"deadline.{deadline.key}", _named("deadlines", deadline.name)


def _named(table: str, name: Text) -> Text:
    return _said(TABLES[table], name)


def _said(noun: Text, name: Text) -> Text:
    return Text("{t}“{n}”", "{t} “{n}”").fill(t=noun, n=name)


def _sights(book: Rulebook, case: Case) -> Iterator[Sight]:
    """What one case shows."""
    if isinstance(case, ApplicationCase):
        yield from _application(book, case)
    elif isinstance(case, QuotaCase):
        yield f"quota.{case.quota}", case.places > 0 and case.left != 0
    elif isinstance(case, MomentCase) and case.deadline:
        yield f"deadline.{case.deadline}", case.in_time


def _application(book: Rulebook, case: ApplicationCase) -> Iterator[Sight]:
    told = facts(case.facts)
    at_hand = Evaluation(book, told)
    for condition in book.conditions:  # strength and waivers aside, and parts of others too
        is_asked = at_hand.aims_at(condition.levels) and at_hand.holds(condition.when)
        if condition.key in book.parts or is_asked:
            kinds = {f.kind for f in found(at_hand, condition)}
            yield from _sides(f"condition.{condition.key}", kinds)
    by_rule: dict[str, set[Kind]] = {}
    verdict = evaluate(book, told)
    if book.points and book.points.decides:
        yield from ((f"points.{t.level}", t.level == verdict.reached) for t in book.points.levels)
    for finding in verdict.findings:
        by_rule.setdefault(finding.rule, set()).add(finding.kind)
    for rule, kinds in by_rule.items():
        if not rule.startswith("condition."):
            yield from _sides(rule, kinds | ({"ok"} if kinds == {"hint"} else set()))


def _sides(rule: str, kinds: set[Kind]) -> Iterator[Sight]:
    """Not met where anything speaks against it, met where something speaks for it and nothing against."""
    if kinds & UNMET:
        yield rule, False
    elif kinds & MET:
        yield rule, True
