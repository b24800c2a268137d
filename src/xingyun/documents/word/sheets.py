"""Receipts, notices to one enterprise, statements and records: plain sheets with a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from xingyun.documents.shapes import Line, Listing
from xingyun.documents.word.file import Pack
from xingyun.documents.word.grid import Cell, Row, listing, table
from xingyun.documents.word.marks import MM, Look, lines, paragraph, space, text

WIDE = 158.0
NARROW = 154.0
LYING = 267.0


def receipt(pack: Pack, data: Mapping[str, Any]) -> str:
    """What was received, and the entry of the record that the receipt stands for."""
    out = [
        text("Heading", data["title"], Look(size=22)),
        text("Small", data["number"], Look(align="center", after=16)),
    ]
    out.append(lines("Indented", data.get("lead", "")))
    rows = [Row([Cell(text("Text", one["label"])), Cell(text("Text", one["value"], Look(align="left")))], 9)
            for one in data["facts"]]  # fmt: skip
    out.append(table([42.0, NARROW - 42], rows, lines="rows"))
    if data.get("files"):
        out.append(text("SmallTitle", data.get("files_title", "")))
        files = [[f"{n}.", one["title"], one["note"]] for n, one in enumerate(data["files"], start=1)]
        cells = [Row([Cell(text("Small", value)) for value in row]) for row in files]
        out.append(table([9.0, NARROW - 45, 36.0], cells, lines="none"))
    out += [space(14), _record(pack, data), space(30), _signed(data)]
    note = Look(size=9.5, left=10, hanging=10)
    out += [text("Small", f"· {one}", note) for one in data.get("notes", ())]
    return "".join(out)


def _record(pack: Pack, data: Mapping[str, Any]) -> str:
    record = data["record"]
    said = text("Small", record["label"]) + text("Small", record["hash"])
    if record.get("note"):
        said += text("Small", record["note"], Look(size=9))
    if not data.get("qr"):
        return table([NARROW], [Row([Cell(said)], 14)])
    code = paragraph("Text", pack.code(data["qr"], 26), look=Look(align="center", line=26 * MM + 6))
    return table([NARROW - 32, 32.0], [Row([Cell(said), Cell(code)], 30)])


def return_notice(_pack: Pack, data: Mapping[str, Any]) -> str:
    """Everything to be mended at once."""
    rows = [
        [str(n), one["place"], one["text"], one["remedy"], one["clause"]]
        for n, one in enumerate(data["defects"], start=1)
    ]
    widths = (12.0, 34.0, 0.0, 0.0, 24.0)
    return (
        _top(data)
        + text("Text", data["addressee"])
        + lines("Indented", data["lead"])
        + _table(data["columns"], widths, rows, centred=(0, 4))
        + lines("Indented", data["closing"], Look(before=6))
        + space(24)
        + _signed(data)
        + _slip(data)
    )


def refusal(_pack: Pack, data: Mapping[str, Any]) -> str:
    """An application is not taken: each reason with its clause, and what can be done."""
    rows = [[str(n), one["text"], one["clause"]] for n, one in enumerate(data["grounds"], start=1)]
    return (
        _top(data)
        + text("Text", data["addressee"])
        + lines("Indented", data["lead"])
        + _table(data["columns"], (12.0, 0.0, 30.0), rows, centred=(0, 2))
        + lines("Indented", data["closing"], Look(before=6))
        + space(24)
        + _signed(data)
        + _slip(data)
    )


def cloud_statement(_pack: Pack, data: Mapping[str, Any]) -> str:
    """What was sold is a cloud service: said and sealed by both sides."""
    sides = [
        Cell(
            text("Text", f"{side['label']}（盖章）：", Look(align="left"))
            + text("Text", side["name"], Look(align="left"))
            + text("Text", f"{data['sign_label']}：", Look(align="left", before=70))
            + text("Text", data["date"], Look(align="right", before=14)),
            top=True,
        )
        for side in data["sides"]
    ]
    return (
        text("Heading", data["title"], Look(size=22))
        + (text("Text", data["addressee"]) if data.get("addressee") else "")
        + "".join(lines("Indented", piece) for piece in data["body"])
        + space(8)
        + _listing(data["table"])
        + "".join(lines("Indented", piece, Look(before=6)) for piece in data["pledge"])
        + space(20)
        + table([WIDE / 2, WIDE / 2], [Row(sides, 62, whole=True)], lines="none")
    )


def visit_record(_pack: Pack, data: Mapping[str, Any]) -> str:
    """Who went where and when, what was compared, what was found, who signs."""
    pairs = [list(data["facts"][n : n + 2]) for n in range(0, len(data["facts"]), 2)]
    facts = [Row(_facts(pair), 9.5, whole=True) for pair in pairs]
    texts = [
        Row(
            [
                Cell(text("Label", one["label"])),
                Cell(lines("Indented", one["value"]) or "<w:p/>", span=1, top=True),
            ],
            34,
        )
        for one in data["texts"]
    ]
    signs = "".join(text("Text", f"{one['label']}：", Look(before=12, align="left")) for one in data["signs"])
    return (
        text("Heading", data["title"], Look(size=22))
        + text("Small", data["number"], Look(align="right", after=4))
        + table([26.0, 53.0, 26.0, 53.0], facts)
        + space(6)
        + _listing(data["table"])
        + space(6)
        + (table([26.0, WIDE - 26], texts) if texts else "")
        + signs
        + text("Text", data["date"], Look(align="right", before=14))
    )


def summary_table(_pack: Pack, data: Mapping[str, Any]) -> str:
    """Lying: the table with its sums, the signature line."""
    annex = text("AnnexLabel", data["annex"], Look(size=14)) if data.get("annex") else ""
    above = Row(
        [
            Cell(text("Small", f"{data['unit']['label']}：{data['unit']['value']}")),
            Cell(text("Small", data.get("date", ""), Look(align="right"))),
        ]
    )
    wide = LYING / len(data["signs"])
    signs = Row([Cell(text("Small", f"{label}：")) for label in data["signs"]], 14, whole=True)
    return (
        annex
        + text("Heading", data["title"], Look(size=18))
        + table([LYING - 60, 60.0], [above], lines="none")
        + space(3)
        + listing(data["table"], LYING, head="TinyHead", cell="Tiny")
        + (text("Small", data["note"], Look(size=9, before=6)) if data.get("note") else "")
        + space(10)
        + table([wide] * len(data["signs"]), [signs], lines="none")
    )


def _top(data: Mapping[str, Any]) -> str:
    return (
        text("Text", data["issuer"], Look(align="center", size=14))
        + text("Heading", data["title"], Look(size=22))
        + text("Small", data["number"], Look(align="center", after=14))
    )


def _signed(data: Mapping[str, Any]) -> str:
    look = Look(align="right", right=8 * MM, after=6, kept=True)
    return text("Text", data["issuer"], look) + text("Text", data["date"], Look(align="right", right=8 * MM))


def _slip(data: Mapping[str, Any]) -> str:
    slip = data.get("slip")
    if not slip:
        return ""
    labels = list(slip["lines"])
    rows = [
        Row(
            [Cell(text("Small", f"{one}：" if one else "")) for one in (*labels[n : n + 2], "")[:2]],
            9,
            whole=True,
        )
        for n in range(0, len(labels), 2)
    ]
    cut = paragraph("Small", look=Look(before=14, rule="000000", drawn="dashed", gap=1, thin=True))
    title = cut + text("SmallTitle", slip["title"], Look(align="center", before=10, after=6))
    return title + table([WIDE / 2, WIDE / 2], rows, lines="none")


def _facts(pair: Sequence[Line]) -> list[Cell]:
    cells = []
    for one in pair:
        cells += [Cell(text("Label", one["label"])), Cell(text("Value", one["value"], Look(align="left")))]
    if len(pair) == 1:
        cells[1] = Cell(cells[1].content, span=3)
    return cells


def _listing(data: Listing, wide: float = WIDE) -> str:
    return listing(data, wide, head="SmallHead", cell="Small")


def _table(
    columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], centred: Sequence[int]
) -> str:
    described: list[Any] = [
        {"label": label, "align": "center" if n in centred else "left", **({"width": width} if width else {})}
        for n, (label, width) in enumerate(zip(columns, widths, strict=True))
    ]
    return _listing({"columns": described, "rows": rows})
