"""Places by authority and by batch: a line for each, and each batch ordered by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.rulebook.conftest import examples
from tests.web.enterprise.parties import signed_in

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.reviews.models import Decision
from xingyun.reviews.queries import meters, ranking
from xingyun.reviews.queries.meters import meter_for
from xingyun.rounds.models import QuotaLine
from xingyun.rounds.queries import batch_of
from xingyun.web.officials.overview import lines_of, quotas_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db, at, tmp_path):
    at("2023-04-10T09:00:00+08:00")
    text = examples("toml").replace("fixed = 2\n", 'fixed = 2\nper = "batch"\n', 1)
    (tmp_path / "manual.toml").write_text(text, "utf-8")
    return make_ground(clock.now(), folder=tmp_path)


def test_every_batch_has_a_line_with_the_places_of_its_authority(ground):
    lines = QuotaLine.objects.filter(authority=ground.authority("reed"), group__startswith="second")
    assert {line.group: line.cap for line in lines} == {
        "second-places-1-spring": 3,
        "second-places-1-late": 3,
    }


@pytest.mark.parametrize(
    ("moment", "batch"),
    [
        (datetime(2023, 4, 15, 15, 59, 59, tzinfo=UTC), "spring"),
        (datetime(2023, 4, 15, 16, tzinfo=UTC), "late"),
        (datetime(2023, 4, 30, 16, tzinfo=UTC), None),
        (None, None),
    ],
)
def test_the_batch_of_a_moment_follows_the_programmes_calendar(ground, moment, batch):
    assert batch_of(ground.round, moment) == batch


def test_a_meter_for_each_batch(ground):
    found = [m for m in meters(ground.authority("reed"), ground.round) if m.quota.key == "second-places"]
    assert [(m.batch, m.cap, m.words.zh) for m in found] == [
        ("spring", 3, "第一批：分配 3 个"),
        ("late", 3, "第二批：分配 3 个"),
    ]
    every = tuple(found)
    assert meter_for(every, "second-places", "late") is found[1]
    assert meter_for(every, "second-places", None) is None
    assert meter_for(every, None, "late") is None


def test_each_batch_is_ordered_by_itself(ground):
    QuotaLine.objects.filter(group__startswith="second").update(cap=1)
    spring = datetime(2023, 4, 1, tzinfo=UTC)
    for n, at in enumerate((spring, spring + timedelta(hours=1), spring + timedelta(days=20))):
        made = make_application(ground, state="accepted", level="second")
        Application.objects.filter(pk=made.application.pk).update(
            submitted_at=at, number=f"T-{n}", batch=batch_of(ground.round, at)
        )
    order = ranking(ground.authority("reed"), ground.round, "second", "recommend")
    rows = [(row.standing.application.number, row.position, row.inside) for row in order.rows]
    assert rows == [("T-0", 1, True), ("T-1", 2, False), ("T-2", 1, True)]
    assert order.meter.batch == "late"


def test_the_overview_adds_the_batches_up(ground):
    line = QuotaLine.objects.get(group="second-places-1-late", authority__key="reed")
    made = make_application(ground, state="accepted", level="second")
    held = {"application": made.application, "quota_line": line, "outcome": "granted"}
    Decision.objects.create(
        authority=line.authority,
        level="second",
        rank=2,
        kind="recommend",
        prepared_by_id=ground.actor("reed").person,
        prepared_at=ground.now,
        **held,
    )
    assert lines_of(ground.round, ground.book)[0].places == [(0, 34), (0, 6)], "not reported yet"
    Application.objects.filter(pk=made.application.pk).update(state="reported")
    (line,) = lines_of(ground.round, ground.book)
    assert [q.key for q in quotas_of(ground.book)] == ["first-places", "second-places"]
    assert (line.authority.key, line.places) == ("reed", [(0, 34), (1, 6)])
    QuotaLine.objects.filter(group="first-places").delete()
    assert lines_of(ground.round, ground.book)[0].places == [None, (1, 6)]
    page = signed_in(ground.actor("willow")).get(reverse("overview")).content.decode()
    assert '<td class="clear">1 / 6</td>' in page
    assert "<dd>6<small>已上报 1</small></dd>" in page
