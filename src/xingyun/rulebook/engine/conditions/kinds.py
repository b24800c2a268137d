"""From a condition to the function of its kind."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions import dated, domains, excluded, form, outside, spend, use
from xingyun.rulebook.engine.conditions.said import say
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.conditions import (
    AnswerIs,
    Condition,
    ContinuousUse,
    Dated,
    Domains,
    Excluded,
    Judged,
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
        case Judged():
            yield say(case, rule, "judge", rule.words, ("offices",))
