"""Days that a sentence names: 10月26日, 2020年10月26日, 26 October, 26 October 2020."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ZH = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
EN = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})\b(?: (?P<year>\d{{4}})\b)?")


class Named(NamedTuple):
    """A day as a sentence names it: `words` as written at `at`, `year` None where only the day is named."""

    words: str
    at: int
    year: int | None
    month: int
    day: int

    def may_be(self, on: date) -> bool:
        """Whether this day is meant, as far as the sentence says."""
        return (self.month, self.day) == (on.month, on.day) and self.year in (None, on.year)


def named_days(text: str) -> Iterator[Named]:
    """Every day that the text names."""
    for pattern in (ZH, EN):
        for found in pattern.finditer(text):
            month = found["month"]
            number = int(month) if month.isdecimal() else MONTHS.index(month) + 1
            year = int(found["year"]) if found["year"] else None
            yield Named(found[0], found.start(), year, number, int(found["day"]))
