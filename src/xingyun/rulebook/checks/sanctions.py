"""The terms of sanctions."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def terms(doc: Document) -> Iterator[Fault]:
    """A term that is set lasts at least a month."""
    for n, sanction in enumerate(doc.sanctions):
        for key in ("years", "months"):
            term = getattr(sanction, key)
            if term is not None and term < 1:
                yield fault(("sanctions", n, key), "期限至少为 1", "a term is at least 1")
