"""A second programme beside the first, by points: an enterprise that has applied there applies here, too."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys import papers
from tests.journeys.house import ROOT, House
from tests.journeys.people import People, Person
from tests.journeys.steps import accepting, binding, deciding, filling, proving, publishing, reporting

from xingyun.demo.answers import answers
from xingyun.demo.names import Invented, provider
from xingyun.rulebook import Rulebook, load_folder

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
RULEBOOK = ROOT / "rulebooks" / "innovative-sme-2022"
AWARD = "创新型中小企业"
FIRST = "星级上云企业"
SLOTS = ("licence", "accounts-last", "accounts-before", "rights-proof")
FINE = "90 分，满分 100"


@pytest.fixture
def house(houses: Callable[..., House]) -> House:
    """Both programmes, their rounds open; two enterprises have applied in the first."""
    return houses(neighbours=["lixia:star-3", "lixia:star-3"], beside=[RULEBOOK])


def test_the_whole_way_beside_the_first(house: House, crowd: Callable[[House], People], desk: Path) -> None:
    """Application, points, recommendation, decision, notice, announcement, certificate; the first undisturbed."""
    people, book = crowd(house), load_folder(RULEBOOK)
    who = enterprise(house)
    public(people.visitor(), book)
    me = people.as_("enterprise-1")
    application = apply(me, book, who, desk)
    before = first_programme(house)

    people.about = AWARD
    officer = people.as_("lixia-jb")
    waits(officer)
    accepting.accept(officer, who.name)
    order(officer, who.name)
    deciding.decide(people, "lixia", who.name, f"推荐 {AWARD}", "同意", on="", reviewed=False)
    officer.look("beside-decide")
    report = reporting.draft(officer)
    reporting.send(people.as_("lixia-qf"), report)
    reporting.receive(people, "city", report)

    house.clock("2020-10-26 09:00")
    city = people.as_("city-jb")
    accepting.open_(city, who.name)
    city.page.goto(f"{city.page.url.split('?')[0]}?at=score")
    city.reads("不低于 20 分")
    city.look("beside-desk")
    deciding.minutes(city, "创评纪要〔2020〕1号", "2020-10-25", desk)
    deciding.decide(people, "city", who.name, f"评定 {AWARD}", "同意", on="创评纪要〔2020〕1号")
    signatory = people.as_("city-qf")
    publishing.publish(signatory)
    on_notice(people.visitor(), who.name)
    house.clock("2020-10-31 09:00")
    publishing.announce(signatory, "济创评〔2020〕9号")
    visitor = people.visitor()
    visitor.about = AWARD
    serial = publishing.on_the_list(visitor, {who.name: AWARD})
    publishing.verify(visitor, serial, who.name)
    pdf = publishing.certificate(me, application, desk / "certificate.pdf")
    text = "".join(binding.texts(pdf)).replace(" ", "")
    assert f"认定为2020年济南市{AWARD}。" in text
    assert "自2020年10月31日起，至2023年10月30日" in text, "three years from the announcement"
    assert first_programme(house) == before, "nothing of the first programme has moved"
    house.command("audit", "verify")


def enterprise(house: House) -> Invented:
    """The enterprise that registered and applied before."""
    name, uscc = house.sql("SELECT name, uscc FROM registry_enterprise ORDER BY id LIMIT 1")[0]
    return Invented(n=1, name=name, uscc=uscc, person="林某", phone="0531-66600077")


def first_programme(house: House) -> list[tuple[Any, ...]]:
    """What the first programme holds: applications with their states, decisions, places that are taken."""
    key = "jinan-star-cloud"
    applications = house.sql(
        "SELECT a.number, a.state, a.rev FROM applications_application a"
        " JOIN rounds_round r ON r.id = a.round_id JOIN rounds_programme p ON p.id = r.programme_id"
        f" WHERE p.key = '{key}' ORDER BY a.id"
    )
    lines = house.sql(
        "SELECT q.authority_id, q.cap, q.used FROM rounds_quotaline q"
        f" JOIN rounds_programme p ON p.id = q.programme_id WHERE p.key = '{key}' ORDER BY q.id"
    )
    assert len(applications) == 2
    return [*applications, *lines]


def public(visitor: Person, book: Rulebook) -> None:
    """The home names both; the second has its own page, notice and self-check."""
    visitor.page.goto("/")
    visitor.heading("2 个项目正在进行")
    visitor.reads("还有")
    visitor.look("beside-home")
    visitor.go(f"2020年济南市{AWARD}")
    visitor.heading(AWARD)
    visitor.look("beside-programme")
    visitor.go("通知与政策")
    visitor.reads("第三条")
    visitor.look("beside-notice")
    visitor.go("申报自测")
    visitor.page.get_by_label("企业在哪里注册").select_option("lixia")
    for question in ("有限责任公司", "小型"):
        visitor.page.get_by_role("radio", name=question).or_(
            visitor.page.locator("option", has_text=question)
        ).first.evaluate("e => e.tagName === 'OPTION' ? (e.selected = true) : e.click()")
    visitor.press("看结果")
    visitor.look("beside-self-check")
    visitor.at_ease()


def apply(me: Person, book: Rulebook, who: Invented, desk: Path) -> str:
    """From the enterprise's home to the receipt; too few points at first, with what is short and by which clause."""
    me.page.goto("/start/")
    me.reads(FIRST)
    me.look("beside-enterprise-home")
    application = filling.begin(me, AWARD)
    expect(me.page.get_by_role("link", name="合同与发票")).to_have_count(0)
    typed = typed_by(book, who)
    filling.fill(me, book, {**typed, "main_revenue_before": typed["main_revenue"]})
    expect(me.page).to_have_url(re.compile("/evidence/"))
    me.page.goto(f"{application}form/growth/")
    panel = me.page.locator("#missing-panel")
    expect(panel).to_contain_text("成长性")
    me.look("beside-form")
    growth = book.form.field("main_revenue_before")
    filling.saves_by_itself(me, growth, "1150")
    expect(panel).to_contain_text("共 75 分")
    filling.saves_by_itself(me, growth, typed["main_revenue_before"])
    expect(panel).to_contain_text("共 90 分")
    for slot in SLOTS:
        proving.upload(me, application, slot, papers.for_slot(slot, who, provider(1, "000000"), desk))
    proving.absent(me, application)
    booklet = binding.make(me, application, desk / "beside.pdf")
    binding.numbered(binding.by_number(booklet))
    binding.scan(me, application, who.name, booklet, desk)
    me.page.goto(f"{application}submit/")
    me.reads(FINE)
    me.reads("第五条")
    me.look("beside-submit")
    binding.submit(me, application)
    return application


