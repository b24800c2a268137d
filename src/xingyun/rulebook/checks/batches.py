"""The batches of a window: one after the other, the last ending with the window."""

from collections.abc import Iterator
from datetime import date, timedelta

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.procedure import Window


def batches(doc: Document) -> Iterator[Fault]:
    """Only one window has batches; they follow each other inside it and end with it."""
    for m, (n, window) in enumerate((n, w) for n, w in enumerate(doc.windows) if w.batches):
        if m:
            yield fault(("windows", n, "batches"), "已有另一个时段分批", "another window has batches")
        yield from _order(n, window)
        last = _last_day(doc, window)
        if last is not None and window.batches[-1].closes != last:
            path = ("windows", n, "batches", len(window.batches) - 1, "closes")
            yield fault(path, "最后一批要到 {d} 截止", "the last batch must end on {d}", d=last)


def _order(n: int, window: Window) -> Iterator[Fault]:
    before = window.opens and window.opens - timedelta(days=1)
    for m, batch in enumerate(window.batches):
        if before is not None and batch.closes <= before:
            path = ("windows", n, "batches", m, "closes")
            yield fault(path, "要晚于 {d}", "it must end after {d}", d=before)
        if batch.opens and (batch.opens > batch.closes or (before and batch.opens <= before)):
            path = ("windows", n, "batches", m, "opens")
            yield fault(path, "要在上一批之后、本批截止以前", "after the batch before, not after its own end")
        before = batch.closes


def _last_day(doc: Document, window: Window) -> date | None:
    """The window's last day, or that of the deadline before which a tier sets its dates."""
    due = next((d for d in doc.deadlines if d.key == window.before), None)
    if due is None:
        return window.closes
    return due.on if due.inclusive else due.on - timedelta(days=1)
