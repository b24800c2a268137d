"""Conditions that nobody can meet together."""

from collections.abc import Iterator
from datetime import date

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.checks.ladders import below
from xingyun.rulebook.schema.conditions import AnswerIs, Condition, Dated
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import references

KEYS = {"answer_is": "accepted", "dated": "field"}


def conditions(doc: Document) -> Iterator[Fault]:
    """Two conditions on one field of the form leave something that meets both."""
    parts = {key for table, key in references(doc, Document) if table == "conditions"}
    asked = [(n, c) for n, c in enumerate(doc.conditions) if _stands(c) and c.key not in parts]
    for at, (n, here) in enumerate(asked):
        for _, before in asked[:at]:
            if _exclude(doc, here, before) and _together(doc, here, before):
                yield fault(
                    ("conditions", n, KEYS[here.kind]),
                    "与条件“{k}”不能同时符合",
                    "it can't be met together with the condition {k}",
                    k=before.key,
                )


def _stands(condition: Condition) -> bool:
    """Whether who fails it is out, with nobody spared."""
    fails = isinstance(condition, AnswerIs | Dated) and condition.otherwise == "obstacle"
    is_spared = condition.waived_for or condition.when is not None
    return fails and condition.strength != "preferred" and not is_spared


def _exclude(doc: Document, one: Condition, other: Condition) -> bool:
    """Whether both look at one field, which takes one answer, and accept nothing in common."""
    if isinstance(one, AnswerIs) and isinstance(other, AnswerIs) and one.field == other.field:
        singles = {f.key for f in doc.form.fields if f.kind != "multi_choice"}
        return one.field in singles and set(one.accepted).isdisjoint(other.accepted)
    if isinstance(one, Dated) and isinstance(other, Dated) and one.field == other.field:
        first = max(one.from_ or date.min, other.from_ or date.min)
        return first > min(one.to or date.max, other.to or date.max)
    return False


def _together(doc: Document, one: Condition, other: Condition) -> bool:
    """Whether some level is asked both."""
    ways = [{lv.key for lv in below(doc, level)} for level in doc.levels]
    return any(_asked(one, way) and _asked(other, way) for way in ways)


def _asked(condition: Condition, levels: set[str]) -> bool:
    return not condition.levels or not levels.isdisjoint(condition.levels)
