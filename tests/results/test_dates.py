"""The dates of a round in their order, with what was changed and why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.ground import INNOVATIVE, make_beside, make_ground

from xingyun.results.queries import dates
from xingyun.rounds import actions

pytestmark = pytest.mark.django_db
STAGE = "applications"


@pytest.fixture
def ground(db, now):
    return make_ground(now)


def extend(ground, key, days, reason=""):
    office = ground.authority(key) if key else None
    return actions.set_window(
        round=ground.round, authority=office, stage=STAGE, opens=ground.now,
        closes=ground.now + timedelta(days=days), reason=reason, set_by_id=ground.actor("city").user_id,
        actor=ground.actor("city"), now=ground.now + timedelta(hours=days),
    )  # fmt: skip


def test_windows_and_the_rulebooks_calendar_in_their_order(ground):
    found = dates(ground.round).events
    assert [event.kind for event in found] == ["issued", "opens", "begun", "closes", "deadline"]
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert found[-1].at.isoformat() == "2020-10-27T00:00:00+08:00", "the first moment after the day"
    assert all(event.ref for event in found if event.kind in ("opens", "closes", "deadline"))


def test_those_of_one_moment_stand_together(ground):
    extend(ground, "licheng", 3)
    extend(ground, "lixia", 3)
    extend(ground, "zhangqiu", 4)
    ends = [event for event in dates(ground.round).events if event.kind == "closes"]
    assert [[office.key for office in event.offices] for event in ends] == [
        ["lixia", "licheng"],
        ["zhangqiu"],
        [],
    ]


def test_each_change_with_the_reason_of_the_next_one(ground):
    extend(ground, "licheng", 3)
    extend(ground, "licheng", 4, "停电半天")
    extend(ground, "licheng", 5, "系统维护")
    extend(ground, "lixia", 3)
    found = dates(ground.round).changes
    assert [change.reason for change in found] == ["系统维护", "停电半天"]
    assert [(change.window.closes - ground.now).days for change in found] == [4, 3]
    assert len([w for w in dates(ground.round).windows if w.authority_id]) == 2


def test_notices_and_announcements(evaluated, at):
    from xingyun.results import actions as results

    notice = evaluated.publish()
    results.announce(notice=notice, actor=evaluated.city.actor(), now=at("2020-10-17 00:00:00"))
    found = {event.kind: event for event in dates(evaluated.ground.round).events}
    assert found["noticed"].uid == found["notice_over"].uid == str(notice.uid)
    assert found["notice_over"].at == notice.closes
    assert found["announced"].at == at("2020-10-17 00:00:00")


def test_batches_of_another_programme(ground):
    beside = make_beside(ground, INNOVATIVE)
    kinds = [event.kind for event in dates(beside.round).events]
    assert kinds.count("batch") == sum(max(0, len(stage.batches) - 1) for stage in beside.book.windows)


def test_as_many_questions_whatever_there_is(ground):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            dates(ground.round)
        return len(seen)

    dates(ground.round)
    few = asked()
    for n, key in enumerate(("licheng", "lixia", "zhangqiu", "tianqiao"), 1):
        extend(ground, key, n)
        extend(ground, key, n + 4, "延期")
    assert asked() == few == 4
