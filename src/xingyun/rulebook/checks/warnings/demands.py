"""What is demanded in circumstances that never occur."""

from collections.abc import Iterator

from xingyun.rulebook.checks.circumstances import can_hold
from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def materials(doc: Document) -> Iterator[Fault]:
    """Materials that no application can be asked for."""
    for n, material in enumerate(doc.materials):
        if material.when and not can_hold(doc, material.when):
            yield fault(
                ("materials", n, "when"), "这种情形不会出现，永远不会要求", "it never occurs: never demanded"
            )


def conditions(doc: Document) -> Iterator[Fault]:
    """Conditions that no application can be asked."""
    for n, condition in enumerate(doc.conditions):
        if condition.when and not can_hold(doc, condition.when):
            yield fault(
                ("conditions", n, "when"), "这种情形不会出现，永远不会要求", "it never occurs: never demanded"
            )


def fields(doc: Document) -> Iterator[Fault]:
    """Fields that no application can be asked for."""
    for n, field in enumerate(doc.form.fields):
        if field.when and not can_hold(doc, field.when):
            yield fault(
                ("form", "fields", n, "when"), "这种情形不会出现，永远不会问", "it never occurs: never asked"
            )
