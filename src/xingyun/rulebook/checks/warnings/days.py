"""Sentences that name a day which is none of the rulebook's dates: one of the two was not changed along."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.lines import Path
from xingyun.rulebook.named_days import named_days
from xingyun.rulebook.schema.document import Document


def named(doc: Document) -> Iterator[Fault]:
    """Every day in words stands somewhere as a date, or is the day beside an end that is not included."""
    values = list(_values(doc, ()))
    dates = {value for _, value in values if isinstance(value, date)}
    known = (
        dates
        | {months.previous_day(d) for d in _excluded(doc)}
        | {months.next_day(d) for d in _excluded(doc)}
    )
    for path, value in values:
        for said in named_days(value) if isinstance(value, str) and known else ():
            if not any(said.may_be(on) for on in known):
                yield fault(
                    path,
                    "写着“{d}”，规则书里没有这个日期",
                    "it names {d}, which is no date of the rulebook",
                    d=said.words,
                )


def _values(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Everything written in a table, with its place."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name), (*path, field.name.rstrip("_")))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _values(one, (*path, str(key)))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from _values(one, (*path, n))
    else:
        yield path, value


def _excluded(doc: Document) -> set[date]:
    """Ends of windows and deadlines that do not count themselves."""
    ends = {d.on for d in doc.deadlines if not d.inclusive}
    for rule in doc.conditions:
        for end in ("from", "to"):
            on = getattr(rule, "from_" if end == "from" else end, None)
            if isinstance(on, date) and not getattr(rule, f"{end}_inclusive", True):
                ends.add(on)
    return ends
