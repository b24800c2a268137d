"""Dates that can't be kept together."""

from collections.abc import Iterator
from datetime import date

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.conditions import Spend
from xingyun.rulebook.schema.document import Document


def last_day(doc: Document) -> date | None:
    """The last day on which anything is due or open; None where no date is written."""
    days = [d.on for d in doc.deadlines] + [w.closes for w in doc.windows if w.closes]
    return max(days, default=None)


def spends(doc: Document) -> Iterator[Fault]:
    """What counts begins before everything is over."""
    last = last_day(doc)
    for n, condition in enumerate(doc.conditions):
        if isinstance(condition, Spend) and last and condition.from_ and condition.from_ > last:
            yield fault(
                ("conditions", n, "from"),
                "晚于最后的期限 {d}，永远没有能计入的",
                "it lies after the last date {d}, so nothing ever counts",
                d=last,
            )


def windows(doc: Document) -> Iterator[Fault]:
    """A window with dates of its own closes before the deadline it must precede."""
    due = {d.key: d.on for d in doc.deadlines}
    for n, window in enumerate(doc.windows):
        before = due.get(window.before or "")
        if before and window.closes and window.closes > before:
            yield fault(
                ("windows", n, "closes"), "晚于期限 {d}", "it closes after the deadline {d}", d=before
            )


def reports(doc: Document) -> Iterator[Fault]:
    """A tier is told before its own report is due."""
    due = {d.key: d.on for d in doc.deadlines}
    own = {r.from_: due[r.deadline] for r in doc.reports if r.deadline in due}
    for n, report in enumerate(doc.reports):
        here, above = due.get(report.deadline), own.get(report.to)
        if here and above and here > above:
            yield fault(
                ("reports", n, "deadline"),
                "“{t}”在 {d} 就要上报，那时还收不到",
                "{t} has to report by {d}, before this arrives",
                t=report.to,
                d=above,
            )
