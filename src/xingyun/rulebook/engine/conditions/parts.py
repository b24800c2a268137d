"""Conditions as parts of others: on which side each stands, and which is nearest to being met."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from xingyun.rulebook.findings import Finding, Place
from xingyun.rulebook.schema.conditions import Condition
from xingyun.rulebook.text import Text

# not_met: against the rules · missing: to be supplied or answered · unknown: officers look it up first
Standing = Literal["met", "judge", "unknown", "missing", "not_met"]
BEST: tuple[Standing, ...] = ("met", "judge", "unknown", "missing", "not_met")
WORST: tuple[Standing, ...] = ("not_met", "missing", "judge", "unknown", "met")

UNANSWERED = Text("“{name}”还没有回答。", "“{name}” is not answered yet.")


class Part(NamedTuple):
    """A condition that another rule asks for, and what it finds when looked at for that rule."""

    rule: Condition
    standing: Standing
    findings: tuple[Finding, ...]

    @property
    def where(self) -> Place:
        """The place to mend it."""
        if self.findings:
            return self.findings[0].where
        return ("form", getattr(self.rule, "field", None) or self.rule.key)

    @property
    def words(self) -> Text:
        """What it finds and what would change that, in one sentence after the other."""
        main = next((f for f in self.findings if f.kind != "ok"), None)
        if main is None:
            return UNANSWERED.fill(name=self.rule.name)
        return Text(main.say("zh"), main.say("en"))

    @property
    def facts(self) -> tuple[Text, ...]:
        """What it rests on."""
        return tuple(fact for f in self.findings for fact in f.facts)


def standing(findings: Iterable[Finding]) -> Standing:
    """Where a condition stands by what it found. One that found nothing waits for an answer."""
    kinds = {f.kind for f in findings}
    if "obstacle" in kinds:
        return "not_met"
    if "missing" in kinds or not kinds:
        return "missing"
    if "judge" in kinds:
        return "judge"
    return "met" if "ok" in kinds else "unknown"


def nth(parts: Iterable[Part], n: int) -> Standing:
    """On which side the n-th best of the parts is, counted from 1; with fewer parts the last of them."""
    ordered = sorted((p.standing for p in parts), key=BEST.index)
    return ordered[min(n, len(ordered)) - 1]


def first(parts: Iterable[Part], order: Sequence[Standing]) -> Standing:
    """The first of the standings, in that order, on which one of the parts is."""
    return min((p.standing for p in parts), key=order.index)


def at(parts: Iterable[Part], *standings: Standing) -> list[Part]:
    """The parts that stand there."""
    return [p for p in parts if p.standing in standings]
