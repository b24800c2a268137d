"""From when until when a proposed list is open to objections, by the rulebook's count of days."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from xingyun.clock import calendar_day
from xingyun.rulebook import Rulebook
from xingyun.rulebook.calendar import add_working_days, last_moment


class Period(NamedTuple):
    """First and last printed day; objections are taken from `opens`, before `closes` (24:00 of `last`)."""

    first: date
    last: date
    opens: datetime
    closes: datetime


def period(rulebook: Rulebook, published: datetime) -> Period:
    """The period of a notice that is published at this moment."""
    rule = rulebook.notice
    today = calendar_day(published)
    first = today if rule.first_day_counted else today + timedelta(days=1)
    if rule.working_days:
        last = add_working_days(today, rule.days, first_day_counted=rule.first_day_counted)
    else:
        last = first + timedelta(days=rule.days - 1)
    return Period(first, last, published, last_moment(last, rulebook.programme.timezone))
