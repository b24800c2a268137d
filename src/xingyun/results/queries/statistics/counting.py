"""Counting a whole round, office by office: seven questions, whatever the number of applications.

Over a hundred thousand applications they take seconds, so a job asks them and pages read what it kept.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import State
from xingyun.clock import calendar_day
from xingyun.evidence.models import Contract
from xingyun.registry.models import Authority
from xingyun.results.queries.statistics.seconds import Seconds
from xingyun.results.queries.statistics.steps import HANDED_IN
from xingyun.results.queries.statistics.tally import STEP_FEN, Tally, together
from xingyun.rounds.models import Round
from xingyun.rulebook.industries import gbt4754

HOUR = 3600
Tallies = dict[int, Tally]
# Rows change their shape on the way to the database.
Rows = QuerySet[Any, Any]


def counted(round: Round) -> dict[int | None, Tally]:
    """What each authority has, with all below it; under None the whole round (eight queries)."""
    own: Tallies = defaultdict(Tally)
    for count in (_states, _industries, _deployments, _spends, _contracts, _spells, _days):
        count(round, own)
    whole: dict[int | None, Tally] = {None: together(own.values())}
    parents = dict(Authority.objects.values_list("id", "parent_id"))
    for office, tally in own.items():
        for above in _upward(office, parents):
            whole.setdefault(above, Tally()).add(tally)
    return whole


def _upward(office: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    at: int | None = office
    while at is not None:
        yield at
        at = parents[at]


def _standing(round: Round) -> QuerySet[Application]:
    return Application.objects.filter(round=round, state__in=HANDED_IN).order_by()


def _states(round: Round, own: Tallies) -> None:
    rows: Rows = Application.objects.filter(round=round).order_by().values_list("authority", "state", "level")
    for office, state, level, n, fen in rows.annotate(n=Count("id"), fen=Sum("spend_fen")):
        own[office].states[state] += n
        if state in HANDED_IN:
            own[office].levels[office, level] += n
            own[office].sums[level] += fen


def _industries(round: Round, own: Tallies) -> None:
    for office, code, n in _standing(round).values_list("authority", "industry").annotate(n=Count("id")):
        own[office].industries[section(code)] += n


def section(code: str) -> str:
    """The letter of GB/T 4754 above a class; empty for what is none."""
    trail = gbt4754().trail(code)
    return trail[0].code if trail else ""


def _deployments(round: Round, own: Tallies) -> None:
    rows: Rows = _standing(round).values_list("authority", "deployments")
    for office, keys, n in rows.annotate(n=Count("id")):
        for key in filter(None, keys.split(",")):
            own[office].deployments[key] += n


def _spends(round: Round, own: Tallies) -> None:
    step = (F("spend_fen") + STEP_FEN // 2) / STEP_FEN
    rows: Rows = _standing(round).annotate(step=step).values_list("authority", "level", "step")
    for office, level, steps, n in rows.annotate(n=Count("id")):
        own[office].spends[level, steps] += n


def _contracts(round: Round, own: Tallies) -> None:
    office_of = _standing(round).filter(dossier=OuterRef("dossier")).values("authority")[:1]
    rows: Rows = Contract.objects.filter(dossier__round=round, removed_at=None).order_by()
    rows = rows.annotate(office=Subquery(office_of)).values_list("office", "seller")
    for office, name, n, fen in rows.annotate(n=Count("id"), fen=Sum("amount_fen")):
        if office is not None:
            own[office].sellers[name.strip()] += n
            own[office].seller_sums[name.strip()] += fen


def _spells(round: Round, own: Tallies) -> None:
    """How long applications stayed in a state before they left it."""
    following = StateChange.objects.filter(application=OuterRef("application"), seq=OuterRef("seq") + 1)
    hours = (Seconds(Subquery(following.values("at")[:1])) - Seconds("at")) / HOUR
    rows: Rows = StateChange.objects.filter(application__round=round).order_by()
    rows = rows.annotate(hours=hours).values_list("application__authority", "target", "hours")
    for office, state, stayed, n in rows.annotate(n=Count("id")):
        if stayed is not None:
            own[office].spells[state, stayed] += n


def _days(round: Round, own: Tallies) -> None:
    rows: Rows = StateChange.objects.filter(
        application__round=round, source=State.DRAFT, target=State.SUBMITTED
    ).order_by()
    rows = rows.annotate(hour=Seconds("at") / HOUR).values_list("application__authority", "hour")
    for office, hour, n in rows.annotate(n=Count("id")):
        day = calendar_day(datetime.fromtimestamp(hour * HOUR, UTC))
        own[office].days[day.isoformat()] += n
