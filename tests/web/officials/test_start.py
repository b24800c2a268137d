"""Where a day begins: one step first, no dead end, and the administrator's own page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from xingyun.registry.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(sign_in):
    return sign_in("city", "admin")


def shown(client, name="todo", **query):
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def heading(page):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", page, re.S)[1]).strip()


def test_an_administrator_sees_the_system_and_the_seats(admin, monkeypatch):
    page = shown(admin)
    assert "后台任务" in page
    assert reverse("people") in page
    # No worker runs in a test: the page says so instead of calling everything well.
    assert heading(page) == "系统有 1 处不正常"
    monkeypatch.setattr("xingyun.web.officials.people.worker_alive", lambda: True)
    assert heading(shown(admin)) == "系统运行正常"


def test_seats_are_read_by_administrators_and_auditors_alone(admin, auditor, officer, applicant):
    assert officer.actor.label in shown(auditor, "people")
    assert f"现有 {Membership.objects.count()} 个席位" in shown(admin, "people")
    for client in (officer, applicant):
        assert client.get(reverse("people")).status_code == 404
    assert Client().get(reverse("people")).status_code == 302
    assert admin.post(reverse("people")).status_code == 405


def test_ended_seats_are_kept_apart(admin, officer, now):
    seat = Membership.objects.get(user=officer.actor.user_id)
    Membership.objects.filter(pk=seat.pk).update(valid_from="2020-01-01", valid_to="2020-02-01")
    name = seat.user.username
    assert name not in shown(admin, "people", q=name).split("<tbody>")[-1].split("value=")[0]
    assert "席位已结束" in shown(admin, "people", q=name, ended="1")


def test_an_officer_sees_no_machinery(officer):
    page = shown(officer)
    assert heading(page) == "现在没有要您办的"
    assert "后台任务" not in page


def test_the_entry_of_minutes_lies_under_decisions(officer):
    page = shown(officer, "minutes")
    current = re.findall(r'<a href="([^"]+)" aria-current="page"', page)
    assert current[:1] == [reverse("decisions")]


def test_dates_that_many_offices_share_stand_in_one_row(ground, city, now):
    from datetime import datetime

    from xingyun.clock import ZONE
    from xingyun.registry.actors import SYSTEM
    from xingyun.rounds import actions as rounds

    for key, last in {"licheng": 20, "lixia": 20, "zhangqiu": 21}.items():
        rounds.set_window(
            round=ground.round,
            authority=ground.authority(key),
            stage="applications",
            opens=datetime(2020, 10, 9, tzinfo=ZONE),
            closes=datetime(2020, 10, last, tzinfo=ZONE),
            set_by_id=city.actor.user_id,
            actor=SYSTEM,
            now=now,
        )
    page = shown(city, "overview")
    rows = re.findall(r"<tr><td class=\"nw b\">(.*?)</td><td>(.*?)</td>", page)
    named = {when: re.sub(r"<[^>]+>", "", what) for when, what in rows}
    assert {ground.authority(key).name in named["10月19日 24:00"] for key in ("licheng", "lixia")} == {True}
    assert ground.authority("zhangqiu").name in named["10月20日 24:00"]


def test_what_waits_on_the_overview_is_what_waits_on_the_first_page(city, auditor):
    for client in (city, auditor):
        assert heading(shown(client)) == "现在没有要您办的"
        assert re.search(r"要您处理</dt><dd>0<", shown(client, "overview"))


def test_who_only_reads_an_application_is_not_asked_to_decide(ground, officer, auditor):
    from tests.factories.applications import make_application

    uid = make_application(ground, state="accepted", authority="licheng").application.uid
    for name, offered in (("desk", "去决定"), ("decide", "取消资格…")):
        address = reverse(name, args=[uid])
        assert offered in officer.get(address).content.decode()
        assert offered not in auditor.get(address).content.decode()
    assert "看决定" in auditor.get(reverse("desk", args=[uid])).content.decode()
