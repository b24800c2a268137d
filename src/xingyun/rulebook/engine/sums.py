"""Sums of dated events in a window, and sums in words."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

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


def total(rule: Spend, facts: Facts) -> Sum:
    """The sum in the rule's window. Both ends are inclusive; an open end is the day of submission."""
    last = facts.day if rule.to == "submission" else rule.to
    inside: list[Event] = []
    before: list[Event] = []
    after: list[Event] = []
    for event in events(rule, facts):
        late = last is not None and event.on > last
        (before if event.on < rule.from_ else after if late else inside).append(event)
    counted = tuple(e for e in inside if e.counts)
    return Sum(counted, tuple(before), tuple(after), sum(_fen(rule, e) for e in counted))


def _fen(rule: Spend, event: Event) -> int:
    return event.fen if rule.tax == "included" or event.net_fen is None else event.net_fen


def money(fen: int) -> Text:
    """A sum as people say it: in 10,000 yuan."""
    wan = f"{(Decimal(fen) / FEN_PER_WAN).normalize():,f}"
    return Text(f"{wan} 万元", f"{wan} × 10,000 yuan")


def day(on: date) -> Text:
    """A day as people write it."""
    return Text(f"{on.year}年{on.month}月{on.day}日", on.isoformat())
