"""Statistics among 100,000 applications: counted (the job's work), and read (what a page costs)."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Count, Model

from bench.cases.pages import page, signed_in
from bench.measure import Row, measure, once
from xingyun.applications.models import Application, StateChange
from xingyun.applications.states import State
from xingyun.clock import now
from xingyun.evidence.models import Contract, Dossier
from xingyun.registry.models import Authority, Enterprise, Membership
from xingyun.registry.states import EnterpriseState, Role
from xingyun.results import actions
from xingyun.results.queries.statistics import counted
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rounds, rulebook_of
from xingyun.rulebook import uscc
from xingyun.rulebook.industries import gbt4754

MANY = 100_000
SELLERS = 400
CHUNK = 5_000
WAY = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.REPORTED, State.EVALUATING, State.PROPOSED)


def rows() -> list[Row]:
    """The aim: pages under 200 ms at 100,000 applications."""
    round_ = rounds().filter(state="open").latest("id")
    _fill(round_, random.Random(2020))
    analyse()
    note = f"{connection.vendor}, {Application.objects.filter(round=round_).count():,} applications"
    by_state = Application.objects.filter(round=round_).order_by().values_list("authority", "state", "level")
    direct: Callable[[], object] = lambda: list(by_state.annotate(n=Count("id")))  # noqa: E731
    return [
        measure("one GROUP BY of office, state and level", direct, times=10, note=note),
        once("every figure counted, all offices", lambda: counted(round_), note),
        once("the job: counted and kept", lambda: actions.count_statistics(round=round_, now=now()), note),
        *pages(),
    ]


def pages() -> list[Row]:
    """Pages that read the figures."""
    district = Membership.objects.filter(role=Role.PREPARER, authority__parent__isnull=False).first()
    assert district is not None
    top, own = signed_in("city-jb"), signed_in(district.user.username)
    return [
        page("statistics of all (aim 200 ms)", top, "/officials/statistics/"),
        page("statistics of one office (aim 200 ms)", own, "/officials/statistics/"),
        page("overview (aim 200 ms)", top, "/officials/overview/"),
    ]


def analyse() -> None:
    """What a database does by itself at night."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def keep(model: type[Model], many: Iterator[Any]) -> None:
    """Write them in parts."""
    while part := list(islice(many, CHUNK)):
        model._default_manager.bulk_create(part)


def _fill(round_: Round, dice: random.Random) -> None:
    """Enterprises with dossier, application, six steps of the way and two contracts each."""
    book = rulebook_of(round_.edition)
    offices = list(Authority.objects.filter(parent__isnull=False))
    classes = [code for code, one in gbt4754().by_code.items() if one.level == 4]
    made = now()
    keep(
        Enterprise,
        (
            Enterprise(
                uscc=uscc.make(40_000_000 + n, "370100"), name=f"云岫智造{n}号有限公司",
                authority=offices[n % len(offices)], state=EnterpriseState.ACTIVE, created_at=made,
            )
            for n in range(MANY)
        ),
    )  # fmt: skip
    fresh = Enterprise.objects.order_by("-id")[:MANY]
    keep(Dossier, (Dossier(enterprise=one, round=round_) for one in fresh.iterator()))
    dossiers = Dossier.objects.order_by("-id").select_related("enterprise__authority")[:MANY]
    levels, kinds = [one.key for one in book.levels], [one.key for one in book.deployments]
    text = {f"field-{n}": "云上业务系统" * 12 for n in range(20)}
    keep(
        Application,
        (
            Application(
                number=f"bench-{n}", round=round_, edition=round_.edition, enterprise=one.enterprise,
                authority=one.enterprise.authority, holder=one.enterprise.authority, dossier=one,
                state=WAY[n % len(WAY)], level=levels[n % len(levels)], answers=text,
                deployments=kinds[n % len(kinds)], industry=dice.choice(classes),
                spend_fen=dice.randrange(1_000_000, 500_000_000), created_at=made,
                submitted_at=made if n % len(WAY) else None,
            )
            for n, one in enumerate(dossiers.iterator())
        ),
    )  # fmt: skip
    cases = Application.objects.order_by("-id").defer("answers")[:MANY]
    keep(StateChange, (step for n, one in enumerate(cases.iterator()) for step in _steps(one, n, dice)))
    keep(Contract, (one for dossier in dossiers.iterator() for one in _contracts(dossier, dice)))


def _steps(application: Application, n: int, dice: random.Random) -> Iterator[StateChange]:
    at, before = application.created_at - timedelta(days=40), ""
    for seq, state in enumerate(WAY[: n % len(WAY) + 1], 1):
        at += timedelta(minutes=dice.randrange(60, 12_000))
        yield StateChange(
            application=application, seq=seq, source=before, target=state, act="bench", actor="user:1",
            label="", at=at, entry_hash="",
        )  # fmt: skip
        before = state


def _contracts(dossier: Dossier, dice: random.Random) -> Iterator[Contract]:
    for n in range(2):
        seller = dice.randrange(SELLERS)
        yield Contract(
            dossier=dossier, number=f"{n}", title="云服务", seller=f"泉畔云{seller}号有限公司",
            seller_uscc=f"{seller:018d}", signed_on=dossier.enterprise.created_at.date(), says_cloud=True,
            amount_fen=dice.randrange(1_000_000, 50_000_000), deployment="public",
            created_at=dossier.enterprise.created_at,
        )  # fmt: skip
