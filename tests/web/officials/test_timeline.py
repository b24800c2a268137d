"""The time line of a round for officials: everybody's dates, what was changed and why, where we are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.officials.counting import queries

from xingyun.rounds import actions

pytestmark = pytest.mark.django_db


def extend(ground, key, days, reason=""):
    actions.set_window(
        round=ground.round, authority=ground.authority(key), stage="applications", opens=ground.now,
        closes=ground.now + timedelta(days=days), reason=reason, set_by_id=ground.actor("city").user_id,
        actor=ground.actor("city"), now=ground.now,
    )  # fmt: skip


def page(client, ground):
    answer = client.get(reverse("round_timeline", args=[ground.round.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_own_dates_extensions_with_reasons_and_today(ground, officer, auditor):
    extend(ground, "licheng", 3)
    extend(ground, "licheng", 5, "园区停电 <b>半天</b>")
    for client in (officer, auditor):
        found = page(client, ground)
        assert "接下来：企业填报截止，还有 5 天" in found
        assert "园区停电 &lt;b&gt;半天" in found
        assert found.index("通知印发") < found.index('aria-current="time"') < found.index("区县上报截止")
        assert "历城区" in found
        assert "未另设的所有单位" in found
    assert (
        reverse("round_timeline", args=[ground.round.uid])
        in officer.get(reverse("round", args=[ground.round.uid])).content.decode()
    )


def test_after_the_last_date(ground, officer, at):
    at("2021-01-10 09:00")
    found = page(officer, ground)
    assert "本轮的日期都已过" in found
    assert 'aria-current="time"' in found


def test_a_planned_round_has_one_too_and_outsiders_none(ground, officer, applicant, city):
    assert (
        city.post(reverse("round_plan"), {"edition": ground.round.edition_id, "year": "2020"}).status_code
        == 302
    )
    from xingyun.rounds.models import Round

    planned = Round.objects.get(number=2)
    address = reverse("round_timeline", args=[planned.uid])
    assert officer.get(address).status_code == 200
    assert reverse("timeline_of", args=[planned.uid]) not in officer.get(address).content.decode()
    assert Client().get(reverse("timeline_of", args=[planned.uid])).status_code == 404
    assert Client().get(address).status_code == 302
    assert applicant.get(address).status_code == 404


def test_both_languages(ground, officer):
    extend(ground, "licheng", 5)
    officer.cookies["django_language"] = "en"
    found = page(officer, ground)
    assert "Licheng District" in found
    assert "Changes and extensions" in found


def test_as_many_questions_whatever_there_is(ground, officer):
    address = reverse("round_timeline", args=[ground.round.uid])
    few = queries(officer, address)
    for n, key in enumerate(("licheng", "lixia", "zhangqiu"), 1):
        extend(ground, key, n)
        extend(ground, key, n + 3, "延期")
    assert queries(officer, address) == few
