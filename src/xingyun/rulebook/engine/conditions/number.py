"""The rule kind `number`: whether a number lies within its edges."""

from collections.abc import Iterator
from fractions import Fraction

from xingyun.rulebook.engine import numbers
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.said import fact, say
from xingyun.rulebook.engine.conditions.spend import WHERE
from xingyun.rulebook.findings import Finding, Place
from xingyun.rulebook.schema.conditions import NumberIs, Spend
from xingyun.rulebook.text import EMPTY, Text
from xingyun.rulebook.wording.numbers import edges, measured

INSIDE = Text("{name}：{what}为 {n}，符合。", "{name}: {what} is {n}, met.")
OUTSIDE = Text("{name}：{what}为 {n}，要求{edges}。", "{name}: {what} is {n}; {edges} is asked for.")
UNKNOWN = Text("{name}：{why}。", "{name}: {why}.")
JUDGED = Text("{name}：{why}，由评审人员判断。", "{name}: {why}; the reviewers judge.")
GAP = Text("差 {gap}。", "The difference is {gap}.")
EDGE = Text("要{edges}。", "It must be {edges}.")
FILL_IN = Text("请填写。", "Please fill it in.")


def judge(case: Case, rule: NumberIs) -> Iterator[Finding]:
    """A number that the form still asks for is the form's business; one that has no size is for reviewers."""
    value, where = numbers.number(case, rule), _where(case, rule)
    if value is None:
        yield from _unknown(case, rule, where)
        return
    what, n = measured(case.book, rule), numbers.shown(case.book, rule, value)
    asked = edges(case.book, rule)
    facts = [fact(what, n)]
    if numbers.within(value, rule):
        yield say(case, rule, "ok", INSIDE.fill(name=rule.name, what=what, n=n), where, EMPTY, facts)
        return
    words = OUTSIDE.fill(name=rule.name, what=what, n=n, edges=asked)
    gap = _gap(rule, value)
    remedy = GAP.fill(gap=numbers.shown(case.book, rule, gap)) if gap else EDGE.fill(edges=asked)
    yield say(case, rule, rule.otherwise, words, where, remedy, facts)


def _unknown(case: Case, rule: NumberIs, where: Place) -> Iterator[Finding]:
    why = numbers.unknown(case, rule)
    keys = [key for key in (rule.field, rule.over) if key]
    empty = [case.book.form.field(key) for key in keys if case.value(key) is None]
    if not empty:
        yield say(case, rule, "judge", JUDGED.fill(name=rule.name, why=why), where)
    elif not any(field.required and case.holds(field.when) for field in empty):
        yield say(case, rule, "missing", UNKNOWN.fill(name=rule.name, why=why), where, FILL_IN)


def _gap(rule: NumberIs, value: Fraction) -> Fraction:
    """How far the number lies from the edge that it misses."""
    below = rule.at_least if rule.more_than is None else rule.more_than
    above = rule.at_most if rule.less_than is None else rule.less_than
    missed = below if below is not None and value <= below else above
    return abs(value - missed) if missed is not None else Fraction(0)


def _where(case: Case, rule: NumberIs) -> Place:
    if rule.field or rule.over:
        return ("form", rule.field or rule.over or "")
    sums = (c for c in case.book.conditions if isinstance(c, Spend) and rule.spend in (None, c.key))
    return next((WHERE[c.event] for c in sums), ("form",))
