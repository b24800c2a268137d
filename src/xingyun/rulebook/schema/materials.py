"""The materials that go with an application."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, NamedTuple

from xingyun.rulebook.reading import OneOrMany
from xingyun.rulebook.schema.shared import BranchRef, ClauseRef, InterpretationRef, Named, Rule, When
from xingyun.rulebook.text import Text

Stamp = Literal["applicant", "provider"]
Confirmed = Literal["supports", "replaces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Named):
    """One of several kinds of paper that together make a material."""

    table: ClassVar[str] = "materials"
    required: bool = True
    help: str = ""
    help_en: str = ""


class Slot(NamedTuple):
    """A place to upload to: a material, or one of its parts."""

    key: str
    material: str
    name: Text
    required: bool
    help: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Rule):
    """A material of the list.

    `need`: required; if_any (an explicit "none" is asked where nothing is given); optional.
    `when`: only then is it demanded. `made_by_system`: the application's own stamped print.
    `annex` and `annex_number` are its second reference. `expected_with`: domains claimed in that branch of
    the checklist make an answer of "none" look odd. `confirmed_online`: of a material that is demanded
    because a contract does not say cloud, what the provider's confirmation online is good for: it supports
    the sealed paper, or replaces it; None: it is not asked for.
    """

    table: ClassVar[str] = "materials"
    number: int
    need: Literal["required", "if_any", "optional"]
    annex: ClauseRef | None = None
    annex_number: int | None = None
    when: When | None = None
    parts: tuple[Part, ...] = ()
    stamped_by: Annotated[tuple[Stamp, ...], OneOrMany] = ()
    made_by_system: bool = False
    expected_with: BranchRef | None = None
    confirmed_online: Confirmed | None = None
    help: str = ""
    help_en: str = ""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Where files go: the parts, or the material itself. A system-made material has one for its scan."""
        if not self.parts:
            return (
                Slot(self.key, self.key, self.name, self.need == "required", Text(self.help, self.help_en)),
            )
        return tuple(Slot(p.key, self.key, p.name, p.required, Text(p.help, p.help_en)) for p in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the applicant vouches for with signature and seal."""

    clause: ClauseRef
    title: str
    title_en: str
    text: str
    text_en: str
    interpretation: InterpretationRef | None = None
