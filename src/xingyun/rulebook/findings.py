"""What the engine answers: findings, each with its clause, its place and what would mend it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from xingyun.rulebook.schema.programme import Clause
from xingyun.rulebook.text import EMPTY, Text

# missing: to be supplied · wrong: to be mended · obstacle: against the rules · judge: left to the reviewer
# hint: worth a look · ok: met
Kind = Literal["missing", "wrong", "obstacle", "judge", "hint", "ok"]

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `rule` names the rule (material.licence), `where` the place to mend it.

    `remedy` says what would change it, `facts` what it rests on, `preference` whether something preferred
    is met (None: it is no preference).

    Places: ("form", field) · ("section", key) · ("material", slot) · ("domain", key) · ("checklist",)
    · ("ledger", "invoices") · ("ledger", "contracts") · ("booklet",) · ("registration",)
    · ("ledger", "payments") · ("offices",) for what officers do · ("question", key) in the self-check.
    """

    rule: str
    kind: Kind
    words: Text
    clauses: tuple[Clause, ...]
    where: Place
    remedy: Text = EMPTY
    blocks: bool = False
    facts: tuple[Text, ...] = ()
    preference: bool | None = None

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return self.words.zh

    @property
    def text_en(self) -> str:
        """The sentence in English."""
        return self.words.en

    @property
    def clause(self) -> Clause | None:
        """The first clause it follows from."""
        return self.clauses[0] if self.clauses else None

    def say(self, lang: str = "zh") -> str:
        """The sentence, and what to do where something can be done."""
        return " ".join(t for t in (self.words.say(lang), self.remedy.say(lang)) if t)


class Score(NamedTuple):
    """The points of an application: in all, by group and by item (keys)."""

    total: int
    groups: Mapping[str, int]
    items: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that was found about one application for `level` (None: none chosen yet).

    `score` is None where the rulebook counts no points. `reached` is the level that the points come to where
    they decide it (None: they reach none, or they decide nothing). `direct` are the levels that the applicant
    enters without the one below: Rulebook.path asks for them.
    """

    level: str | None
    findings: tuple[Finding, ...]
    score: Score | None = None
    reached: str | None = None
    direct: frozenset[str] = frozenset()

    @property
    def points(self) -> int | None:
        """The points in all, or None where the rulebook counts none."""
        return self.score.total if self.score else None

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stands in the way of submitting."""
        return tuple(f for f in self.findings if f.blocks)

    @property
    def preferences(self) -> int:
        """How many of the preferred conditions are met."""
        return sum(f.preference is True for f in self.findings)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each kind; 0 for kinds that did not occur."""
        return Counter(f.kind for f in self.findings)

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds."""
        return tuple(f for f in self.findings if f.kind in kinds)

    def at(self, *place: str) -> tuple[Finding, ...]:
        """The findings to be mended at a place or below it."""
        return tuple(f for f in self.findings if f.where[: len(place)] == place)
