"""From a condition to the function of its kind."""

from collections.abc import Iterator
from typing import assert_never

from xingyun.rulebook.book import by_key
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions import (
    dated,
    domains,
    excluded,
    form,
    groups,
    number,
    outside,
    spend,
    use,
)
from xingyun.rulebook.engine.conditions.parts import Part, standing
from xingyun.rulebook.engine.conditions.said import say
from xingyun.rulebook.engine.conditions.waivers import perhaps_waived, waived
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    ContinuousUse,
    Dated,
    Domains,
    Excluded,
    Judged,
    NumberIs,
    OutsideCheck,
    RegisteredIn,
    Spend,
)


def found(case: Case, rule: Condition) -> Iterator[Finding]:
    """What the condition comes to, strength and waivers aside."""
    match rule:
        case RegisteredIn():
            yield from form.registered(case, rule)
        case AnswerIs():
            yield from form.answer(case, rule)
        case Dated():
            yield from dated.judge(case, rule)
        case NumberIs():
            yield from number.judge(case, rule)
        case OutsideCheck():
            yield outside.judge(case, rule)
        case Excluded():
            yield excluded.judge(case, rule)
        case Spend():
            yield from spend.judge(case, rule)
        case ContinuousUse():
            yield use.judge(case, rule)
        case Domains():
            yield domains.judge(case, rule)
        case AnyOf():
            yield from groups.any_of(case, rule, [look(case, key) for key in rule.conditions])
        case AllOf():
            yield from groups.all_of(case, rule, [look(case, key) for key in rule.conditions])
        case Judged():
            yield say(case, rule, "judge", rule.words, ("offices",))
        case _:
            assert_never(rule)


def unless_waived(case: Case, rule: Condition) -> tuple[Finding, ...]:
    """What the condition comes to for who is, or may be, on a list of those who are spared it."""
    return waived(case, rule) or tuple(perhaps_waived(case, rule, one) for one in found(case, rule))


def look(case: Case, key: str) -> Part:
    """The condition of that key as a part of another rule; KeyError when there is none."""
    rule = by_key(case.book.conditions, key)
    said = unless_waived(case, rule)
    return Part(rule, standing(said), said)
