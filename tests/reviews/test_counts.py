"""A page asks the database as often for a thousand rows as for ten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.reviews.crowd import crowd, decided, reports

from xingyun.applications.states import State
from xingyun.registry.states import Role
from xingyun.reviews import queries

pytestmark = pytest.mark.django_db


def count(call) -> int:
    """How often `call` asks the database."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        call()
    return len(asked)


def grown(call, grow) -> tuple[int, int]:
    """The queries of `call` with ten rows and with a thousand."""
    grow(10)
    call()
    few = count(call)
    grow(990)
    return few, count(call)


def test_to_do(ground, district):
    everybody = [district.actor(role) for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)]

    def grow(n):
        crowd(ground, "licheng", n, state=State.SUBMITTED)
        crowd(ground, "licheng", n, level="star-4")
        decided(crowd(ground, "licheng", n), ground, everybody[0].user_id)

    for actor in everybody:
        few, many = grown(lambda a=actor: queries.to_do(a, ground.now), grow)
        assert few == many
        assert many <= 17
    kinds = {item.kind: item.count for item in queries.to_do(everybody[0], ground.now)}
    assert kinds["accept"] == 3000
    assert kinds["decide"] == 3000
    assert {item.kind for item in queries.to_do(everybody[1], ground.now)} >= {"review"}


def test_ranking(ground, district):
    few, many = grown(
        lambda: queries.ranking(district.authority, ground.round, "star-3", "decide"),
        lambda n: crowd(ground, "licheng", n),
    )
    assert few == many
    found = queries.ranking(district.authority, ground.round, "star-3", "decide")
    assert len(found.rows) == 1000
    spent = [row.standing.application.spend_fen for row in found.rows]
    assert spent == sorted(spent, reverse=True)
    assert sum(row.inside for row in found.rows) == 3


def test_reports_received(ground, district, city):
    few, many = grown(
        lambda: list(queries.reports_received(city.actor())),
        lambda n: reports(ground, "licheng", n, district.actor().user_id),
    )
    assert few == many == 1


def test_desk_and_report_page(ground, district):
    made = district.accepted("star-4")
    district.decide(made, "star-3", "decide")
    district.decide(made, "star-4", "recommend")
    report = district.draft()

    def both():
        queries.desk(district.actor(), made.application.uid)
        queries.report_page(district.actor(), report.uid, ground.now)

    few, many = grown(both, lambda n: decided(crowd(ground, "licheng", n), ground, district.actor().user_id))
    assert few == many
