"""By when something must be filed for the record."""

from datetime import date, timedelta

from xingyun.rulebook import calendar
from xingyun.rulebook.schema.procedure import Filing


def filing_due(rule: Filing, announced_on: date) -> date:
    """The last day; the day of the announcement is not counted."""
    if rule.working_days:
        return calendar.add_working_days(announced_on, rule.within_days, first_day_counted=False)
    return announced_on + timedelta(days=rule.within_days)
