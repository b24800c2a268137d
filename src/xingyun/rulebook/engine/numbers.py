"""The number that a rule looks at, exact: a field, a sum, one against another, how many are named.

Sums count in yuan, percentages as parts of one, so that 5% of one field is found against "5%".
"""

from fractions import Fraction
from typing import Literal

from xingyun.rulebook import decimals
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.sums import money, total
from xingyun.rulebook.form.values import Money, Percent
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.schema.numbers import Edges, Measured
from xingyun.rulebook.text import Text

Sort = Literal["money", "percent", "number"]
SORTS: dict[str, Sort] = {"money": "money", "percent": "percent", "integer": "number"}

NOT_FILLED_IN = Text("“{name}”还没有填", "“{name}” is not filled in")
NOT_ABOVE_ZERO = Text("“{name}”不大于 0，没有可比的数", "“{name}” is not above 0, so nothing can be compared")


def number(case: Case, rule: Measured) -> Fraction | None:
    """What `rule` looks at, or None where an answer is missing or the number below the line is not above 0.

    The growth of something that began at nothing or less has no size; neither has a share of it.
    """
    if rule.of == "count":
        return _count(case, rule.field or "")
    value = _spent(case, rule.spend) if _is_spend(rule) else _value(case, rule.field)
    if rule.of in ("field", "spend"):
        return value
    base = _value(case, rule.over)
    if value is None or base is None or base <= 0:
        return None
    return (value - base) / base if rule.of == "growth" else value / base


def within(value: Fraction, edges: Edges) -> bool:
    """Whether the number lies within the edges; one left out is open."""
    return (
        (edges.at_least is None or value >= edges.at_least)
        and (edges.more_than is None or value > edges.more_than)
        and (edges.at_most is None or value <= edges.at_most)
        and (edges.less_than is None or value < edges.less_than)
    )


def _is_spend(rule: Measured) -> bool:
    return rule.of == "spend" or rule.spend is not None


def _count(case: Case, key: str) -> Fraction | None:
    answer = case.value(key)
    return None if answer is None else Fraction(len(answer)) if isinstance(answer, tuple) else Fraction(1)


def _value(case: Case, key: str | None) -> Fraction | None:
    answer = case.value(key) if key else None
    if isinstance(answer, Money):
        return Fraction(answer.fen, 100)
    if isinstance(answer, Percent):
        return answer.share
    return Fraction(answer) if isinstance(answer, int) else None


def _spent(case: Case, key: str | None) -> Fraction | None:
    """The sum of the spend condition of that key, or of the first one, in yuan."""
    rules = (c for c in case.book.conditions if isinstance(c, Spend) and key in (None, c.key))
    rule = next(rules, None)
    return Fraction(total(rule, case.facts).fen, 100) if rule else None


def unknown(case: Case, rule: Measured) -> Text:
    """Why `number` is None, for a person who may mend it."""
    for key in (None if _is_spend(rule) else rule.field, rule.over):
        if key and case.value(key) is None:
            return NOT_FILLED_IN.fill(name=case.book.form.field(key).name)
    return NOT_ABOVE_ZERO.fill(name=case.book.form.field(rule.over or "").name)


def shown(book: Rulebook, rule: Measured, value: Fraction) -> Text:
    """A number of the sort that `rule` looks at, in words: never rounded up."""
    kind = sort(book, rule)
    if kind == "money":
        return money(int(value * 100))
    words = decimals.percent(value) if kind == "percent" else decimals.number(value)
    return Text(words, words)


def sort(book: Rulebook, rule: Measured) -> Sort:
    """What comes out: of two fields of one kind a percentage, of two unlike ones a plain number."""
    if rule.of == "count":
        return "number"
    kind = "money" if _is_spend(rule) else book.form.field(rule.field or "").kind
    if rule.of in ("field", "spend"):
        return SORTS[kind]
    alike = rule.of == "growth" or book.form.field(rule.over or "").kind == kind
    return "percent" if alike else "number"
