"""Where somebody should have said how the notice is read."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def left_to_reviewers(doc: Document) -> Iterator[Fault]:
    """Other deployment models are left to the reviewer: a choice of the city, to be explained."""
    for n, level in enumerate(doc.levels):
        if level.deployments and level.other_deployments == "judge" and not level.interpretation:
            yield fault(
                ("levels", n, "other_deployments"),
                "由评审判断，最好用 interpretation 写明理由",
                "left to the reviewer; an interpretation should say why",
            )


def replaced_seals(doc: Document) -> Iterator[Fault]:
    """A confirmation online takes the place of a provider's seal: a choice of the city, to be explained."""
    for n, material in enumerate(doc.materials):
        replaces = material.confirmed_online == "replaces" and "provider" in material.stamped_by
        if replaces and not material.interpretation:
            yield fault(
                ("materials", n, "confirmed_online"),
                "代替提供方的盖章，最好用 interpretation 写明理由",
                "it replaces the provider's seal; an interpretation should say why",
            )


def other_year(doc: Document) -> Iterator[Fault]:
    """A notice is issued for the year it is issued in, or the next or last."""
    page = doc.programme
    if abs(page.issued_on.year - page.year) > 1:
        yield fault(
            ("programme", "issued_on"),
            "与年度 {y} 相差一年以上",
            "more than a year away from the year {y}",
            y=page.year,
        )
