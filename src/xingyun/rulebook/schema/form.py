"""The application form: sections and typed fields."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import OneOrMany
from xingyun.rulebook.schema.shared import ClauseRef, ClauseRefs, Named, Option, SectionRef, When
from xingyun.rulebook.text import Text

FieldKind = Literal[
    "short_text",
    "long_text",
    "uscc",
    "money",
    "integer",
    "percent",
    "phone",
    "email",
    "date",
    "month",
    "choice",
    "multi_choice",
    "industry",
    "person",
    "address",
    "organisations",
]

# What other parts of the program know a field by, whatever its key is.
Role = Literal[
    "applicant_name",
    "nature",
    "registered_address",
    "uscc",
    "registered_capital",
    "legal_representative",
    "legal_representative_phone",
    "contact_name",
    "contact_title",
    "contact_phone",
    "contact_mobile",
    "contact_fax",
    "contact_email",
    "contact_address",
    "staff_total",
    "staff_cloud",
    "level",
    "deployments",
    "providers",
    "cloud_since",
    "industry",
    "scope",
    "effect",
    "filled_on",
    "filing_number",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Named):
    """A part of the form. `printed = false` keeps it out of the printed form."""

    table: ClassVar[str] = "form.sections"
    clause: ClauseRef
    text: str = ""
    text_en: str = ""
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Named):
    """A field. `max_chars` counts code points; `min`/`max` bound whole numbers,
    percentages and numbers of choices.

    `cell` is the heading beside which the printed form shows it; `unit` stands behind numbers.
    `prefill` takes the value from the register at first.
    """

    table: ClassVar[str] = "form.fields"
    section: SectionRef
    kind: FieldKind
    role: Role | None = None
    required: bool = True
    when: When | None = None
    clause: ClauseRefs = ()
    max_chars: int | None = None
    min: int | None = None
    max: int | None = None
    unit: str = ""
    unit_en: str = ""
    options: tuple[Option, ...] = ()
    options_from: Literal["levels", "deployments", "authorities"] | None = None
    cell: str = ""
    cell_en: str = ""
    prefill: bool = False
    help: str = ""
    help_en: str = ""
    placeholder: str = ""
    autocomplete: str = ""

    @property
    def hint(self) -> Text:
        """What helps to fill it in."""
        return Text(self.help, self.help_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """The form as the rulebook writes it."""

    title: str
    title_en: str
    clause: ClauseRef
    issuer: str
    issuer_en: str
    instructions: Annotated[tuple[str, ...], OneOrMany] = ()
    instructions_en: Annotated[tuple[str, ...], OneOrMany] = ()
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