def typed_by(book: Rulebook, who: Invented) -> Mapping[str, str]:
    """What it writes; what only a fast track asks for stays empty."""
    known: Any = SimpleNamespace(name=who.name, address="工业北路 1 号", uscc=who.uscc)
    typed = answers(book, known, who, level=book.levels[0].key, deployments=())
    return {f.key: "" if f.when else typed[f.key] for f in book.form.fields}


def waits(officer: Person) -> None:
    """What waits is named by programme, and leads into its round."""
    officer.page.goto("/officials/")
    row = officer.page.get_by_role("row").filter(has_text="申请待受理").filter(has_text=AWARD)
    expect(row).to_have_count(1)
    officer.look("beside-todo")
    officer.go("申请待受理", row)
    expect(officer.page.get_by_role("navigation", name="批次").locator("[aria-current]")).to_contain_text(
        AWARD
    )
    officer.look("beside-queue")


def order(officer: Person, name: str) -> None:
    """The order at the office shows the points."""
    officer.page.goto("/officials/applications/")
    officer.choose_programme()
    officer.go(f"推荐 {AWARD}")
    row = officer.page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("90")
    officer.look("beside-order")


def on_notice(visitor: Person, name: str) -> None:
    """The proposed list is public, with the programme that it is of."""
    visitor.page.goto("/")
    visitor.go("看公示")
    visitor.reads(name)
    visitor.reads(AWARD)
    visitor.look("beside-public-notice")
