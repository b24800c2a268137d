"""Conditions that nobody can meet together."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.checks.ladders import below
from xingyun.rulebook.schema.conditions import AnswerIs
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.shape import references


def answers(doc: Document) -> Iterator[Fault]:
    """Two conditions on one answer leave some answer that meets both."""
    parts = {key for table, key in references(doc, Document) if table == "conditions"}
    asked = [
        (n, c)
        for n, c in enumerate(doc.conditions)
        if isinstance(c, AnswerIs) and _stands(c) and c.key not in parts
    ]
    singles = {f.key for f in doc.form.fields if f.kind != "multi_choice"}
    for at, (n, here) in enumerate(asked):
        for _, before in asked[:at]:
            same = here.field == before.field and here.field in singles
            if same and _together(doc, here, before) and set(here.accepted).isdisjoint(before.accepted):
                yield fault(
                    ("conditions", n, "accepted"),
                    "与条件“{k}”不能同时符合",
                    "it can't be met together with the condition {k}",
                    k=before.key,
                )


def _stands(condition: AnswerIs) -> bool:
    """Whether who fails it is out, with nobody spared."""
    return (
        condition.otherwise == "obstacle" and condition.strength != "preferred" and not condition.waived_for
    )


def _together(doc: Document, one: AnswerIs, other: AnswerIs) -> bool:
    """Whether some level is asked both."""
    return any(_asked(one, keys) and _asked(other, keys) for keys in _ways(doc))


def _ways(doc: Document) -> list[set[str]]:
    return [{lv.key for lv in below(doc, level)} for level in doc.levels]


def _asked(condition: AnswerIs, levels: set[str]) -> bool:
    return not condition.levels or not levels.isdisjoint(condition.levels)
