"""How a condition speaks: its finding, with what would change it and the facts it rests on."""

from collections.abc import Iterable

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding, Kind, Place
from xingyun.rulebook.schema.conditions import Condition
from xingyun.rulebook.text import EMPTY, Text

FAILS: tuple[Kind, ...] = ("missing", "wrong", "obstacle")
_FACT = Text("{name}：{value}", "{name}: {value}")


def say(
    case: Case,
    rule: Condition,
    kind: Kind,
    words: Text,
    where: Place,
    remedy: Text = EMPTY,
    facts: Iterable[Text] = (),
) -> Finding:
    """A finding of the condition. The rulebook's own remedy goes before the one given here."""
    stops = kind in FAILS and rule.stops_submission
    own = EMPTY if kind in ("ok", "hint", "wrong") else rule.mend
    mend = own if own.zh or kind not in FAILS else remedy
    name = f"condition.{rule.key}"
    return case.finding(name, kind, words, rule.clause, where, mend, stops, tuple(facts))


def fact(name: Text, value: object) -> Text:
    """One fact that a finding rests on."""
    return _FACT.fill(name=name, value=value)
