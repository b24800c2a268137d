"""What waits at the office that leads: objections, cases of the blacklist, lists that run, results."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef

from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.results.models import Announcement, Notice, Objection, SanctionCase
from xingyun.results.states import ObjectionState
from xingyun.reviews.queries import ToDo
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rounds, rulebook_of

OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


def to_do(actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """Objections (`objection`), notices that ended (`announce`), proposed lists that run (`notice`).

    Of the blacklist: cases to decide (`blacklist`), and those whose other side may still speak (`hearing`).
    """
    offices = actor.authorities(*OFFICE)
    if not offices:
        return ()
    return (*_objections(offices), *_cases(actor, offices, now), *_notices(offices, now))


def _cases(actor: Actor, offices: tuple[int, ...], now: datetime) -> Iterator[ToDo]:
    """Open cases, each its own: a signatory who gave no notice decides once the other side was heard."""
    related = ("authority", "round__programme", "round__edition")
    open_ = SanctionCase.objects.filter(authority__in=offices, decided_at=None).select_related(*related)
    open_ = open_.defer("round__edition__source", "round__edition__contacts")
    for case in open_.order_by("due", "id"):
        pk, uid = case.authority_id, str(case.uid)
        heard = case.stated_at is not None or case.due <= now
        decides = actor.holds(Role.SIGNATORY, pk) and case.noticed_by_id != actor.user_id
        if heard and not decides:
            continue
        kind, since = ("blacklist", case.stated_at or case.due) if heard else ("hearing", case.noticed_at)
        yield ToDo(
            kind, pk, case.authority.name, 1, since, case.due, _clause(case.round, case.rule),
            uid, case.round,
        )  # fmt: skip


def _clause(round_: Round, key: str) -> str:
    rules = (rule for rule in rulebook_of(round_.edition).sanctions if rule.key == key)
    return next((rule.clause[0] for rule in rules), "")


def _objections(offices: tuple[int, ...]) -> Iterator[ToDo]:
    waiting = Objection.objects.filter(line__notice__authority__in=offices, state=ObjectionState.RECEIVED)
    rows = waiting.order_by().values(
        "line__notice__round",
        "line__notice__authority",
        "line__notice__authority__name",
        "line__notice__uid",
        "line__notice__closes",
    )
    found = list(rows.annotate(n=Count("id"), since=Min("received_at")))
    rounds_ = {r.pk: r for r in rounds()} if found else {}
    for row in found:
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
