"""Answers of other bodies that an office's own applications still wait for, counted for its first page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Min

from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.queries.asking import Task, concerns, in_question, newest, tasks, waiting
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of


@dataclass(frozen=True, slots=True)
class Unanswered:
    """So many answers of all checks together; `since` the first of the applications was handed in."""

    authority_id: int
    round: Round
    count: int
    since: datetime


def unanswered(
    actor: Actor, offices: Iterable[int], names: Mapping[int, Authority], rounds: Iterable[Round], today: date
) -> Iterator[Unanswered]:
    """What is still to be asked for, by office and round (a query for each that has anything to ask)."""
    known = [(round_, rulebook_of(round_.edition)) for round_ in rounds]
    for pk in offices:
        seats = tuple(seat for seat in actor.seats if seat.authority_id == pk)
        own = Actor(actor.user_id, actor.label, seats)
        for round_, book in known:
            named = names[pk].key in {authority.key for authority in book.authorities}
            asked = tasks(book, names[pk].key) if named else ()
            found = _count(own, round_, asked, today) if asked else None
            if found is not None:
                yield Unanswered(pk, round_, *found)


def _count(actor: Actor, round_: Round, asked: tuple[Task, ...], today: date) -> tuple[int, datetime] | None:
    open_ = {f"n{n}": concerns(one) & waiting(one, today, f"asked{n}") for n, one in enumerate(asked)}
    days = {f"asked{n}": newest(one, "looked_up_on") for n, one in enumerate(asked)}
    counts = {name: Count("pk", filter=that) for name, that in open_.items()}
    since = Min("submitted_at", filter=reduce(or_, open_.values()))
    found = in_question(actor, round_).order_by().annotate(**days)
    told = found.aggregate(since=since, **counts)
    return (sum(told[name] for name in counts), told["since"]) if told["since"] else None
