"""Many applications: the queue of an office, page by page by key, and how many are in each state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xingyun.applications.models import Application
from xingyun.applications.queries.one import visible_to
from xingyun.applications.queries.searching import named
from xingyun.applications.states import State
from xingyun.evidence.queries import has_open
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round

SIZE = 50
# So far is counted on either side of an application that is opened from a list.
FAR = 999
# So many of one state are counted for the list that is narrowed by it.
COUNTED = 9_999
OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a queue shows; what is empty does not narrow it. `text` is a part of name, code or number;
    `doubts`: only those with findings that wait for a ruling.

    `sort` is "oldest", or empty for the newest submission first. `after` is the cursor that the page before
    handed out.
    """

    round_id: int | None = None
    authority_id: int | None = None
    holder_id: int | None = None
    states: Sequence[State] = ()
    level: str = ""
    text: str = ""
    doubts: bool = False
    sort: str = ""
    after: str = ""
    size: int = SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a queue; `after` is the cursor of the next one, empty at the end."""

    rows: tuple[Application, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application stands in a list: how many are before and behind it (at most FAR are counted),
    its neighbours, and whether it is on the list at all (what was decided meanwhile may have left it).
    """

    before: int
    behind: int
    previous: UUID | None
    following: UUID | None
    listed: bool

    @property
    def number(self) -> int:
        """Its number on the list, from 1."""
        return self.before + 1

    @property
    def all(self) -> int:
        """How many are on the list."""
        return self.before + self.behind + self.listed

    @property
    def counted(self) -> bool:
        """Whether both sides were counted to their ends."""
        return self.before < FAR and self.behind < FAR


def queue(actor: Actor, filters: Filters) -> Page:
    """The applications handed in that this person may see, in the order asked for.

    One query; where a text is looked for one more, two where it may be a number.
    """
    found = _behind(matching(actor, filters), filters)
    listed = tuple(_ordered(found, filters.sort)[: filters.size + 1])
    more = len(listed) > filters.size
    listed = listed[: filters.size]
    return Page(listed, cursor(listed[-1]) if more else "")


def matching(actor: Actor, filters: Filters) -> QuerySet[Application]:
    """All that these filters leave of what was handed in and this person may see, in no order."""
    return _narrowed(visible_to(actor, filters.states).filter(submitted_at__isnull=False), filters)


def batches(actor: Actor, filters: Filters, paths: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The whole queue as rows of these columns, `filters.size` at a time, each batch by the key of the last.

    Each row has its moment of submission and its id at its end. Nothing is held between two batches: what
    comes in or is decided meanwhile is seen, and no row comes twice.
    """
    found = matching(actor, filters)
    while True:
        some = _ordered(_behind(found, filters), filters.sort).values_list(*paths, "submitted_at", "pk")
        rows = list(some[: filters.size])
        yield rows
        if len(rows) < filters.size:
            return
        filters = replace(filters, after=cursor_of(*rows[-1][-2:]))


def place(actor: Actor, filters: Filters, application: Application) -> Place:
    """Where an application that was handed in stands in a list (two queries, and those of a search)."""
    found, here = matching(actor, filters), cursor(application)
    other = "" if filters.sort == OLDEST else OLDEST

    def side(sort: str, most: int) -> list[UUID]:
        beyond = _behind(found, replace(filters, sort=sort, after=here), itself=sort == filters.sort)
        return list(_ordered(beyond, sort).values_list("uid", flat=True)[:most])

    before, behind = side(other, FAR), side(filters.sort, FAR + 1)
    listed = behind[:1] == [application.uid]
    behind = behind[1:] if listed else behind[:FAR]
    previous, following = (next(iter(one), None) for one in (before, behind))
    return Place(len(before), len(behind), previous, following, listed)


def counts_by_state(authority: Authority, round: Round) -> dict[State, int]:
    """How many applications filed with this authority are in each state, drafts included (one query).

    What is more than COUNTED is told as one more than it: of a hundred thousand nobody needs the last one,
    and to count them with each page would cost more than the page.
    """
    own = Application.objects.filter(authority=authority, round=round).order_by()
    some = [_CountOf(own.filter(state=state).values("pk")[: COUNTED + 1]) for state in State]
    counted = Authority.objects.filter(pk=authority.pk).values_list(*some).get()
    return dict(zip(State, counted, strict=True))


class _CountOf(Subquery):
    """How many rows a query has that may stop early."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def cursor(last: Application) -> str:
    """The key of an application in the order of a queue; empty for one that was never handed in."""
    return cursor_of(last.submitted_at, last.pk)


def cursor_of(at: datetime | None, pk: int) -> str:
    """The same from its two columns."""
    return f"{at.isoformat()}|{pk}" if at else ""


def _ordered(found: QuerySet[Application], sort: str) -> QuerySet[Application]:
    return found.order_by(*(("handed_in_at", "id") if sort == OLDEST else ("-handed_in_at", "-id")))


def _narrowed(found: QuerySet[Application], filters: Filters) -> QuerySet[Application]:
    same = {
        "round_id": filters.round_id,
        "authority_id": filters.authority_id,
        "holder_id": filters.holder_id,
        "level": filters.level,
    }
    found = found.filter(**{column: value for column, value in same.items() if value})
    if filters.states:
        found = found.filter(state__in=filters.states)
    if filters.doubts:
        found = found.filter(has_open("dossier")).exclude(state=State.RETURNED)
    if not filters.text.strip():
        return found.annotate(handed_in_at=F("submitted_at"))
    said = named(filters.text)
    # An expression has no index: a few are picked out and sorted, where PostgreSQL would rather go through
    # all of a round in order and look for them.
    at = Coalesce("submitted_at", "created_at") if said.few else F("submitted_at")
    return found.filter(said.where).annotate(handed_in_at=at)


def _behind(found: QuerySet[Application], filters: Filters, *, itself: bool = False) -> QuerySet[Application]:
    """What comes after the cursor; with `itself` the row that it names, too."""
    at, _bar, pk = filters.after.partition("|")
    if not pk.isdigit():
        return found
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return found
    # One range of moments first, in which an index can begin; which of a moment's rows, next to it.
    way, equal = ("gt" if filters.sort == OLDEST else "lt"), "e" if itself else ""
    later = Q(**{f"submitted_at__{way}": moment})
    same = Q(**{"submitted_at": moment, f"id__{way}{equal}": int(pk)})
    return found.filter(Q(**{f"submitted_at__{way}e": moment}) & (later | same))
