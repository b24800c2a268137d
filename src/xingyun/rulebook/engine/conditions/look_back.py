"""The days whose entries, fundings or titles count: so many months before one, or from one to another."""

from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.engine.span import Span
from xingyun.rulebook.schema.conditions import Excluded, OutsideCheck


def has_window(rule: OutsideCheck | Excluded) -> bool:
    """Whether only entries of a certain time count."""
    return not (rule.look_back_months is None and rule.from_ is None and rule.to is None)


def window(rule: OutsideCheck | Excluded, submitted: date | None) -> Span | None:
    """The days that count, without ends where all do; None while the day they hang on is not known."""
    if rule.look_back_months is None:
        return Span(rule.from_, rule.to)
    last = submitted if rule.as_of == "submission" else rule.as_of
    return None if last is None else Span(months.before(last, rule.look_back_months), last)
