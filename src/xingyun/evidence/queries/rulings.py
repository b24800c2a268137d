"""What offices have ruled on odd rows, and which rows still wait for it (decision 11)."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from xingyun.evidence.models import Dossier, Invoice, Payment, Ruling
from xingyun.evidence.queries.frozen import said

Explained = Invoice | Payment
Rulings = Mapping[UUID, Ruling]


def odd_rows(rows: Iterable[Explained]) -> list[Explained]:
    """The rows that have been explained."""
    return [row for row in rows if row.odd]


def rulings(dossier: Dossier, rows: Iterable[Explained]) -> dict[UUID, Ruling]:
    """The ruling that holds for each of these rows as it stands (one query, none where nothing is odd)."""
    odd = odd_rows(rows)
    if not odd:
        return {}
    known = Ruling.objects.filter(dossier=dossier, row__in=[row.uid for row in odd]).order_by("id")
    last = {one.row: one for one in known.select_related("ruled_by")}
    return {row.uid: last[row.uid] for row in odd if row.uid in last and last[row.uid].said == said(row)}


def rulings_of(rows: Mapping[int, Iterable[Explained]]) -> dict[int, dict[UUID, Ruling]]:
    """The same for many ledgers, by dossier (one query, none where nothing is odd)."""
    odd = {dossier: {row.uid: row for row in odd_rows(some)} for dossier, some in rows.items()}
    found: dict[int, dict[UUID, Ruling]] = {dossier: {} for dossier in odd}
    waiting = [dossier for dossier, some in odd.items() if some]
    known = Ruling.objects.filter(dossier__in=waiting).order_by("id") if waiting else ()
    for one in known:
        if one.row in odd[one.dossier_id]:
            found[one.dossier_id][one.row] = one
    return {
        dossier: {uid: one for uid, one in some.items() if one.said == said(odd[dossier][uid])}
        for dossier, some in found.items()
    }


def history(dossier: Dossier, odd: Collection[Explained]) -> dict[UUID, tuple[Ruling, ...]]:
    """All that was ruled of these rows, newest first (one query, none where there are none)."""
    found: dict[UUID, list[Ruling]] = {}
    if odd:
        known = Ruling.objects.filter(dossier=dossier, row__in=[row.uid for row in odd])
        for one in known.select_related("ruled_by").order_by("-id"):
            found.setdefault(one.row, []).append(one)
    return {row: tuple(rulings) for row, rulings in found.items()}
