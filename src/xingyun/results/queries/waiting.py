"""What waits at the office that publishes: lists to publish, objections to decide, results to announce."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef

from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.results.models import Announcement, Notice, Objection
from xingyun.results.states import ObjectionState
from xingyun.reviews.queries import ToDo
from xingyun.rounds.queries import rounds

OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


def to_do(actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """Objections (`objection`), notices that ended (`announce`), proposed lists that run (`notice`)."""
    offices = actor.authorities(*OFFICE)
    if not offices:
        return ()
    return (*_objections(offices), *_notices(offices, now))


def _objections(offices: tuple[int, ...]) -> Iterator[ToDo]:
    waiting = Objection.objects.filter(line__notice__authority__in=offices, state=ObjectionState.RECEIVED)
    rounds_ = {r.pk: r for r in rounds()}
    rows = waiting.order_by().values(
        "line__notice__round",
        "line__notice__authority",
        "line__notice__authority__name",
        "line__notice__uid",
        "line__notice__closes",
    )
    for row in rows.annotate(n=Count("id"), since=Min("received_at")):
        yield ToDo(
            "objection",
            row["line__notice__authority"],
            row["line__notice__authority__name"],
            row["n"],
            row["since"],
            row["line__notice__closes"],
            uid=str(row["line__notice__uid"]),
            round=rounds_[row["line__notice__round"]],
        )


def _notices(offices: tuple[int, ...], now: datetime) -> Iterator[ToDo]:
    announced = Announcement.objects.filter(notice=OuterRef("pk"))
    waiting = Notice.objects.filter(~Exists(announced), authority__in=offices).select_related(
        "authority", "round__programme", "round__edition"
    )
    waiting = waiting.defer("round__edition__source", "round__edition__contacts")
    for one in waiting.order_by("closes"):
        kind = "announce" if one.closes <= now else "notice"
        uid = str(one.uid)
        yield ToDo(
            kind, one.authority_id, one.authority.name, 1, one.opens, one.closes, uid=uid, round=one.round
        )
