"""A number that a rule looks at, and the edges that it is held against, in words."""

from fractions import Fraction

from xingyun.rulebook import decimals
from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.engine.numbers import sort
from xingyun.rulebook.engine.sums import money
from xingyun.rulebook.schema.conditions import NumberIs, Spend
from xingyun.rulebook.schema.numbers import Measured
from xingyun.rulebook.text import Text, join

OF = {
    "field": Text("{a}", "{a}"),
    "spend": Text("{a}", "{a}"),
    "ratio": Text("{a} ÷ {b}", "{a} ÷ {b}"),
    "growth": Text("{a}比{b}增长", "growth of {a} against {b}"),
    "count": Text("{a}的个数", "number of {a}"),
}
EDGES = {
    "at_least": Text("{n} 以上（含）", "{n} or more"),
    "more_than": Text("多于 {n}", "more than {n}"),
    "at_most": Text("{n} 以下（含）", "{n} or less"),
    "less_than": Text("不到 {n}", "less than {n}"),
}


def measured(book: Rulebook, rule: Measured) -> Text:
    """What is looked at: R&D ÷ revenue."""
    over = book.form.field(rule.over).name if rule.over else ""
    return OF[rule.of].fill(a=_above(book, rule), b=over)


def _above(book: Rulebook, rule: Measured) -> Text:
    if rule.field:
        return book.form.field(rule.field).name
    return next(c.name for c in book.conditions if isinstance(c, Spend) and rule.spend in (None, c.key))


def edges(book: Rulebook, rule: NumberIs) -> Text:
    """All edges of a condition: more than 5 and 10 or less."""
    named = ((key, getattr(rule, key)) for key in EDGES)
    return join([edge(book, rule, key, value) for key, value in named if value is not None], "、", " and ")


def edge(book: Rulebook, rule: Measured, key: str, value: Fraction) -> Text:
    """One edge: 5% or more. Sums stand in the unit that the rulebook's reader thinks in."""
    return EDGES[key].fill(n=plain(book, rule, value))


def plain(book: Rulebook, rule: Measured, value: Fraction) -> Text:
    """A number of the sort that the rule looks at: a sum, a percentage, a plain number."""
    kind = sort(book, rule)
    if kind == "money":
        return money(int(value * 100))
    words = decimals.share(value) if kind == "percent" else decimals.number(value)
    # What an author wrote is read back exactly, however small: 7/200000, never about 0.00.
    exact = str(value) if words.startswith("≈") else words
    return Text(exact, exact)
