"""Worked cases of what follows an award."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.cases.base import BaseCase
from xingyun.rulebook.schema.shared import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckRow:
    """A re-check and the level still met; left out: none."""

    on: date
    met: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
    """A later list, and whether the title stands on it."""

    on: date
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleCase(BaseCase):
    """A title's history, and what it is on a day: its state, its level ("none"), the last day of its term."""

    kind: Literal["title"]
    level: str
    awarded_on: date
    rechecks: tuple[RecheckRow, ...] = ()
    confirmations: tuple[date, ...] = ()
    lists: tuple[ListingRow, ...] = ()
    cancelled_on: date | None = None
    on: date
    state: Literal["not_yet", "valid", "recheck_due", "demoted", "expired", "lapsed", "cancelled"]
    now: str | None = None
    until: date | Literal["open"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WonRow:
    """A title that was awarded."""

    level: str
    awarded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidRow:
    """What was paid for a level before, in yuan."""

    level: str
    yuan: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyCase(BaseCase):
    """What a subsidy pays in yuan for titles, given what was paid before and what was spent on a day."""

    kind: Literal["subsidy"]
    subsidy: str
    titles: tuple[WonRow, ...]
    authority: str | None = None
    paid: tuple[PaidRow, ...] = ()
    spent_on: date | None = None
    spent_yuan: Number | None = None
    yuan: Number
