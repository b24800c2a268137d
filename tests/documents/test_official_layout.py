"""GB/T 9704-2012, read out of the PDF: banner, number, rule, title, margins, page number within 1 mm."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from pypdfium2 import PdfPage

from xingyun.documents import specimens
from xingyun.documents.render import render

Fonts = tuple[Path, ...]
MM = 25.4 / 72
PITCH = 225 / 22
EM = 16 * MM
HEADED = ("announcement", "decision", "report")
OFFICIAL = (*HEADED, "public_notice", "recommendation")


@dataclass(frozen=True)
class Box:
    """A place on a page in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Paper:
    """The first pages of a paper and where things stand on them."""

    def __init__(self, path: Path) -> None:
        self.pages: list[PdfPage] = list(pdfium.PdfDocument(path))

    def signs(self, page: int = 0) -> list[tuple[str, Box, Box]]:
        """Every sign: its square as the font counts it, and its ink."""
        words, height = self.pages[page].get_textpage(), self.pages[page].get_height()
        found = []
        for n in range(words.count_chars()):
            sign = words.get_text_range(n, 1)
            if sign.strip():
                boxes = (words.get_charbox(n, loose=loose) for loose in (True, False))
                square, ink = (
                    Box(b[0] * MM, (height - b[3]) * MM, b[2] * MM, (height - b[1]) * MM) for b in boxes
                )
                found.append((sign, square, ink))
        return found

    def find(self, text: str, page: int = 0) -> list[Box]:
        """The squares of a text's signs."""
        signs = self.signs(page)
        at = "".join(sign for sign, _square, _ink in signs).index("".join(text.split()))
        return [square for _sign, square, _ink in signs[at : at + len("".join(text.split()))]]

    def rules(self, page: int = 0) -> list[Box]:
        """Lying lines, from the top down, drawn where their middle is."""
        height = self.pages[page].get_height()
        found = []
        for thing in self.pages[page].get_objects(max_depth=4):
            if thing.type != pdfium_c.FPDF_PAGEOBJ_PATH:
                continue
            left, bottom, right, top = thing.get_bounds()
            if right - left > 20 * (top - bottom):
                middle = (height - (top + bottom) / 2) * MM
                # A line's bounds reach half its thickness further at both ends.
                half = (top - bottom) / 2
                found.append(Box((left + half) * MM, middle, (right - half) * MM, middle))
        return sorted(found, key=lambda rule: rule.top)


@pytest.fixture(scope="module")
def paper(fonts: Fonts, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Paper]:
    folder = tmp_path_factory.mktemp("official")

    def make(name: str) -> Paper:
        path = folder / f"{name}.pdf"
        if not path.exists():
            render(name, specimens.sample(name), fonts=fonts, out=path)
        return Paper(path)

    return make


def near(value: float) -> object:
    return pytest.approx(value, abs=1)


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_page_and_the_type_area(name: str, paper: Callable[[str], Paper]) -> None:
    made = paper(name)
    assert [side * MM for side in made.pages[0].get_size()] == [near(210), near(297)]
    signs = [ink for sign, _square, ink in made.signs(1) if sign != "—"]
    assert min(ink.left for ink in signs) >= 27
    assert max(ink.right for ink in signs) <= 185
    # The text begins at the top of the type area, its first sign at the left or two further in.
    first = made.signs(1)[0][1]
    assert first.top == near(37) or any(rule.top == near(37) for rule in made.rules(1))


@pytest.mark.parametrize("name", HEADED)
def test_banner_number_and_rule(name: str, paper: Callable[[str], Paper]) -> None:
    made, data = paper(name), specimens.sample(name)
    banner = [box for issuer in data["issuers"] for box in made.find(issuer)]
    assert min(box.top for box in banner) == near(37 + 35)
    assert min(box.left for box in banner) >= 28
    assert max(box.right for box in banner) <= 184
    number = made.find(data["number"])[0]
    # Two empty lines below the banner, in the middle of a line of its own.
    bottom = max(box.bottom for box in made.find(data["issuers"][-1])[1:2])
    assert number.top == near(bottom + 2 * PITCH + (PITCH - EM) / 2)
    rule = made.rules()[0]
    assert rule.top == near(number.bottom + 4)
    assert (rule.left, rule.right) == (near(28), near(184))
    title = made.find(data["title"].split("\n")[0])
    assert title[0].top == near(rule.top + 2 * PITCH + (32 - 22) / 2 * MM)
    assert title[0].bottom - title[0].top == near(22 * MM)
    assert (title[0].left + title[-1].right) / 2 == near(28 + 156 / 2)


@pytest.mark.parametrize("name", HEADED)
def test_body_and_addressee(name: str, paper: Callable[[str], Paper]) -> None:
    made, data = paper(name), specimens.sample(name)
    addressee, body = made.find(data["addressees"]), made.find(data["body"][0]["text"][:12])
    last_title = made.find(data["title"].split("\n")[-1])[-1]
    assert addressee[0].left == near(28)
    assert addressee[0].top == near(last_title.bottom + PITCH + PITCH - EM)
    assert body[0].left == near(28 + 2 * 156 / 28)
    lines = addressee[0].top, body[0].top
    assert (lines[1] - lines[0]) % PITCH == near(0) or (lines[1] - lines[0]) % PITCH == near(PITCH)


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_page_number(name: str, paper: Callable[[str], Paper]) -> None:
    """Dashes 7 mm below the type area; odd numbers at the right, even ones at the left, one sign in."""
    made = paper(name)
    first = 1 if name == "recommendation" else 0
    for page in range(first, 2):
        dashes = [ink for sign, _square, ink in made.signs(page) if sign == "—"][-2:]
        assert dashes[0].top == near(37 + 225 + 7)
        one = 14 * MM
        edge = (dashes[1].right, 184 - one) if page % 2 == 0 else (dashes[0].left, 28 + one)
        assert edge[0] == near(edge[1])


def test_the_first_page_of_a_letter(paper: Callable[[str], Paper]) -> None:
    """10.1: issuer 30 mm below the edge; double rules of 170 mm, 4 mm below it and 20 mm above the foot."""
    made, data = paper("recommendation"), specimens.sample("recommendation")
    issuer = made.find(data["issuer"])[1]
    assert issuer.top == near(30)
    rules = [rule for rule in made.rules() if rule.right - rule.left > 165]
    assert len(rules) == 4
    assert rules[0].top == near(issuer.bottom + 4)
    assert rules[-1].top == near(297 - 20)
    assert {round(rule.right - rule.left) for rule in rules} == {170}
    number = made.find(data["number"])
    assert number[0].top == near(rules[1].top + 16 * 7 / 8 * MM)
    assert number[-1].right == near(184)
    assert not [sign for sign, _square, _ink in made.signs() if sign == "—"], "no number on the first page"


def test_the_date_and_the_names(paper: Callable[[str], Paper]) -> None:
    made, data = paper("announcement"), specimens.sample("announcement")
    date = made.find(data["date"])
    assert date[-1].right == near(184 - 4 * EM)
    assert made.find(data["signatures"][0]["name"] + data["date"])[0].left < date[0].left
