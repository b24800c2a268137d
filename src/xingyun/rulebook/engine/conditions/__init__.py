"""The conditions of applying: asked unless a waiver or a fast track spares them, said by their strength."""

from collections.abc import Iterator, Sequence

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions import fast_tracks
from xingyun.rulebook.engine.conditions.fast_tracks import Track
from xingyun.rulebook.engine.conditions.kinds import unless_waived
from xingyun.rulebook.engine.conditions.strength import preferred
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Condition


def judge(case: Case, tracks: Sequence[Track]) -> Iterator[Finding]:
    """What every condition that is asked by itself and holds for the levels aimed at has to say."""
    for rule in asked(case):
        yield from one(case, rule, tracks)
    yield from fast_tracks.judge(case, tracks)


def asked(case: Case) -> Iterator[Condition]:
    """The conditions that are asked by themselves, for the levels aimed at and in these circumstances."""
    parts = case.book.parts
    for rule in case.book.conditions:
        if rule.key not in parts and case.aims_at(rule.levels) and case.holds(rule.when):
            yield rule


def one(case: Case, rule: Condition, tracks: Sequence[Track]) -> tuple[Finding, ...]:
    """What one condition has to say, given how the fast tracks stand."""
    said = fast_tracks.applied(case, tracks, rule, rule.levels, unless_waived(case, rule))
    return tuple(map(preferred, said)) if rule.strength == "preferred" else said
