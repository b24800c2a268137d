"""Rows brought into a roster: all of them in one transaction, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict
from xingyun.files.models import File
from xingyun.registry.actions.roster import claims
from xingyun.registry.actions.roster.planning import Plan, once_each, plan
from xingyun.registry.actions.roster.rows import Row, Wrong
from xingyun.registry.actions.roster.writing import lock_rosters, write
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.permissions import may_keep_roster

TRIES = 3


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What rows did to a roster."""

    added: int
    changed: int
    unchanged: int
    disputed: int
    wrong: tuple[Wrong, ...]


def import_rows(
    *,
    authority: Authority,
    rows: Iterable[Row],
    listed_on: date,
    actor: Actor,
    now: datetime,
    wrong: Sequence[Wrong] = (),
    check: Callable[[], None] = lambda: None,
    told: Callable[[Sequence[Wrong]], File | None] = lambda _wrong: None,
    done: Callable[[ImportResult, File | None], None] = lambda _result, _file: None,
) -> ImportResult:
    """Bring rows into a roster: new codes are added, others changed where the row says something else.

    A code that another authority lists as well counts in neither until it is ruled. `wrong` are rows that
    were refused before; `told` makes a file of all refused ones ahead of the transaction, `done` is called
    in it.
    """
    may_keep_roster(actor, authority)
    single, twice = once_each(rows)
    for _try in range(TRIES):
        seen = plan(authority, single)
        left_out = tuple(sorted((*wrong, *twice, *seen.wrong), key=lambda row: row.number))
        file = told(left_out)
        with transaction.atomic():
            check()
            lock_rosters()
            # Planned again behind the lock; what was told of refused rows must still be so.
            final = plan(authority, single)
            if final.numbers == seen.numbers:
                result = _carried_out(authority, final, left_out, listed_on, actor, now)
                done(result, file)
                return result
    raise Conflict(_("导入时名录一直在变动。请稍后再导入一次。"))


def _carried_out(
    authority: Authority, final: Plan, wrong: tuple[Wrong, ...], listed_on: date, actor: Actor, now: datetime
) -> ImportResult:
    write(authority, final, listed_on)
    result = ImportResult(len(final.fresh), len(final.changes), final.unchanged, len(final.disputed), wrong)
    if final.disputed:
        claims.tell(authority, final.disputed, now)
    body = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "disputed": result.disputed,
        "left_out": len(wrong),
    }
    audit.append(stream=f"authority:{authority.key}", act="roster.imported", actor=actor, body=body, now=now)
    return result
