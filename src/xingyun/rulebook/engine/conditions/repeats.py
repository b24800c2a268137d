"""Answers that have grown old: before the results are announced some lists are looked into once more."""

from datetime import date, timedelta

from xingyun.rulebook.schema.conditions import OutsideCheck


def first_day(rule: OutsideCheck, announced: date) -> date | None:
    """The first day whose answer still holds for an announcement on that day; None where any does."""
    if rule.repeat_within_days is None:
        return None
    return announced - timedelta(days=rule.repeat_within_days)
