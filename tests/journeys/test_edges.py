"""Dates and counts that bind, met at the page: a late report, a window, a roster."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.house import House
from tests.journeys.people import People, Person
from tests.journeys.steps import accepting, deciding, reporting

from xingyun.demo.names import roster

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
THREE = "评定 三星级"


def test_a_report_after_its_day_is_refused(
    houses: Callable[..., House], crowd: Callable[[House], People], desk: Path
) -> None:
    """At 10-26 24:00 the page offers it no more, and a page opened in time is refused (三、3)."""
    house = houses(neighbours=["lixia:star-3"])
    people, (family,) = crowd(house), house.families
    officer, signatory = people.as_("lixia-jb"), people.as_("lixia-qf")
    accepting.accept(officer, family.name)
    deciding.minutes(officer, "历下纪要〔2020〕18号", "2020-10-12", desk)
    deciding.decide(people, "lixia", family.name, THREE, "同意", on="历下纪要〔2020〕18号")
    report = reporting.draft(officer)
    reporting.countersign(people.as_("lixia-cz"), report)
    house.clock("2020-10-26 23:50")
    signatory.page.goto(report)
    signatory.heading("可以报送")
    house.clock("2020-10-27 00:00")
    with signatory.expecting(409, 422):
        signatory.press("报送", exact=True)
        expect(signatory.page.get_by_role("alert")).to_contain_text("10月26日")
    signatory.page.goto(report)
    expect(signatory.page.get_by_role("button", name="报送", exact=True)).to_have_count(0)
    signatory.look("report-late")
    assert house.sql("SELECT sent_at FROM reviews_report") == [(None,)]


def test_a_district_sets_its_window(houses: Callable[..., House], crowd: Callable[[House], People]) -> None:
    """A change needs its reason and an end before the district's own day; everybody reads it at once."""
    people = crowd(houses())
    officer = people.as_("lixia-jb")
    officer.page.goto("/start/")
    officer.go("批次与时间")
    officer.look("rounds")
    _window(officer)
    officer.look("window")
    with officer.expecting(409, 422):
        _until(officer, "2020-10-28", "系统维护，顺延。")
        expect(officer.page.get_by_role("alert")).to_contain_text("不能晚于区县上报截止")
    _until(officer, "2020-10-22", "系统维护，顺延两天。")
    officer.told("时间已设好")
    row = officer.page.get_by_role("row").filter(has_text="历下区")
    expect(row).to_contain_text("10月22日 24:00")
    officer.look("round")
    people.as_("shizhong-jb").closed(
        officer.page.url.removeprefix(officer.base) + "windows/applications/lixia/"
    )


def _window(officer: Person) -> None:
    page = officer.page
    if page.get_by_role("row").filter(has_text="历下区").count() == 0:
        page.get_by_role("row").nth(1).get_by_role("link").first.click()
    page.get_by_role("row").filter(has_text="历下区").get_by_role("link", name="更改").click()
    officer.heading("历下区")


def _until(officer: Person, day: str, reason: str) -> None:
    officer.fill("截止日期", day)
    officer.fill("截止时刻", "")
    officer.fill("更改的理由", reason)
    officer.press("设定时间")


def test_the_city_opens_next_years_round(
    houses: Callable[..., House], crowd: Callable[[House], People]
) -> None:
    """The district enters enterprises, one with a wrong code; the city releases the count, once, and the
    places follow from it."""
    house = houses()
    people = crowd(house)
    house.clock("2021-01-05 09:00")
    district, city = people.as_("huaiyin-jb"), people.as_("city-jb")
    _next_round(city)
    (good, name), (bad, other) = roster(2, "槐荫", "370104", 90_000)
    wrong = bad[:-1] + ("A" if bad[-1] != "A" else "B")
    district.page.goto("/officials/rosters/")
    district.go("槐荫区")
    district.fill("或者粘贴", f"{good} {name}\n{wrong} {other}")
    district.fill("列入名录的日期", "2020-12-31")
    district.press("下一步：对应列")
    district.heading("请核对每一列是什么")
    district.look("roster-columns")
    district.press("导入 2 行")
    district.heading("1 行没有导入")
    district.look("roster-errors")
    district.page.goto("/officials/rosters/huaiyin/")
    district.fill("或者粘贴", f"{bad} {other}")
    district.fill("列入名录的日期", "2020-12-31")
    district.press("下一步：对应列")
    district.press("导入 1 行")
    district.heading("新增 1 家")
    district.page.goto("/officials/rosters/huaiyin/")
    expect(district.page.get_by_role("button", name="发布基数")).to_have_count(0)
    city.page.goto("/officials/rosters/huaiyin/")
    city.fill("统计日", "2020-12-31")
    city.press("发布基数")
    expect(city.page.get_by_text("已发布").first).to_be_visible()
    expect(city.page.get_by_text("69 家").first).to_be_visible()
    expect(city.page.get_by_role("button", name="发布基数")).to_have_count(0)
    city.look("roster")
    city.page.goto("/officials/rounds/")
    city.go("2021 年")
    city.press("按新发布的基数补设")
    city.told("补设")
    lines = house.sql("SELECT base, cap, used FROM rounds_quotaline WHERE year = 2021 ORDER BY cap")
    assert lines == [(69, 0, 0), (69, 2, 0)]


def _next_round(city: Person) -> None:
    """Close this year's round, plan and open the next."""
    city.page.goto("/officials/rounds/")
    city.go("2020 年")
    city.press("结束批次")
    city.told("批次已结束")
    city.page.goto("/officials/rounds/")
    city.fill("年度", "2021")
    city.press("建批次")
    city.heading("等开启")
    city.look("round-planned")
    city.press("开启批次")
    city.told("批次已开启")
    city.at_ease()
