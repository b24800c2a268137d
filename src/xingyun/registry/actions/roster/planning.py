"""What rows would do to a roster: compared with what is listed here and elsewhere, nothing written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from xingyun.registry.actions.roster.rows import Row, Wrong
from xingyun.registry.models import Authority, RosterEntry

BATCH = 900


@dataclass(frozen=True, slots=True)
class Change:
    """New values of the columns of an entry."""

    pk: int
    name: str
    listed_on: date
    provider: str


@dataclass(slots=True)
class Plan:
    """What is to be added and changed; codes that others list too; rows that the roster itself refuses."""

    fresh: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    disputed: set[str] = field(default_factory=set)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """The rows that the roster refuses, to compare two plans by."""
        return [row.number for row in self.wrong]


def once_each(rows: Iterable[Row]) -> tuple[list[Row], list[Wrong]]:
    """Each code once, the first row that names it; the others are refused."""
    first: dict[str, Row] = {}
    wrong: list[Wrong] = []
    for row in rows:
        before = first.setdefault(row.uscc, row)
        if before is not row:
            wrong.append(refused(row, _again(before, row)))
    return list(first.values()), wrong


def plan(authority: Authority, rows: Sequence[Row]) -> Plan:
    """Compare rows (each code once) with the rosters as they are now."""
    found = Plan()
    live, gone = _own(authority)
    for row in rows:
        if row.uscc in live:
            _compare(found, row, live[row.uscc])
        elif row.uscc in gone:
            day, why = gone[row.uscc]
            found.wrong.append(refused(row, _gone(day, why)))
        else:
            found.fresh.append(row)
    found.disputed = elsewhere(authority, [row.uscc for row in found.fresh])
    return found


def elsewhere(authority: Authority, codes: Sequence[str]) -> set[str]:
    """Which of these codes another authority lists as well."""
    others = RosterEntry.objects.filter(delisted_on=None).exclude(authority=authority)
    return {
        code
        for piece in pieces(codes)
        for code in others.filter(uscc__in=piece).values_list("uscc", flat=True)
    }


def pieces(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one statement takes."""
    return (codes[n : n + BATCH] for n in range(0, len(codes), BATCH))


def refused(row: Row, message: str) -> Wrong:
    """The row with the reason."""
    return Wrong(row.number, row.uscc, row.name, message, row.cells)


Listed = tuple[int, str, date, str]


def _own(authority: Authority) -> tuple[dict[str, Listed], dict[str, tuple[date, str]]]:
    """What the authority lists, and what it has delisted, by code."""
    live: dict[str, Listed] = {}
    gone: dict[str, tuple[date, str]] = {}
    own = RosterEntry.objects.filter(authority=authority).order_by("id")
    columns = ("uscc", "id", "name", "listed_on", "provider", "delisted_on", "delisting")
    for code, *listed, day, why in own.values_list(*columns).iterator(chunk_size=5000):
        if day is None:
            live[code] = (listed[0], listed[1], listed[2], listed[3])
        else:
            gone[code] = (day, why)
    return live, gone


def _compare(found: Plan, row: Row, listed: Listed) -> None:
    """What the table leaves open stays as it is."""
    pk, name, day, provider = listed
    wanted = (row.name, row.listed_on or day, provider if row.provider is None else row.provider)
    if wanted == (name, day, provider):
        found.unchanged += 1
    else:
        found.changes.append(Change(pk, *wanted))


def _again(before: Row, row: Row) -> str:
    if before.name == row.name:
        return _("与第 %s 行的代码相同，只计一次。") % f"{before.number:,}"
    said = _("与第 %(n)s 行的代码相同，名称不同（那里是“%(name)s”）。请核对哪一行对，删去另一行。")
    return said % {"n": f"{before.number:,}", "name": before.name[:40]}


def _gone(day: date, why: str) -> str:
    said = _("%(day)s 移出过名录：%(why)s。要重新列入，请在名录“已移出”里打开它恢复。")
    return said % {"day": day.isoformat(), "why": (why or _("没有写理由")).rstrip("。")}
