"""A made-up programme of three tiers, with other keys, grades and points, goes the same way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.journeys.applicants import Applicant, register
from tests.journeys.house import ROOT, House
from tests.journeys.people import People
from tests.journeys.steps import accepting, binding, deciding, publishing, reporting

from xingyun.rulebook import Rulebook, load_folder

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
RULEBOOK = ROOT / "tests" / "rulebooks" / "qinglan-2022"
# The offices over the applicant, by tier.
OFFICES = {"town": "taoyuan", "county": "shuangxi", "province": "qinglan"}
ACTS = {"decide": "评定", "recommend": "推荐"}
# When each tier decides.
DAYS = {"town": "2022-03-09", "county": "2022-03-16", "province": "2022-04-01"}


@pytest.fixture
def house(houses: Callable[..., House]) -> House:
    """The second programme, its round open."""
    return houses(rulebook=RULEBOOK, neighbours=["taoyuan:bronze"], at="2022-03-01 09:00")


def test_the_whole_way(house: House, crowd: Callable[[House], People], desk: Path) -> None:
    """From registration in a town to the province's announcement."""
    people, book = crowd(house), load_folder(RULEBOOK)
    (neighbour,) = [family.name for family in house.families]
    first = apply(people, book, desk)
    for name in (first.who.name, neighbour):
        accepting.accept(people.as_("taoyuan-jb"), name)
    reports = []
    for tier, office in OFFICES.items():
        house.clock(f"{DAYS[tier]} 09:00")
        for report in reports[-1:]:
            reporting.receive(people, office, report)
        minutes = enter_minutes(people, book, tier, desk)
        decide(people, book, tier, first.who.name, "gold", minutes)
        if tier == "town":
            decide(people, book, tier, neighbour, "bronze", minutes)
        if book.report_from(tier):
            reports.append(report_up(people, book, tier))
    serial = publish(house, people, {first.who.name: "金帆", neighbour: "铜帆"})
    publishing.verify(people.visitor(), serial, first.who.name)
    pdf = publishing.certificate(first.me, first.application, desk / "certificate.pdf")
    assert "金帆" in "".join(binding.texts(pdf))
    people.as_("liuxi-jb").closed(first.application)
    people.as_("yunmen-jb").closed(f"/officials/applications/{first.application.split('/')[-2]}/")
    publishing.audit(people.as_("qinglan-sj"))
    house.command("audit", "verify")


def apply(people: People, book: Rulebook, desk: Path) -> Applicant:
    """An enterprise of a town, from its registration to its receipt."""
    first = register(people, book, 78, office="taoyuan", place="桃源镇", division="990101", desk=desk)
    first.fill("gold")
    slots = ("permit", "bills", "certificate-copies")
    first.prove(slots, signed="2021-06-16", issued="2021-07-02")
    first.bind({"排产": ("certificate-copies", 1), "追溯": ("bills", 1), "邮件": ("permit", 1)})
    first.submit()
    return first


def enter_minutes(people: People, book: Rulebook, tier: str, desk: Path) -> str:
    """The minutes' number, where the programme asks for them at this tier."""
    procedure = book.procedure(tier)
    if not (procedure and procedure.minutes):
        return ""
    number = f"{OFFICES[tier]}〔2022〕1号"
    deciding.minutes(people.as_(f"{OFFICES[tier]}-jb"), number, DAYS[tier], desk)
    return number


def decide(people: People, book: Rulebook, tier: str, name: str, level: str, minutes: str) -> None:
    """Grant every act of this tier on the way to a level."""
    procedure = book.procedure(tier)
    for act in book.path(level):
        if act.tier == tier:
            title = f"{ACTS[act.kind]} {book.level(act.level).label}"
            reviewed = procedure is None or "review" in procedure.steps
            deciding.decide(people, OFFICES[tier], name, title, "同意", on=minutes, reviewed=reviewed)


def report_up(people: People, book: Rulebook, tier: str) -> str:
    """The tier's report, countersigned where the programme says so."""
    rule = book.report_from(tier)
    report = reporting.draft(people.as_(f"{OFFICES[tier]}-jb"))
    if rule and rule.countersigned_by:
        reporting.countersign(people.as_(f"{OFFICES[tier]}-cz"), report)
    reporting.send(people.as_(f"{OFFICES[tier]}-qf"), report)
    return report


def publish(house: House, people: People, awarded: dict[str, str]) -> str:
    """Notice, objection, announcement; the first one's serial."""
    signatory, visitor = people.as_("qinglan-qf"), people.visitor()
    publishing.publish(signatory)
    named = list(awarded)[1]
    receipt = publishing.object_(visitor, named, "请核实。")
    publishing.decide_objection(people.as_("qinglan-jb"), named, "情况不属实。", upheld=False)
    publishing.follow(visitor, receipt, "情况不属实")
    house.clock("2022-04-15 09:00")
    publishing.announce(signatory, "青数字〔2022〕31号")
    return publishing.on_the_list(visitor, awarded)
