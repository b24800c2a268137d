"""All checks, in the order in which their findings are listed."""

from collections.abc import Iterator

from xingyun.evidence.checks import (
    against_file,
    buyer,
    confirmed_from,
    dates,
    listed,
    look_alike,
    numbers,
    pages,
    same_file,
    same_invoice,
    seals,
    seller,
    sums,
)
from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.checks.copied_text import check as copied_text

CHECKS: tuple[Check, ...] = (
    same_invoice.CHECK,
    same_file.CHECK,
    look_alike.CHECK,
    copied_text.CHECK,
    listed.CHECK,
    confirmed_from.CHECK,
    against_file.CHECK,
    buyer.CHECK,
    seller.CHECK,
    sums.CHECK,
    dates.CHECK,
    numbers.CHECK,
    pages.CHECK,
    seals.CHECK,
)
by_key = {check.key: check for check in CHECKS}


def run_all(subject: Subject) -> Iterator[tuple[Check, Found]]:
    """Everything that any check finds; of what has the same key, the first."""
    seen: set[tuple[str, str]] = set()
    for check in CHECKS:
        for found in check.look(subject):
            mark = (check.key, found.fingerprint)
            if mark not in seen:
                seen.add(mark)
                yield check, found
