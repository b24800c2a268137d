"""Pages: size, margins, the grid of official documents, and what stands at the foot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from xingyun.documents.word.marks import Look, field, mm, paragraph, run
from xingyun.documents.word.styles import PITCH, twips


@dataclass(frozen=True)
class Page:
    """A4. Margins in millimetres; `foot` tells what stands below, `bare_first` that page one differs."""

    top: float
    right: float
    bottom: float
    left: float
    flipped: bool = False
    foot: Literal["outside", "of all", "none"] = "none"
    bare_first: bool = False

    @property
    def wide(self) -> float:
        """The width of the type area in millimetres."""
        return (297 if self.flipped else 210) - self.left - self.right


OFFICIAL = Page(37, 26, 35, 28, foot="outside")
LETTER = Page(37, 26, 35, 28, foot="outside", bare_first=True)
BOOKLET = Page(24, 20, 30, 26)
TABLED = Page(22, 19, 30, 25)
SHEET = Page(28, 26, 26, 26, foot="of all")
RECEIPT = Page(30, 28, 26, 28)
LYING = Page(18, 15, 18, 15, flipped=True, foot="of all")


def section(page: Page, footer: Callable[[str], str], first: str = "") -> str:
    """The properties of a section. `footer` keeps what stands at the foot and returns its reference.

    `first` are the references of what only the first page has.
    """
    width, height = (297, 210) if page.flipped else (210, 297)
    orient = ' w:orient="landscape"' if page.flipped else ""
    # The dashes beside the number lie 7 mm below the type area.
    foot = 25.6 if page.foot == "outside" else 9
    return (
        f'<w:sectPr>{first}{_feet(page, footer)}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{mm(width)}" w:h="{mm(height)}"{orient}/>'
        f'<w:pgMar w:top="{mm(page.top)}" w:right="{mm(page.right)}" w:bottom="{mm(page.bottom)}"'
        f' w:left="{mm(page.left)}" w:header="{mm(30 if page.bare_first else 15)}" w:footer="{mm(foot)}"'
        ' w:gutter="0"/>'
        f"{'<w:titlePg/>' if page.bare_first else ''}{_grid() if page.foot == 'outside' else ''}</w:sectPr>"
    )


def _grid() -> str:
    return f'<w:docGrid w:type="lines" w:linePitch="{twips(PITCH)}"/>'


def _feet(page: Page, footer: Callable[[str], str]) -> str:
    if page.foot == "none":
        return ""
    if page.foot == "of all":
        small = Look(size=9, align="center")
        said = (
            run("第 ", small),
            field("PAGE"),
            run(" 页　共 ", small),
            field("NUMPAGES"),
            run(" 页", small),
        )
        kept = footer(paragraph("Small", *said, look=small))
        return f'<w:footerReference w:type="default" r:id="{kept}"/>'
    number = (run("— "), field("PAGE"), run(" —"))
    odd = footer(paragraph("Footer", *number, look=Look(align="right", right=14, line=16)))
    even = footer(paragraph("Footer", *number, look=Look(align="left", left=14, line=16)))
    return (
        f'<w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
    )
