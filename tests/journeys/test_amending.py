"""The city releases another edition while its round runs, sees whom it affects, and lets it take effect."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.house import ROOT, House
from tests.journeys.people import People, Person

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
RULEBOOK = ROOT / "rulebooks" / "jinan-2020"


def edition(folder: Path, name: str, *changes: tuple[str, str, str]) -> Path:
    """The first rulebook with some words replaced, as .zip, the way an office would pack it."""
    copy = folder / name
    copy.mkdir()
    for file in RULEBOOK.glob("*.toml"):
        if not file.name.endswith(".cases.toml"):
            text = file.read_text("utf-8")
            for where, old, new in changes:
                text = text.replace(old, new, 1) if file.name == where else text
            (copy / file.name).write_text(text, "utf-8")
    return Path(shutil.make_archive(str(copy), "zip", folder, name))


def test_an_amendment(houses: Callable[..., House], crowd: Callable[[House], People], desk: Path) -> None:
    """Faults first, then the release, the comparison, the effect, and what applicants and offices see."""
    house = houses(neighbours=["lixia:star-3", "lixia:star-3:bound"])
    people = crowd(house)
    city = people.as_("city-qf")
    city.page.goto("/officials/rounds/")
    city.go("规则", within=city.page.get_by_role("main"), exact=True)
    city.look("editions")
    hand_in(city, edition(desk, "wrong", ("7-procedure.toml", "on = 2020-10-26", "on = 26\nbefor = 3")), 422)
    city.heading("规则书有 2 处要改，什么也没有发布")
    city.look("edition-faults")
    hand_in(city, edition(desk, "next", ("7-procedure.toml", "on = 2020-10-26", "on = 2020-10-31")))
    city.heading("规则书没有错，可以发布")
    city.look("edition-checked")
    city.press("发布这一版")
    city.told("已发布第 2 版")
    city.look("edition")
    city.go("看影响")
    city.heading("改了 1 处，进行中的申请有 2 份")
    city.look("amend")
    city.page.get_by_role("radio", name="还没有决定的").check()
    city.fill("理由", "上级单位通知延期。")
    city.press("公告并起用")
    city.told("新规则已起用")
    city.reads("2 份改按新规则，0 份照旧")
    city.look("amended")
    city.at_ease()
    for n in (1, 2):
        applicant = people.as_(f"enterprise-{n}")
        applicant.page.goto("/enterprise/messages/")
        applicant.reads("上级单位通知延期")
        applicant.at_ease()
    officer = people.as_("lixia-jb")
    officer.page.goto("/officials/reports/")
    expect(officer.page.get_by_text("10月31日").first).to_be_visible()
    officer.at_ease()


def hand_in(city: Person, packed: Path, *statuses: int) -> None:
    """Choose the archive and have it checked."""
    city.page.get_by_label("规则书文件").set_input_files(packed)
    with city.expecting(*statuses):
        city.press("检查", exact=True)
        city.page.wait_for_load_state()
