"""The red head of an official document, and that of a letter (GB/T 9704-2012, 7.2 and 10.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xingyun.documents.word.file import Pack
from xingyun.documents.word.grid import Cell, Merge, Row, table
from xingyun.documents.word.marks import MM, Look, paragraph, run, space, text
from xingyun.documents.word.styles import KAI, PITCH, RED

WIDE = 156.0
TOP = 35 * MM
LONG = 12


def head(data: Mapping[str, Any]) -> str:
    """Banner, number (and signers), red rule, two blank lines."""
    names, word = list(data["issuers"]), data.get("file_word", "")
    size = fitting(names, word)
    return space(TOP) + _banner(names, word, size) + space(2 * PITCH) + _number(data) + space(2 * PITCH)


def fitting(names: list[str], word: str) -> float:
    """The size at which the banner is no wider than the type area, in points."""
    size = 34.0 if len(names) > 1 or len(names[0]) > LONG else 42.0
    wide = max(len(name) for name in names) * size + (3.2 * size if word else 0)
    return round(2 * size * min(1.0, WIDE * MM / wide)) / 2


def letter(pack: Pack, data: Mapping[str, Any]) -> str:
    """The issuer above a red double rule, another rule at the foot, both 170 mm; the number at the right."""
    size = min(38.0, WIDE * MM / len(data["issuer"]))
    over = Look(left=-7 * MM, right=-7 * MM, align="center", size=size, line=size * 1.1, rule=RED)
    pack.first_page(
        text("Banner", data["issuer"], replace(over, drawn="thickThinSmallGap")),
        paragraph("Space", look=replace(over, size=0, line=10, drawn="thinThickSmallGap", gap=1)),
    )
    return text("Number", data["number"], Look(align="right", before=14)) + space(2 * PITCH)


def _banner(names: list[str], word: str, size: float) -> str:
    look = Look(size=size, line=size * 1.1)
    if len(names) == 1:
        return text("Banner", names[0] + word, look)
    # Names of different length are stretched to the same width.
    stretched = Look(size=size, line=size * 1.1, align="distribute")
    name = max(len(one) for one in names) * size / MM + 6
    beside = (WIDE - name) if not word else min(WIDE - name, 3.2 * size / MM)
    rest = (WIDE - name - beside) / 2
    rows = []
    for number, one in enumerate(names):
        cells = [Cell(text("Banner", one, stretched))]
        if word:
            merge: Merge = "restart" if number == 0 else "continue"
            cells.append(Cell(text("Banner", word if number == 0 else "", look), merge=merge))
        rows.append(Row([Cell("<w:p/>"), *cells, Cell("<w:p/>")] if rest > 0 else cells))
    widths = [name, beside] if word else [name]
    return table([rest, *widths, rest] if rest > 0 else widths, rows, lines="none")


def _number(data: Mapping[str, Any]) -> str:
    signers = list(data.get("signers", ()))
    # The rule lies 4 mm below the number.
    rule = paragraph("Space", look=Look(line=4 * MM - 2, rule=RED, gap=1))
    if not signers:
        return text("Number", data["number"]) + rule
    look = Look(align="left", left=16, tab=WIDE * MM - 16)
    names = run("　".join(signers), Look(font=KAI))
    return paragraph("Number", run(f"{data['number']}\t签发人："), names, look=look) + rule
