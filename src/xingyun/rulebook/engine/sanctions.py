"""How long a sanction shuts out."""

from datetime import date

from xingyun.rulebook import months
from xingyun.rulebook.schema.programme import Sanction


def shut_out_until(rule: Sanction, decided_on: date) -> date | None:
    """The last day of the term; None where the rulebook sets no end.

    The day of the decision is not counted, so a term of years ends with the same day of its last year
    (Civil Code, articles 201 and 202); a month without that day ends it with its own last one.
    """
    if rule.years is None and rule.months is None:
        return None
    return months.after(decided_on, 12 * (rule.years or 0) + (rule.months or 0))
