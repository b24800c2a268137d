"""The whole way of the first programme: from registration to the certificate, clicked as each person would."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys import doors
from tests.journeys.applicants import Applicant, register
from tests.journeys.house import ROOT, House
from tests.journeys.people import People
from tests.journeys.steps import (
    accepting,
    binding,
    correcting,
    deciding,
    publishing,
    reporting,
)

from xingyun.rulebook import load_folder

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
RULEBOOK = ROOT / "rulebooks" / "jinan-2020"
THREE, FOUR = "评定 三星级", "推荐 四星级"
CITY = "评定 四星级"
GRANT, NO_PLACE, DENY = "同意", "符合条件，名额所限", "未通过"
# Who has handed in before: one more for four stars, one to correct, one to refuse; three in a district
# with two places.
NEIGHBOURS = ["lixia:star-4", "lixia:star-3", "lixia:star-3", *["huaiyin:star-3"] * 3]


@pytest.fixture
def house(houses: Callable[..., House]) -> House:
    """The first programme, its round open."""
    return houses(neighbours=NEIGHBOURS)


@pytest.fixture
def people(house: House, crowd: Callable[[House], People]) -> People:
    """Everybody in it."""
    return crowd(house)


def test_the_whole_way(house: House, people: People, desk: Path) -> None:
    """Every stage of the notice, by every person it needs."""
    refused_by_city, returned, turned_away, *huaiyin = [family.name for family in house.families]
    first = apply(people, desk)
    doors.before_acceptance(people, house, first, neighbour="enterprise-1", foreign="huaiyin")

    officer = people.as_("lixia-jb")
    accepting.accept(officer, first.who.name, closely=True)
    accepting.accept(officer, refused_by_city)
    accepting.refuse(officer, turned_away, "一、1", "营业执照载明的登记机关不在本市。")
    correcting.walk(people, "lixia", returned, "enterprise-2", desk)

    house.clock("2020-10-20 09:00")
    deciding.minutes(officer, "历下纪要〔2020〕18号", "2020-10-19", desk)
    for name in (first.who.name, refused_by_city):
        for title in (THREE, FOUR):
            deciding.decide(people, "lixia", name, title, GRANT, on="历下纪要〔2020〕18号")
    deciding.decide(people, "lixia", returned, THREE, DENY, on="历下纪要〔2020〕18号", reason="证明不足。")
    officer.look("decide")
    assert "剩 32 个，共 34" in deciding.meter(officer, "三星级名额").replace("\n", "")
    assert "剩 9 个，共 11" in deciding.meter(officer, "四、五星级推荐名额").replace("\n", "")
    report = reporting.draft(officer)
    reporting.countersign(people.as_("lixia-cz"), report)
    reporting.send(people.as_("lixia-qf"), report)

    second = two_places(house, people, huaiyin, desk)
    for sent in (report, second):
        reporting.receive(people, "city", sent)
    evaluate(house, people, first.who.name, refused_by_city, desk)

    awarded = {
        first.who.name: "四星级",
        refused_by_city: "三星级",
        huaiyin[0]: "三星级",
        huaiyin[1]: "三星级",
    }
    serial = publish(house, people, awarded, refused_by_city)
    visitor = people.visitor()
    publishing.verify(visitor, serial, next(iter(awarded)))
    pdf = publishing.certificate(first.me, first.application, desk / "certificate.pdf")
    assert first.who.name in "".join(binding.texts(pdf))
    doors.after_the_announcement(people, house, first, neighbour="enterprise-1", foreign="huaiyin")
    publishing.audit(people.as_("city-sj"))
    assert "记录完整" in house.command("audit", "verify")


def apply(people: People, desk: Path) -> Applicant:
    """The first enterprise, from its registration to its receipt."""
    first = register(
        people,
        load_folder(RULEBOOK),
        77,
        office="lixia",
        place="历下区",
        division="370102",
        desk=desk,
    )
    first.fill("star-4")
    first.prove(
        ("licence", "contracts", "invoices", "spend-audit", "screenshots"),
        signed="2020-03-16",
        issued="2020-04-02",
    )
    domains = [domain.label for domain in first.book.domains]
    first.bind(
        {
            domains[0]: ("contracts", 1),
            domains[1]: ("contracts", 2),
            domains[2]: ("spend-audit", 1),
            domains[7]: ("screenshots", 1),
        }
    )
    assert first.submit().startswith("370102-2020-")
    return first


def two_places(house: House, people: People, names: list[str], desk: Path) -> str:
    """A district with two places: the third decision is refused by the page and by the database."""
    officer = people.as_("huaiyin-jb")
    for name in names:
        accepting.accept(officer, name)
    deciding.minutes(officer, "槐荫纪要〔2020〕3号", "2020-10-19", desk)
    stale = deciding.stale(officer, names[2], THREE, GRANT)
    for name in names[:2]:
        deciding.decide(people, "huaiyin", name, THREE, GRANT, on="槐荫纪要〔2020〕3号")
    deciding.open_(officer, names[2])
    officer.go("决定", within=officer.page.get_by_role("navigation", name="这份申请"))
    expect(officer.page.get_by_role("radio", name=GRANT)).to_be_disabled()
    officer.reads("名额已满")
    with officer.expecting(409, 422):
        stale.get_by_role("button", name="拟定").click()
        expect(stale.get_by_role("alert").filter(has_text="名额已满")).to_be_visible()
    stale.close()
    officer.look("quota-full")
    with pytest.raises(house.database.refusal):
        house.sql("UPDATE rounds_quotaline SET used = used + 1 WHERE used = cap AND cap = 2")
    deciding.decide(
        people, "huaiyin", names[2], THREE, NO_PLACE, on="槐荫纪要〔2020〕3号", reason="排序第三。"
    )
    report = reporting.draft(officer)
    reporting.countersign_on_paper(officer, report, "槐工信〔2020〕9号", "2020-10-20", desk)
    reporting.send(people.as_("huaiyin-qf"), report)
    return report


def evaluate(house: House, people: People, granted: str, refused: str, desk: Path) -> None:
    """The city grants four stars to one, and refuses another."""
    house.clock("2020-11-02 09:00")
    city = people.as_("city-jb")
    deciding.minutes(city, "市纪要〔2020〕7号", "2020-10-30", desk)
    deciding.decide(people, "city", granted, CITY, GRANT, on="市纪要〔2020〕7号")
    deciding.decide(
        people, "city", refused, CITY, DENY, on="市纪要〔2020〕7号", reason="现场核查时数据未接入云平台。"
    )


def publish(house: House, people: People, awarded: dict[str, str], named: str) -> str:
    """The proposed list, an objection and its outcome, the announcement; the first one's serial."""
    signatory, visitor = people.as_("city-qf"), people.visitor()
    publishing.publish(signatory)
    receipt = publishing.object_(visitor, named, "该企业使用的系统没有部署在云上，请核实。")
    publishing.cannot_announce_yet(signatory)
    publishing.decide_objection(people.as_("city-jb"), named, "已到现场核实，情况不属实。", upheld=False)
    publishing.follow(visitor, receipt, "情况不属实")
    house.clock("2020-11-09 09:00")
    publishing.announce(signatory, "济工信〔2020〕31号")
    return publishing.on_the_list(visitor, awarded)
