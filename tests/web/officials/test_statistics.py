"""Statistics for officials: a district its own, the city and the auditor all, nobody else anything."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.results.counting import contract, spending, steps
from tests.reviews.crowd import crowd
from tests.web.officials.counting import queries

from xingyun.applications.states import State
from xingyun.registry.states import Role
from xingyun.results import actions

pytestmark = pytest.mark.django_db
PAGE = "/officials/statistics/"
TABLES = ("ways", "days", "places", "industries", "deployments", "spend", "providers", "stages")


@pytest.fixture
def filled(ground):
    """Three districts with applications, counted."""
    made = spending(ground, "licheng", "star-4", [41, 42, 43])
    spending(ground, "lixia", "star-3", [87, 88])
    for key in ("zhangqiu", "tianqiao"):
        crowd(ground, key, 1, state=State.SUBMITTED)
    for application in made:
        steps(application, 12, 36)
    contract(made[0], "泉畔云数据服务有限公司", 9)
    actions.count_statistics(round=ground.round, now=ground.now)
    return ground


def told(client, address=PAGE, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, table, **query):
    answer = client.get(reverse("statistics_file", args=[table, "csv"]), query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_city_and_the_auditor_see_all(filled, city, auditor, sign_in):
    for client in (city, auditor, sign_in("city", Role.READER)):
        page = told(client)
        assert "申报最多的是历城区和历下区" in page
        assert 'class="tiles"' in page
        assert "?office=licheng" in page
        assert rows(client, "places")[-1] == ["合计", "4", "3", "0", "7"]
        assert rows(client, "places", office="licheng")[1:] == [["历城区", "0", "3", "0", "3"]]


def test_a_district_sees_its_own_and_nothing_of_others(filled, officer, sign_in):
    for client in (officer, sign_in("licheng", Role.READER)):
        page = told(client)
        assert "历城区有 3 份申请" in page
        assert "历下" not in page
        assert "87" not in page
        assert 'class="tiles"' not in page
        assert rows(client, "places")[1:] == [["历城区", "0", "3", "0", "3"]]
        assert rows(client, "spend")[1:] == [
            ["全部", "3", "126.00", "42.00"],
            ["四星级", "3", "126.00", "42.00"],
        ]
        for key in ("lixia", "city", "nothing"):
            assert client.get(PAGE, {"office": key}).status_code == 404
            assert (
                client.get(reverse("statistics_file", args=["spend", "csv"]), {"office": key}).status_code
                == 404
            )


def test_wrong_doors(filled, applicant, sign_in):
    for address in (PAGE, reverse("statistics_file", args=["places", "csv"])):
        assert Client().get(address).status_code == 302
        for client in (applicant, sign_in("city", Role.COUNTERSIGNER), sign_in("city", Role.ADMIN)):
            assert client.get(address).status_code == 404


def test_every_table_is_on_the_page_and_in_both_files(filled, city):
    page = told(city)
    for table in TABLES:
        assert reverse("statistics_file", args=[table, "csv"]) in page
        sheet = city.get(reverse("statistics_file", args=[table, "xlsx"]))
        assert sheet.status_code == 200
        read = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
        plain = rows(city, table)
        assert [str(cell) for cell in read[1]] == plain[0], "the title, then the same heads"
        assert len(read) == len(plain) + 1
        assert sheet["Cache-Control"] == "private, no-store"
    assert city.get(reverse("statistics_file", args=["nothing", "csv"])).status_code == 404
    assert city.get(reverse("statistics_file", args=["places", "pdf"])).status_code == 404


def test_days_of_a_step_and_providers(filled, city):
    assert rows(city, "stages")[1:] == [["填报", "3", "0.5", "0.5"], ["等受理", "3", "1.5", "1.5"]]
    assert rows(city, "providers")[1:] == [["泉畔云数据服务有限公司", "1", "9.00"]]
    assert ["10月12日", "3"] in rows(city, "days")


def test_every_chart_says_what_it_shows_and_has_its_table(filled, city):
    page = told(city)
    assert page.count('<svg viewBox="0 0 640') == 6
    assert page.count('role="img" aria-label="') == 7
    assert page.count('<details class="numbers') == len(TABLES)


def test_both_languages(filled, city):
    city.cookies["django_language"] = "en"
    page = told(city)
    assert "Most applications come from Licheng District and Lixia District" in page
    assert "C Manufacturing" in page
    assert "制造业" not in page
    assert rows(city, "spend")[0] == ["Level", "Enterprises", "Sum (10,000 yuan)", "Median (10,000 yuan)"]


def test_before_the_first_count_it_is_said(ground, city):
    assert "还没有统计" in told(city)
    assert city.get(reverse("statistics_file", args=["places", "csv"])).status_code == 404
    actions.count_statistics(round=ground.round, now=ground.now)
    assert "本轮有 0 份申请" in told(city)


def test_what_was_typed_is_never_markup(ground, city):
    (one,) = crowd(ground, "licheng", 1)
    contract(one, "\"'><xss>", 1)
    actions.count_statistics(round=ground.round, now=ground.now)
    page = told(city)
    assert "<xss" not in page
    assert "&lt;xss" in page
    assert rows(city, "providers")[1][0] == "\"'><xss>"


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?office=licheng", "/officials/overview/"])
def test_as_many_questions_whatever_there_is(filled, city, address):
    few = queries(city, address)
    for key in ("licheng", "lixia", "huaiyin", "changqing"):
        spending(filled, key, "star-5", range(1, 30))
    actions.count_statistics(round=filled.round, now=filled.now)
    assert queries(city, address) == few


def test_the_overview_has_days_and_a_map(filled, city, officer):
    page = told(city, "/officials/overview/")
    assert "每日提交" in page
    assert 'class="tiles"' in page
    assert f"{PAGE}?office=licheng" in page
    assert "截止" in page
    assert officer.get("/officials/overview/").status_code == 404


def test_the_overview_before_the_first_count(ground, city):
    page = told(city, "/officials/overview/")
    assert "统计每 10 分钟算一次" in page
    assert 'class="tiles"' in page, "the map counts what is there now"
