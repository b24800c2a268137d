"""Official documents in the layout of GB/T 9704-2012: the same words in the same order as their PDF."""

from collections.abc import Mapping, Sequence
from typing import Any

from xingyun.documents.shapes import Imprint, Issuer
from xingyun.documents.shapes import Piece as Paragraph
from xingyun.documents.word import letterhead
from xingyun.documents.word.file import Pack
from xingyun.documents.word.grid import Cell, Row, listing, table
from xingyun.documents.word.marks import MM, Look, paragraph, run, space, text
from xingyun.documents.word.styles import PITCH

WIDE = 156.0
EM = 16.0
KINDS = {"h1": "Heading1", "h2": "Heading2", "p": "Body"}
# Kept on one page with what follows: names and date never stand alone.
KEPT = Look(kept=True)


def headed(_pack: Pack, data: Mapping[str, Any]) -> str:
    """A document with the red head."""
    return letterhead.head(data) + _body(data)


def bare(_pack: Pack, data: Mapping[str, Any]) -> str:
    """One without a head, such as a public notice."""
    return space(PITCH) + _body(data)


def letter(pack: Pack, data: Mapping[str, Any]) -> str:
    """A letter."""
    return letterhead.letter(pack, data) + _body(data)


def _body(data: Mapping[str, Any]) -> str:
    return "".join((
        text("Title", data["title"]),
        space(PITCH),
        text("Addressee", data["addressees"]) if data.get("addressees") else "",
        _narrative(data["body"]),
        "".join(listing(one, WIDE) for one in data.get("tables", ())),
        _narrative(data.get("closing", ()), last=True),
        _annex_note(data.get("annexes", ())),
        text("Body", data["contact"], Look(align="left", kept=True)) if data.get("contact") else "",
        _signatures(data["signatures"], data["date"]),
        "".join(_annex(page) for page in data.get("annex_pages", ())),
        _imprint(data["imprint"]) if data.get("imprint") else "",
    ))  # fmt: skip


def _narrative(pieces: Sequence[Paragraph], *, last: bool = False) -> str:
    return "".join(
        text(KINDS[piece.get("kind", "p")], piece["text"], KEPT if last else Look()) for piece in pieces
    )


def _annex_note(names: Sequence[str]) -> str:
    if not names:
        return ""
    numbers = [f"{n}. " if len(names) > 1 else "" for n in range(1, len(names) + 1)]
    out = [paragraph("Space", look=KEPT)]
    for n, (number, name) in enumerate(zip(numbers, names, strict=True)):
        hang = 3 * EM + (1.2 * EM if number else 0)
        if n:
            look = Look(left=2 * EM + hang, hanging=hang - 3 * EM, kept=True)
        else:
            look = Look(left=2 * EM + hang, hanging=hang, kept=True)
        out.append(text("AnnexNote", f"{'附件：' if n == 0 else ''}{number}{name}", look))
    return "".join(out)


def _signatures(issuers: Sequence[Issuer], date: str) -> str:
    room = paragraph("Space", look=Look(kept=True)) * 2
    day = text("Date", date, Look(right=4 * EM))
    if len(issuers) == 1:
        return room + text("Signature", issuers[0]["name"], Look(right=2 * EM)) + day
    rows = []
    for first in range(0, len(issuers), 2):
        pair = [issuer["name"] for issuer in issuers[first : first + 2]]
        cells = [Cell(text("Signature", name, Look(align="center"))) for name in (*pair, "")[:2]]
        rows.append(Row(cells, height=10 if first == 0 else 28, whole=True))
    return room + table([WIDE / 2, WIDE / 2], rows, lines="none") + day


def _annex(page: Mapping[str, Any]) -> str:
    return "".join((
        text("AnnexLabel", page["label"], Look(new_page=True)),
        space(PITCH),
        text("Title", page["title"]),
        space(PITCH),
        _narrative(page.get("body", ())),
        "".join(listing(one, WIDE) for one in page.get("tables", ())),
    ))  # fmt: skip


def _imprint(data: Imprint) -> str:
    """At the foot of the last page: a table that stands there, not a box of text."""
    on = len(data["on"]) * 14 / MM + 6
    side = Look(left=14)
    rows = []
    if data.get("cc"):
        rows.append(
            Row([Cell(paragraph("Imprint", run(f"抄送：{data['cc']}"), look=side), span=2)], height=8)
        )
    rows.append(
        Row(
            [
                Cell(text("Imprint", data["by"], side)),
                Cell(text("Imprint", data["on"], Look(align="right", right=14))),
            ],
            height=8,
        )
    )
    after = paragraph("Space", look=Look(line=1))
    return space(PITCH) + table([WIDE - on, on], rows, lines="rows", at_foot=True) + after
