"""The conditions of applying: each is asked unless a waiver spares it, and said as its strength wants."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.kinds import found
from xingyun.rulebook.engine.conditions.strength import preferred
from xingyun.rulebook.engine.conditions.waivers import perhaps_waived, waived
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import Condition


def judge(case: Case) -> Iterator[Finding]:
    """What every condition that is asked by itself and holds for the levels aimed at has to say."""
    parts = case.book.parts
    for rule in case.book.conditions:
        if rule.key not in parts and case.aims_at(rule.levels):
            yield from one(case, rule)


def one(case: Case, rule: Condition) -> Iterator[Finding]:
    """What one condition has to say."""
    said = waived(case, rule) or (perhaps_waived(case, rule, one) for one in found(case, rule))
    yield from map(preferred, said) if rule.strength == "preferred" else said
