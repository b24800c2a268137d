"""Documents that clauses lean on: whether they held when the notice went out, and until its last day."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def terms(doc: Document) -> Iterator[Fault]:
    """None ceases to hold before it begins to."""
    for n, one in enumerate(doc.documents):
        if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
            yield fault(("documents", n, "valid_to"), "失效早于生效", "it ends before it begins")


def expired(doc: Document) -> Iterator[Fault]:
    """One that does not hold from the notice's date to its last deadline: the author should look again."""
    issued = doc.programme.issued_on
    closing = [w.closes for w in doc.windows if w.closes]
    last = max([issued, *(d.on for d in doc.deadlines), *closing])
    for n, one in enumerate(doc.documents):
        if one.is_expired(issued):
            yield fault(
                ("documents", n, "valid_to"), "通知印发时已失效", "expired when the notice was issued"
            )
        elif not one.holds(issued):
            path = ("documents", n, "valid_from")
            yield fault(path, "通知印发时尚未生效", "not in force yet when the notice was issued")
        elif one.is_expired(last):
            yield fault(("documents", n, "valid_to"), "在 {d} 以前失效", "it expires before {d}", d=last)
