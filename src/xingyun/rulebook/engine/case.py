"""A rulebook and the facts together, with what every rule asks of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.facts import Facts
from xingyun.rulebook.findings import Finding, Kind, Place
from xingyun.rulebook.form.values import FieldError, Value
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.schema.shared import When
from xingyun.rulebook.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Case:
    """One evaluation. `ladder`: the levels to win now, lowest first; `models`: what the clouds amount to.

    `direct` are levels that this applicant enters without the one below.
    """

    book: Rulebook
    facts: Facts
    direct: frozenset[str] = frozenset()
    level: Level | None = field(init=False)
    ladder: tuple[Level, ...] = field(init=False)
    chosen: frozenset[str] = field(init=False)
    models: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        known = {lv.key: lv for lv in self.book.levels}
        level = known.get(self.facts.level or self.book.level_asked(self.role("level")))
        chosen = self._chosen()
        ladder = self.book.ladder(level.key, self.facts.titles, self.direct) if level else ()
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "ladder", ladder)
        object.__setattr__(self, "chosen", chosen)
        object.__setattr__(self, "models", chosen | self._included(chosen))

    def _chosen(self) -> frozenset[str]:
        if self.facts.deployments is not None:
            return self.facts.deployments
        answer = self.role("deployments")
        return frozenset(str(key) for key in answer) if isinstance(answer, tuple) else frozenset()

    def _included(self, chosen: frozenset[str]) -> frozenset[str]:
        return frozenset(i for d in self.book.deployments if d.key in chosen for i in d.includes)

    def parsed(self, one: Field) -> Value | FieldError | None:
        """The answer to a field, an error, or None where nothing is typed."""
        if one.key in self.facts.answers:
            return self.facts.answers[one.key]
        raw = self.facts.raw.get(one.key, "")
        return self.book.form.parse(one, raw) if raw.strip() else None

    def value(self, key: str) -> Value | None:
        """The answer to the field of that key where there is a right one."""
        answer = self.parsed(self.book.form.field(key))
        return None if isinstance(answer, FieldError) else answer

    def role(self, role: str) -> Value | None:
        """The answer to the field of that role where there is a right one."""
        one = self.book.form.by_role(role)
        return self.value(one.key) if one else None

    def aims_at(self, levels: Iterable[str]) -> bool:
        """Whether one of `levels` is to be won; an empty list stands for all."""
        wanted = set(levels)
        return not wanted or any(lv.key in wanted for lv in self.ladder)

    def holds(self, when: When | None) -> bool:
        """Whether the circumstances of `when` are given; none named always are."""
        if when is None:
            return True
        return (
            self.aims_at(when.levels)
            and (not when.deployments or not self.models.isdisjoint(when.deployments))
            and (when.contracts is None or any(not c.says_cloud for c in self.facts.contracts))
            and (when.field is None or self._answered(when.field, when.is_))
        )

    def _answered(self, key: str, wanted: tuple[str, ...]) -> bool:
        answer = self.value(key)
        given = answer if isinstance(answer, tuple) else (answer,)
        return any(str(one) in wanted for one in given)

    def finding(
        self,
        rule: str,
        kind: Kind,
        words: Text,
        clauses: Iterable[str],
        where: Place,
        remedy: Text = EMPTY,
        blocks: bool = False,
        facts: tuple[Text, ...] = (),
    ) -> Finding:
        """A Finding that cites clauses by their numbers."""
        cited = tuple(self.book.clause(ref) for ref in clauses)
        return Finding(
            rule=rule,
            kind=kind,
            words=words,
            clauses=cited,
            where=where,
            remedy=remedy,
            blocks=blocks,
            facts=facts,
        )
