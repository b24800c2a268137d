"""Levels that an application enters without the level below, by what was handed in and looked up since."""

from typing import NamedTuple

from xingyun.applications.models import Application
from xingyun.reviews.queries.look_ups import look_ups, with_look_ups
from xingyun.rulebook import Rulebook


class Door(NamedTuple):
    """Levels entered directly for `sure`, and those that the reviewers may find can be."""

    sure: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()


def direct_entry(application: Application, rulebook: Rulebook) -> Door:
    """What the rules say of direct entry; asks for nothing where no level can be entered so."""
    doors = {level.key for level in rulebook.levels if level.direct_if}
    if not doors or application.submitted_at is None:
        return Door()
    verdict = with_look_ups(application, look_ups(application), rulebook).verdict
    judged = (key for key in doors if any(f.rule == f"ladder.{key}" for f in verdict.of("judge")))
    return Door(verdict.direct, frozenset(judged))
