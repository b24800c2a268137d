"""The checklist: categories, subcategories, domains."""

from dataclasses import dataclass
from typing import ClassVar

from xingyun.rulebook.schema.shared import ClauseRef, ClauseRefs, Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Named):
    """One line of the checklist, to be claimed and proved."""

    table: ClassVar[str] = "checklist"
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcategory(Named):
    """A group of domains."""

    table: ClassVar[str] = "checklist"
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Named):
    """A group of subcategories."""

    table: ClassVar[str] = "checklist"
    subcategories: tuple[Subcategory, ...]

    @property
    def domains(self) -> tuple[Domain, ...]:
        """All domains of the category, in order."""
        return tuple(d for s in self.subcategories for d in s.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The whole tree. `evidence_clause` is what asks for the proof of a claimed domain."""

    title: str
    title_en: str
    clause: ClauseRef
    evidence_clause: ClauseRefs
    categories: tuple[Category, ...]

    @property
    def domains(self) -> tuple[Domain, ...]:
        """All domains in the order of the annex."""
        return tuple(d for c in self.categories for d in c.domains)

    def branch(self, key: str) -> tuple[Domain, ...]:
        """The domains under a category, subcategory or domain of that key; empty when there is none."""
        for category in self.categories:
            if category.key == key:
                return category.domains
            for subcategory in category.subcategories:
                if subcategory.key == key:
                    return subcategory.domains
        return tuple(d for d in self.domains if d.key == key)
