"""Editions are frozen, windows keep their edges, places are never exceeded."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.ground import JINAN, make_ground, make_user

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Authority
from xingyun.rounds import actions, queries
from xingyun.rounds.models import QuotaLine, Round, Window
from xingyun.rulebook.load import read_folder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "three", "upper"), [(33, 0, 0), (34, 1, 0), (100, 3, 1), (1134, 34, 11)])
def test_places_follow_from_the_released_count(now, count, three, upper):
    ground = make_ground(now, rosters={"licheng": count})
    lines = queries.quota_lines(ground.round.programme, ground.authority("licheng"), ground.round.year)
    assert sorted(line.cap for line in lines.values()) == sorted([three, upper])


def test_the_same_rulebook_is_not_released_twice(now):
    make_ground(now)
    with pytest.raises(Refused):
        actions.release_edition(
            source=read_folder(JINAN),
            contacts="",
            released_by=make_user("again", now),
            actor=SYSTEM,
            now=now,
        )


def test_one_round_of_a_programme_is_open_at_a_time(now):
    ground = make_ground(now)
    second = actions.plan_round(
        edition=ground.round.edition, year=2020, authority=ground.round.authority, actor=SYSTEM, now=now
    )
    assert second.number == 2
    with pytest.raises(Refused):
        actions.open_round(round=second, actor=SYSTEM, now=now)
    actions.close_round(round=ground.round, actor=SYSTEM, now=now)
    actions.open_round(round=second, actor=SYSTEM, now=now)
    lines = QuotaLine.objects.filter(authority__key="licheng")
    assert lines.count() == 2, "two rounds in one year share the places"


def test_a_window_is_open_from_its_first_moment_and_not_at_its_last(now):
    ground = make_ground(now)
    licheng, stage = ground.authority("licheng"), ground.book.windows[0].key
    window = queries.window(ground.round, licheng, stage)
    ground.round.refresh_from_db()
    moment = timedelta(microseconds=1)
    expected = [(window.opens - moment, False), (window.opens, True), (window.closes - moment, True)]
    for at, is_open in [*expected, (window.closes, False)]:
        assert queries.is_open(ground.round, licheng, stage, at) is is_open


def set_window(ground, actor, **changes):
    given = {
        "round": ground.round,
        "authority": ground.authority("licheng"),
        "stage": ground.book.windows[0].key,
        "opens": ground.now,
        "closes": ground.now + timedelta(days=7),
        "reason": "",
        "set_by_id": actor.user_id,
        "actor": actor,
        "now": ground.now,
    }
    return actions.set_window(**{**given, **changes})


def test_an_authority_sets_its_own_window_and_a_change_needs_a_reason(now):
    ground = make_ground(now)
    officer = ground.actor("licheng")
    first = set_window(ground, officer)
    assert queries.window(ground.round, ground.authority("licheng"), first.stage) == first
    with pytest.raises(Refused) as refused:
        set_window(ground, officer, closes=now + timedelta(days=8))
    assert refused.value.field == "reason"
    set_window(ground, officer, closes=now + timedelta(days=8), reason="系统维护，顺延一天")
    assert Window.objects.filter(authority__key="licheng").count() == 2, "the old window stays"


def test_a_foreign_window_and_one_beyond_the_upper_deadline_are_refused(now):
    ground = make_ground(now)
    with pytest.raises(NotAllowed):
        set_window(ground, ground.actor("lixia"))
    with pytest.raises(NotAllowed):
        set_window(ground, ground.actor("licheng"), authority=None)
    with pytest.raises(Refused) as refused:
        set_window(ground, ground.actor("licheng"), closes=now + timedelta(days=30))
    assert refused.value.clause
    with pytest.raises(Refused):
        set_window(ground, ground.actor("licheng"), closes=now)


def test_a_place_too_many_is_refused_by_the_action_and_by_the_database(now):
    make_ground(now, rosters={"licheng": 67})
    line = QuotaLine.objects.get(authority__key="licheng", cap=2)
    with transaction.atomic():
        actions.take_place(line=line)
        actions.take_place(line=line)
        with pytest.raises(Refused):
            actions.take_place(line=line)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotaLine.objects.filter(pk=line.pk).update(used=3)
    with transaction.atomic():
        actions.free_place(line=line)
        actions.take_place(line=line)
    line.refresh_from_db()
    assert line.used == 2


@pytest.mark.django_db(transaction=True)
def test_of_ten_officers_at_once_two_get_the_two_places(now):
    make_ground(now, rosters={"licheng": 67})
    line = QuotaLine.objects.get(authority__key="licheng", cap=2)
    barrier, won = threading.Barrier(10), []

    def officer():
        try:
            barrier.wait()
            with transaction.atomic():
                actions.take_place(line=line)
            won.append(1)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=officer) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line.refresh_from_db()
    assert (len(won), line.used) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_place_is_taken(now):
    make_ground(now)
    with pytest.raises(RuntimeError):
        actions.take_place(line=QuotaLine.objects.first())


def test_only_the_leading_authority_opens_rounds(now):
    ground = make_ground(now, opened=False)
    with pytest.raises(NotAllowed):
        actions.open_round(round=ground.round, actor=ground.actor("licheng"), now=now)
    actions.open_round(round=ground.round, actor=ground.actor("city"), now=now)
    assert [r.pk for r in queries.open_rounds()] == [ground.round.pk]
    assert Round.objects.get().opened_at == now


def test_authorities_come_from_the_edition_with_their_issuers(now):
    make_ground(now)
    assert Authority.objects.filter(parent__key="city").count() == 16
    assert all(Authority.objects.values_list("issuer", flat=True))


def test_dates_that_stand_in_the_rulebook_move_with_it(now):
    ground = make_ground(now)
    stage = ground.book.windows[0]
    old = replace(stage, opens=date(2020, 10, 9), closes=date(2020, 10, 19))
    before = replace(ground.book, windows=(old,))
    after = replace(ground.book, windows=(replace(old, closes=date(2020, 10, 23)),))
    own = set_window(ground, ground.actor("licheng"))
    given = {"round": ground.round, "before": before, "reason": "延期", "now": now}
    actions.move_fixed_windows(after=before, **given)
    assert not Window.objects.filter(reason="延期").exists(), "the same dates stay"
    actions.move_fixed_windows(after=after, **given)
    common = queries.window(ground.round, ground.authority("lixia"), stage.key)
    assert (common.closes.isoformat(), common.reason) == ("2020-10-23T16:00:00+00:00", "延期")
    assert queries.window(ground.round, ground.authority("licheng"), stage.key) == own
