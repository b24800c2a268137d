"""What most entries have in common: a key, names in two languages, the clause they follow from."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from xingyun.rulebook.reading import Exact, Identity, OneOrMany, Ref, Slug
from xingyun.rulebook.text import Text

Key = Annotated[str, Identity, Slug]
ClauseRef = Annotated[str, Ref("clauses")]
ClauseRefs = Annotated[tuple[ClauseRef, ...], OneOrMany]
InterpretationRef = Annotated[str, Ref("interpretations")]
InterpretationRefs = Annotated[tuple[InterpretationRef, ...], OneOrMany]
TierRef = Annotated[str, Ref("tiers")]
AuthorityRef = Annotated[str, Ref("authorities")]
LevelRef = Annotated[str, Ref("levels")]
DeploymentRef = Annotated[str, Ref("deployments")]
MaterialRef = Annotated[str, Ref("materials")]
FieldRef = Annotated[str, Ref("form.fields")]
SectionRef = Annotated[str, Ref("form.sections")]
DeadlineRef = Annotated[str, Ref("deadlines")]
WindowRef = Annotated[str, Ref("windows")]
QuotaRef = Annotated[str, Ref("quotas")]
BranchRef = Annotated[str, Ref("checklist")]
DocumentRef = Annotated[str, Ref("documents")]
ConditionRef = Annotated[str, Ref("conditions")]

# A number written whole or as text: 50, "5%", "0.05", "-2.5", "1/3".
Number = Annotated[Fraction, Exact]

FunctionKey = Literal["competent", "finance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry with a key and its name in Chinese and English."""

    key: Key
    label: str
    label_en: str

    @property
    def name(self) -> Text:
        """The name in both languages."""
        return Text(self.label, self.label_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Named):
    """An entry that follows from clauses and says in own words what they demand."""

    clause: ClauseRefs
    text: str
    text_en: str
    interpretation: InterpretationRefs = ()

    @property
    def words(self) -> Text:
        """What is demanded, in both languages."""
        return Text(self.text, self.text_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Named):
    """One answer to choose from."""

    table: ClassVar[str] = "options"
    key: Annotated[str, Slug]
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something is demanded: all that is named must be so; a list is met by any one of its members."""

    levels: tuple[LevelRef, ...] = ()
    deployments: tuple[DeploymentRef, ...] = ()
    contracts: Literal["not_saying_cloud"] | None = None
    field: FieldRef | None = None
    is_: Annotated[tuple[str, ...], OneOrMany] = ()
