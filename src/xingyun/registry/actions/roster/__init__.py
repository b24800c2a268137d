"""The roster of cloud-adopting enterprises and its released snapshot, the base of the quotas."""

from collections.abc import Iterable
from datetime import date, datetime

from xingyun.documents.sheets import Line
from xingyun.registry.actions.roster import rows as reading
from xingyun.registry.actions.roster.claims import rule_claim
from xingyun.registry.actions.roster.entries import delist_entry, edit_entry, relist_entry
from xingyun.registry.actions.roster.handing_in import KIND, start_import, take_in
from xingyun.registry.actions.roster.importing import carry_out_import
from xingyun.registry.actions.roster.merging import ImportResult, import_rows
from xingyun.registry.actions.roster.rows import Row, RowFault, Wrong
from xingyun.registry.actions.roster.snapshots import release_snapshot
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import RosterField

PAIR = {RosterField.USCC.value: 0, RosterField.NAME.value: 1}


def import_roster(
    *, authority: Authority, rows: Iterable[tuple[str, str]], listed_on: date, actor: Actor, now: datetime
) -> ImportResult:
    """Bring (code, name) pairs into a roster at once; wrong ones are left out and told, the others stand."""
    good: list[Row] = []
    wrong: list[Wrong] = []
    for n, pair in enumerate(rows, 1):
        code, name = (one.strip() for one in pair)
        try:
            good.append(reading.read(Line(n, [code, name]), PAIR, (), listed_on))
        except RowFault as fault:
            wrong.append(Wrong(n, code, name, str(fault), (code, name)))
    return import_rows(authority=authority, rows=good, wrong=wrong, listed_on=listed_on, actor=actor, now=now)


__all__ = [
    "KIND",
    "ImportResult",
    "carry_out_import",
    "delist_entry",
    "edit_entry",
    "import_roster",
    "import_rows",
    "release_snapshot",
    "relist_entry",
    "rule_claim",
    "start_import",
    "take_in",
]
