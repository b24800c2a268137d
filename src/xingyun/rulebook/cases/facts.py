"""From a case's facts to the engine's."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from xingyun.rulebook.cases.schema import ContractRow, EventRow, FactsRow, LookUpRow, TitleRow
from xingyun.rulebook.facts import Contract, Event, Facts, HeldTitle, LookUp, MaterialState, PlacesUsed, Scan


def facts(row: FactsRow) -> Facts:
    """The facts that the engine gets."""
    return Facts(
        raw={key: text * row.repeat.get(key, 1) for key, text in row.answers.items()},
        authority=row.authority,
        level=row.level,
        invoices=tuple(map(_event, row.invoices)),
        payments=tuple(map(_event, row.payments)),
        contracts=tuple(map(_contract, row.contracts)),
        titles=row.titles,
        decided=row.decided,
        outside={key: _look_up(found) for key, found in row.outside.items()},
        members=frozenset(row.members),
        unseen=frozenset(row.unseen),
        other_titles=_titles(row.other_titles),
        related_titles=_titles(row.related_titles),
        fundings=row.fundings,
        materials={key: _material(state) for key, state in row.materials.items()},
        claims=row.claims,
        scan=Scan(row.scan),
        places={key: PlacesUsed(p.base, p.used) for key, p in row.places.items()},
        day=row.day,
        announced=row.announced,
    )


def _fen(yuan: Fraction) -> int:
    return int(yuan * 100)


def _event(row: EventRow) -> Event:
    net = None if row.net_yuan is None else _fen(row.net_yuan)
    return Event(on=row.on, fen=_fen(row.yuan), net_fen=net, counts=row.counts, oddity=row.oddity)


def _contract(row: ContractRow) -> Contract:
    return Contract(
        on=row.on,
        fen=_fen(row.yuan),
        says_cloud=row.says_cloud,
        statement=row.statement,
        confirmed=row.confirmed,
        starts=row.starts,
        ends=row.ends,
    )


def _titles(rows: Iterable[TitleRow] | None) -> tuple[HeldTitle, ...] | None:
    if rows is None:
        return None
    return tuple(
        HeldTitle(programme=t.programme, level=t.level, valid_from=t.valid_from, valid_to=t.valid_to)
        for t in rows
    )


def _look_up(found: Literal["clear", "listed"] | LookUpRow) -> LookUp:
    return LookUp(found.found, found.dates, found.on) if isinstance(found, LookUpRow) else LookUp(found)


def _material(state: int | str) -> MaterialState:
    return MaterialState(none=True) if isinstance(state, str) else MaterialState(files=state)
