"""Pages by key: the address names the last row seen, so that page 1,000 costs what page 1 does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of a page; `after` leads to the next one and is empty on the last."""

    rows: list[M]
    after: str


def by_time(rows: QuerySet[M], field: str, after: str, size: int = SIZE) -> Page[M]:
    """Newest first by a moment and the id. A key that makes no sense begins from the top."""
    moment, pk = _key(after)
    if moment is not None:
        rows = rows.filter(Q(**{f"{field}__lt": moment}) | Q(**{field: moment}, pk__lt=pk))
    found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field).isoformat()}~{last.pk}" if last else "")


def by_id(rows: QuerySet[M], after: str, size: int = SIZE) -> Page[M]:
    """In the order in which the rows came."""
    if after.isdigit():
        rows = rows.filter(pk__gt=int(after))
    found = list(rows.order_by("pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def by_id_down(rows: QuerySet[M], after: str, size: int = SIZE) -> Page[M]:
    """The last that came first."""
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def by_rank(rows: QuerySet[M], after: str, size: int = SIZE) -> Page[M]:
    """The lowest rank first, and of one rank in the order in which the rows came."""
    rank, _sign, pk = after.partition("~")
    if rank.isdecimal() and pk.isdecimal():
        rows = rows.filter(Q(rank__gt=int(rank)) | Q(rank=int(rank), pk__gt=int(pk)))
    found = list(rows.order_by("rank", "pk")[: size + 1])
    last: Any = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.rank}~{last.pk}" if last else "")


def _key(after: str) -> tuple[datetime | None, int]:
    moment, _sign, pk = after.rpartition("~")
    try:
        found = datetime.fromisoformat(moment)
        return (found, int(pk)) if found.tzinfo else (None, 0)
    except ValueError:
        return None, 0
