"""What anybody may know of a round: its dates, and after the announcement its figures."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.ground import make_beside, make_ground
from tests.results.counting import announced, spending
from tests.web.officials.counting import queries

from xingyun.results import actions
from xingyun.rounds import actions as rounds

pytestmark = pytest.mark.django_db
FIGURES, DATES = "/statistics/", "/timeline/"


@pytest.fixture
def ground(db, now):
    return make_ground(now)


@pytest.fixture
def visitor():
    return Client()


def told(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, table, form="csv"):
    answer = client.get(reverse("figures_file", args=[table, form]))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def award(ground):
    """Four at one level, two at another, announced and counted."""
    made = spending(ground, "licheng", "star-3", [10, 20, 30, 41])
    made += spending(ground, "lixia", "star-4", [555, 666])
    announced(ground, made)
    actions.count_statistics(round=ground.round, now=ground.now)
    return made


def test_nothing_before_the_announcement(ground, visitor):
    spending(ground, "licheng", "star-3", [10, 20, 30])
    for _counted in range(2):
        page = told(visitor, FIGURES)
        assert "2020 年第 1 批的结果还没有公布" in page
        assert "历城区" not in page
        assert visitor.get(reverse("figures_file", args=["places", "csv"])).status_code == 404
        actions.count_statistics(round=ground.round, now=ground.now)


def test_places_levels_industries_and_clouds_of_what_was_announced(ground, visitor):
    made = award(ground)
    page = told(visitor, FIGURES)
    assert "6 家获认定" in page
    assert 'class="tiles"' in page
    assert rows(visitor, "places")[1:] == [
        ["历城区", "4", "0", "0", "4"],
        ["历下区", "0", "2", "0", "2"],
        ["合计", "4", "2", "0", "6"],
    ]
    assert rows(visitor, "industries")[1:] == [["C 制造业", "6"]]
    assert rows(visitor, "deployments")[1] == ["公有云", "6"]
    assert not any(application.enterprise.name in page for application in made)
    for table in ("providers", "stages", "ways", "days"):
        assert visitor.get(reverse("figures_file", args=[table, "csv"])).status_code == 404


def test_no_spending_of_fewer_than_three_stands_anywhere(ground, visitor):
    award(ground)
    page = told(visitor, FIGURES)
    assert rows(visitor, "spend")[1:] == [["三星级", "4", "101.00", "25.00"]]
    for told_of_few in ("555", "666", "1,221", "1221", "1,322", "1322"):
        assert told_of_few not in page
    assert "不足 3 家" in page


def test_officials_figures_are_no_part_of_it(ground, visitor):
    award(ground)
    assert visitor.get(reverse("statistics")).status_code == 302
    assert "云服务商" not in told(visitor, FIGURES)


def test_the_dates_of_the_round(ground, visitor):
    licheng = ground.authority("licheng")
    for days, reason in ((3, ""), (5, "内部原因")):
        rounds.set_window(
            round=ground.round, authority=licheng, stage="applications", opens=ground.now,
            closes=ground.now + timedelta(days=days), reason=reason,
            set_by_id=ground.actor("city").user_id, actor=ground.actor("city"), now=ground.now,
        )  # fmt: skip
    page = told(visitor, DATES)
    assert "接下来：企业填报截止，还有 5 天" in page
    assert "内部原因" not in page, "why it was changed is the offices' affair"
    assert "其余各处" in page
    assert told(visitor, reverse("timeline_of", args=[ground.round.uid])).count("历城区") >= 2


def test_each_programme_has_its_own(ground, visitor):
    beside = make_beside(ground)
    for address in (FIGURES, DATES):
        page = told(visitor, address)
        assert f"/programmes/{beside.book.key}{address}" in page
        assert visitor.get(f"/programmes/{beside.book.key}{address}").status_code == 200
        assert visitor.get(f"/programmes/nothing{address}").status_code == 404
    award(ground)
    assert "6 家获认定" in told(visitor, f"/programmes/{ground.book.key}{FIGURES}")
    assert "还没有公布" in told(visitor, f"/programmes/{beside.book.key}{FIGURES}")


def test_both_languages(ground, visitor):
    award(ground)
    visitor.cookies["django_language"] = "en"
    assert "6 enterprises were awarded" in told(visitor, FIGURES)
    assert "Next: " in told(visitor, DATES)


@pytest.mark.parametrize("address", [FIGURES, DATES])
def test_as_many_questions_whatever_there_is(ground, visitor, address):
    award(ground)
    few = queries(visitor, address)
    for key in ("zhangqiu", "tianqiao"):
        announced(ground, spending(ground, key, "star-5", range(1, 20)))
    actions.count_statistics(round=ground.round, now=ground.now)
    more = queries(visitor, address)
    assert more == few
