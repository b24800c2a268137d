"""A real system begins: the first rulebook, the first people, without a rehearsal."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse
from tests.factories.ground import make_enterprise, make_ground

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.models import Entry
from xingyun.registry.models import Authority, Membership
from xingyun.registry.queries import live_seats
from xingyun.rounds.command import run
from xingyun.rounds.models import Edition

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "rulebooks" / "jinan-2020"
TABLE = """单位,职责,登录名,邮箱
济南市,经办,zhang01,zhang01@example.com
济南市,系统管理,gl01,
历下区,signatory,zhang01,
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "people.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_the_first_rulebook_makes_the_offices(capsys):
    assert run(["release", str(BOOK)]) == 0
    said = capsys.readouterr().out
    assert "第 1 版" in said
    assert "历下区" in said
    assert Edition.objects.get().released_by.username == "system-setup"
    assert Authority.objects.filter(parent=None).count() == 1


def test_later_rulebooks_are_for_the_page(capsys):
    run(["release", str(BOOK)])
    assert run(["release", str(BOOK)]) == 2
    assert "“规则”页" in capsys.readouterr().err
    assert Edition.objects.count() == 1


def test_a_rulebook_with_faults_is_not_released(capsys, tmp_path):
    (tmp_path / "programme.toml").write_text("= nonsense")
    assert run(["release", str(tmp_path)]) == 2
    assert "programme.toml" in capsys.readouterr().err
    assert not User.objects.exists()


def test_people_sign_in_with_the_password_shown_and_change_it(capsys, table):
    run(["release", str(BOOK)])
    capsys.readouterr()
    assert run(["seat", table(TABLE)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[2]) for line in lines[:2]] == [
        ("zhang01", "济南市经办岗"),
        ("gl01", "济南市系统管理岗"),
    ]
    request = RequestFactory().post("/")
    user = authenticate(request, username="zhang01", password=lines[0][1])
    assert user == User.objects.get(username="zhang01")
    assert user.must_change
    assert user.email == "zhang01@example.com"
    assert set(Membership.objects.filter(user=user).values_list("authority__name", "role")) == {
        ("济南市", "preparer"),
        ("历下区", "signatory"),
    }


def test_the_same_table_again_changes_nothing(capsys, table):
    run(["release", str(BOOK)])
    run(["seat", table(TABLE)])
    capsys.readouterr()
    before = User.objects.get(username="gl01").password
    assert run(["seat", table(TABLE)]) == 0
    assert capsys.readouterr().out == "新设 0 个席位。\n"
    assert User.objects.get(username="gl01").password == before


def test_every_fault_of_a_table_is_told_and_nobody_is_seated(capsys, table):
    run(["release", str(BOOK)])
    assert run(["seat", table("单位,职责,登录名\n济南市,经办,a01\n火星市,打杂,\n")]) == 2
    said = capsys.readouterr().err
    assert "第 3 行：没有“火星市”这个单位；没有“打杂”这种职责；没有登录名。" in said
    assert not User.objects.filter(username="a01").exists()
    assert run(["seat", table("名称\n甲\n")]) == 2
    assert "单位、职责、登录名" in capsys.readouterr().err


def test_there_are_no_seats_before_there_are_offices(capsys, table):
    assert run(["seat", table(TABLE)]) == 2
    assert "xingyun offices release" in capsys.readouterr().err


def test_an_account_of_an_enterprise_gets_no_seat(capsys, table, now):
    ground = make_ground(now)
    _enterprise, actor = make_enterprise(ground, "licheng")
    name = User.objects.get(pk=actor.user_id).username
    office = Authority.objects.order_by("id")[0]
    assert run(["seat", table(f"单位,职责,登录名\n{office.name},经办,{name}\n")]) == 2
    assert f"{name} 是企业的账号" in capsys.readouterr().err
    assert not Membership.objects.filter(user__username=name).exists()


def test_who_leaves_can_do_nothing_any_more_and_may_come_back(capsys, table, client, now):
    run(["release", str(BOOK)])
    run(["seat", table(TABLE)])
    user = User.objects.get(username="zhang01")
    Membership.objects.filter(user=user).update(valid_from=now.date() - timedelta(days=9))
    User.objects.filter(pk=user.pk).update(must_change=False)
    client.force_login(user)
    assert client.get(reverse("wordings")).status_code == 200
    assert run(["leave", "zhang01"]) == 0
    said = capsys.readouterr().out
    assert "已结束：济南市 经办" in said
    assert "已停用" in said
    assert not live_seats(clock.today()).filter(user=user).exists()
    assert client.get(reverse("wordings")).status_code == 302, "signed out at once"
    acts = Entry.objects.filter(act="seat.ended").values_list("stream__name", flat=True)
    seats = Membership.objects.filter(user=user)
    assert sorted(acts) == sorted(f"authority:{seat.authority.key}" for seat in seats)
    assert run(["leave", "zhang01"]) == 2
    assert "没有席位" in capsys.readouterr().err
    assert run(["seat", table(TABLE)]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "\t" in line]
    name, password, _post = line.split("\t")
    assert authenticate(RequestFactory().post("/"), username=name, password=password) == user
    assert live_seats(clock.today()).filter(user=user).count() == 2


def test_the_last_administrator_stays(capsys, table):
    run(["release", str(BOOK)])
    run(["seat", table(TABLE)])
    assert run(["leave", "gl01"]) == 2
    assert "最后一位系统管理员" in capsys.readouterr().err
    assert User.objects.get(username="gl01").is_active
    assert run(["leave", "nobody"]) == 2
    assert "没有“nobody”这个账号" in capsys.readouterr().err
    run(["seat", table("单位,职责,登录名\n济南市,系统管理,gl02\n")])
    assert run(["leave", "gl01"]) == 0
