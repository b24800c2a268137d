"""Sums of dated events in a window, and sums in words."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from xingyun.rulebook import months
from xingyun.rulebook.engine.span import Side, Span
from xingyun.rulebook.facts import Event, Facts
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.text import Text

FEN_PER_WAN = 1_000_000


class Sum(NamedTuple):
    """What falls into a window, and what lies before or after it."""

    counted: tuple[Event, ...]
    before: tuple[Event, ...]
    after: tuple[Event, ...]
    fen: int


def events(rule: Spend, facts: Facts) -> tuple[Event, ...]:
    """The events that the rule looks at."""
    return {"invoice": facts.invoices, "payment": facts.payments, "contract": facts.contracts}[rule.event]


def span(rule: Spend, submitted: date | None) -> Span:
    """The rule's window for who submits on that day; one that ends with the submission includes it."""
    if rule.to == "open":
        return Span(rule.from_, None, rule.from_inclusive)
    if rule.to == "submission":
        return Span(rule.from_, submitted, rule.from_inclusive)
    return Span(rule.from_, rule.to, rule.from_inclusive, rule.to_inclusive)


def a_day(rule: Spend, otherwise: date) -> date:
    """A day inside the rule's window; `otherwise` where both ends are open."""
    if rule.from_ is not None:
        return rule.from_ if rule.from_inclusive else months.next_day(rule.from_)
    if isinstance(rule.to, date):
        return rule.to if rule.to_inclusive else months.previous_day(rule.to)
    return otherwise


def total(rule: Spend, facts: Facts) -> Sum:
    """The sum in the rule's window."""
    window = span(rule, facts.day)
    lying: dict[Side, list[Event]] = {"before": [], "inside": [], "after": []}
    for event in events(rule, facts):
        lying[window.side(event.on)].append(event)
    counted = tuple(e for e in lying["inside"] if e.counts)
    return Sum(counted, tuple(lying["before"]), tuple(lying["after"]), sum(_fen(rule, e) for e in counted))


def _fen(rule: Spend, event: Event) -> int:
    return event.fen if rule.tax == "included" or event.net_fen is None else event.net_fen


def money(fen: int) -> Text:
    """A sum as people say it: in 10,000 yuan."""
    wan = f"{(Decimal(fen) / FEN_PER_WAN).normalize():,f}"
    return Text(f"{wan} 万元", f"{wan} × 10,000 yuan")
