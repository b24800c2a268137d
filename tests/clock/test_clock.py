"""The product's time: real, or a rehearsal's that only moves forward."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from xingyun import clock
from xingyun.clock import actions, queries
from xingyun.clock.models import Anchor

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2020, 10, 12, 9, tzinfo=clock.ZONE)


@pytest.fixture
def real(monkeypatch, settings):
    """A rehearsal whose wall clock runs."""
    settings.REHEARSAL = True
    monkeypatch.setattr(queries, "wall", queries.machine_now)
    queries.OFFSET.forget()


def near(moment):
    return abs(clock.now() - moment) < timedelta(seconds=5)


def test_without_an_anchor_the_time_is_the_machines(real):
    assert near(queries.machine_now())


def test_an_anchored_clock_starts_there_and_runs(real):
    actions.anchor(at=OCTOBER)
    first = clock.now()
    assert near(OCTOBER)
    assert clock.now() > first


def test_the_time_is_utc_and_the_day_is_shanghais(at):
    at("2020-10-27 00:30")
    assert clock.now().isoformat() == "2020-10-26T16:30:00+00:00"
    assert clock.today().isoformat() == "2020-10-27"


def test_anchoring_twice_is_refused(real):
    actions.anchor(at=OCTOBER)
    with pytest.raises(actions.ClockError, match="已经设定"):
        actions.anchor(at=OCTOBER + timedelta(days=1))
    assert near(OCTOBER)


def test_moving_forward_and_never_back(real):
    actions.anchor(at=OCTOBER)
    later = OCTOBER + timedelta(days=14)
    actions.move_forward(to=later)
    assert near(later)
    with pytest.raises(actions.ClockError, match="往后"):
        actions.move_forward(to=OCTOBER)
    assert near(later)


def test_moving_a_clock_that_was_never_anchored_is_refused(real):
    with pytest.raises(actions.ClockError, match="没有设定"):
        actions.move_forward(to=queries.machine_now() + timedelta(days=1))


@pytest.mark.parametrize(
    "act", [lambda: actions.anchor(at=OCTOBER), lambda: actions.move_forward(to=OCTOBER)]
)
def test_a_real_system_keeps_real_time(settings, act):
    settings.REHEARSAL = False
    with pytest.raises(actions.ClockError, match="演练"):
        act()
    assert not clock.is_rehearsal()


def test_there_is_one_clock(real):
    actions.anchor(at=OCTOBER)
    with pytest.raises(IntegrityError):
        Anchor.objects.create(pk=2, offset_us=0, anchored_at=OCTOBER, moved_at=OCTOBER)


def test_a_move_in_another_process_arrives_when_the_reading_is_old(real, django_assert_num_queries):
    actions.anchor(at=OCTOBER)
    clock.now()
    Anchor.objects.update(offset_us=0)
    with django_assert_num_queries(0):
        assert near(OCTOBER)
    queries.OFFSET.fresh_for = 0
    assert near(queries.machine_now())


def test_reading_the_time_of_a_test_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        clock.now()
        clock.today()
