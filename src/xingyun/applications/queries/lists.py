"""Many applications: the queue of an office, page by page by key, and how many are in each state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from xingyun.applications.models import Application
from xingyun.applications.queries.one import visible_to
from xingyun.applications.states import State
from xingyun.evidence.queries import has_open
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a queue shows; what is empty does not narrow it. `text` is a part of name, code or number;
    `doubts`: only those with findings that wait for a ruling.

    `after` is the cursor that the page before handed out.
    """

    round_id: int | None = None
    authority_id: int | None = None
    holder_id: int | None = None
    states: Sequence[State] = ()
    level: str = ""
    text: str = ""
    doubts: bool = False
    after: str = ""
    size: int = SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a queue; `after` is the cursor of the next one, empty at the end."""

    rows: tuple[Application, ...]
    after: str


def queue(actor: Actor, filters: Filters) -> Page:
    """The applications handed in that this person may see, newest submission first (one query)."""
    found = _narrowed(visible_to(actor).filter(submitted_at__isnull=False), filters)
    found = _behind(found, filters.after).order_by("-submitted_at", "-id")
    listed = tuple(found[: filters.size + 1])
    more = len(listed) > filters.size
    listed = listed[: filters.size]
    return Page(listed, _cursor(listed[-1]) if more else "")


def counts_by_state(authority: Authority, round: Round) -> dict[State, int]:
    """How many applications filed with this authority are in each state, drafts included (one query)."""
    grouped = Application.objects.filter(authority=authority, round=round).order_by()
    counted = dict(grouped.values_list("state").annotate(n=Count("id")))
    return {state: counted.get(state, 0) for state in State}


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
    return found.filter(_named(filters.text.strip())) if filters.text.strip() else found


def _named(text: str) -> Q:
    return (
        Q(enterprise__name__icontains=text)
        | Q(enterprise__pinyin__icontains=text)
        | Q(enterprise__uscc__istartswith=text)
        | Q(number__icontains=text)
    )


def _behind(found: QuerySet[Application], cursor: str) -> QuerySet[Application]:
    at, _bar, pk = cursor.partition("|")
    if not pk.isdigit():
        return found
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return found
    return found.filter(Q(submitted_at__lt=moment) | Q(submitted_at=moment, id__lt=int(pk)))


def _cursor(last: Application) -> str:
    at = last.submitted_at
    return f"{at.isoformat()}|{last.pk}" if at else ""
