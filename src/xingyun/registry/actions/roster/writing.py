"""Writing what was planned, in the caller's transaction; many rows in few statements."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from xingyun.registry.actions.roster.planning import Change, Plan, pieces
from xingyun.registry.models import Authority, RosterEntry
from xingyun.registry.states import RosterState

COLUMNS = ("authority_id", "uscc", "name", "state", "listed_on", "provider", "delisting")
# Rows in one statement; more would be more values than the smallest database takes.
TOGETHER = 100


def lock_rosters() -> None:
    """One writer at a time decides which code is claimed twice, whichever office it writes for.

    The row of the topmost offices stands for all rosters. Rows that refer to it may still be added.
    """
    tops = Authority.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk")
    list(tops.values_list("pk", flat=True))


def write(authority: Authority, plan: Plan, listed_on: date) -> None:
    """Carry a plan out; `listed_on` is meant where a row names no day."""
    for codes in pieces(sorted(plan.disputed)):
        claimed = RosterEntry.objects.filter(uscc__in=codes, delisted_on=None)
        claimed.exclude(authority=authority).update(state=RosterState.DISPUTED)
    _add(authority, plan, listed_on)
    _change(plan.changes)


def _add(authority: Authority, plan: Plan, listed_on: date) -> None:
    rows = [
        (
            authority.pk,
            row.uscc,
            row.name,
            (RosterState.DISPUTED if row.uscc in plan.disputed else RosterState.COUNTED).value,
            _day(row.listed_on or listed_on),
            row.provider or "",
            "",
        )
        for row in plan.fresh
    ]
    place = f"({', '.join(['%s'] * len(COLUMNS))})"
    into = f"INSERT INTO {_table()} ({', '.join(COLUMNS)}) VALUES "
    with connection.cursor() as cursor:
        for first in range(0, len(rows), TOGETHER):
            some = rows[first : first + TOGETHER]
            cursor.execute(into + ", ".join([place] * len(some)), [one for row in some for one in row])


def _change(changes: Sequence[Change]) -> None:
    if not changes:
        return
    statement = f"UPDATE {_table()} SET name = %s, listed_on = %s, provider = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [(one.name, _day(one.listed_on), one.provider, one.pk) for one in changes]
        )


def _table() -> str:
    return connection.ops.quote_name(RosterEntry._meta.db_table)


def _day(day: date) -> str | date:
    return connection.ops.adapt_datefield_value(day) or day
