"""The application form of the annex: cover, instructions, the table of merged cells, the checklist."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from xingyun.documents.shapes import FormGroup, FormRow, Place
from xingyun.documents.word.file import Pack
from xingyun.documents.word.grid import Cell, Merge, Row, table
from xingyun.documents.word.marks import MM, Look, lines, paragraph, run, space, text

# group | sub-group | label | value | label | value: 166 mm between the margins.
WIDTHS = (14.0, 17.0, 20.0, 53.0, 22.0, 40.0)
CHECKLIST = (24.0, 32.0, 46.0, 24.0, 40.0)
RUNNING = 225.0
WHOLE = sum(WIDTHS[1:])


def cover(_pack: Pack, data: Mapping[str, Any]) -> str:
    """The first page: title, lines to write on, who compiled it. Codes are for printed pages only."""
    out = []
    if data.get("annex"):
        out.append(text("AnnexLabel", data["annex"], Look(size=14)))
    out += [space(34 * MM), text("Cover", data["title"])]
    if data.get("subtitle"):
        out.append(text("Heading", data["subtitle"], Look(size=16)))
    out.append(space(44 * MM))
    rows = [_cover_line(line) for line in data["lines"]]
    out.append(table([38.0, 92.0, 34.0], rows, lines="none"))
    out += [space(40 * MM), text("CoverLine", data["compiled_by"], Look(align="center"))]
    return "".join(out)


def _cover_line(line: Mapping[str, Any]) -> Row:
    seal = f"（{line['seal']['label']}）" if line.get("seal") else ""
    ruled = text("CoverLine", line["value"], Look(align="center", rule="000000", gap=1, thin=True))
    return Row(
        [Cell(text("CoverLine", f"{line['label']}：")), Cell(ruled), Cell(text("CoverLine", seal))], 17
    )


def instructions(_pack: Pack, data: Mapping[str, Any]) -> str:
    """Numbered items, and whom to ask."""
    out = [text("Heading", data["title"])]
    out += [text("Indented", f"{n}、{item}") for n, item in enumerate(data["items"], start=1)]
    contacts = data.get("contacts")
    if contacts:
        out.append(text("Indented", contacts["title"], Look(before=18)))
        out += [text("Indented", f"{line['label']}：{line['value']}") for line in contacts["lines"]]
    return "".join(out)


def form(_pack: Pack, data: Mapping[str, Any]) -> str:
    """The form itself, the authority's box on a page of its own, the list of materials."""
    rows = [row for group in data["groups"] for row in _group(group)]
    out = [text("Heading", data["title"]), table(WIDTHS, rows)]
    if data.get("opinion"):
        out.append(_opinion(data["opinion"]))
    attached = data.get("attachments")
    if attached:
        out.append(text("Text", attached["title"], Look(new_page=True, after=6)))
        hang = Look(left=20, hanging=20)
        out += [text("Text", f"{n}.{item}", hang) for n, item in enumerate(attached["items"], start=1)]
        if attached.get("note"):
            out.append(text("Text", attached["note"], Look(before=12)))
    return "".join(out)


def _group(group: FormGroup) -> list[Row]:
    if group["kind"] == "fields":
        return _fields(group)
    said = lines("Indented", group.get("text", "")) or "<w:p/>"
    if group["kind"] == "text":
        height = 20 + group.get("min", 0)
        return [Row([_side(group["label"]), Cell(said, span=5, top=True)], height)]
    said += _places(group.get("places", ()), group.get("date", ""))
    return [Row([_side(group["label"]), Cell(said, span=5, top=True)], 60, whole=True)]


def _fields(group: FormGroup) -> list[Row]:
    """Rows of a group share its cell; successive rows with the same sub-group share that one's."""
    out: list[Row] = []
    for sub, together in groupby(group.get("rows", ()), key=lambda row: row.get("sub", "")):
        for number, row in enumerate(together):
            cells = [_side(group["label"]) if not out else Cell("", merge="continue")]
            if sub:
                merge: Merge = "restart" if number == 0 else "continue"
                cells.append(Cell(text("Label", _two_and_two(sub)) if number == 0 else "", merge=merge))
            out.append(Row([*cells, *_pair(row, bool(sub))], 9.2, whole=True))
    if out:
        first = out[0].cells[0]
        out[0] = Row([Cell(first.content, merge="restart"), *out[0].cells[1:]], 9.2, whole=True)
    return out


def _pair(row: FormRow, subbed: bool) -> list[Cell]:
    span, cells = (1 if subbed else 2), row["cells"]
    looks = [Look(align="left") if cell.get("left") else Look() for cell in cells]
    first = Cell(text("Label", cells[0]["label"]), span=span)
    if len(cells) == 1:
        return [first, Cell(text("Value", cells[0]["value"], looks[0]), span=3)]
    values = [Cell(text("Value", cell["value"], look)) for cell, look in zip(cells, looks, strict=True)]
    return [first, values[0], Cell(text("Label", cells[1]["label"])), values[1]]


def _two_and_two(label: str) -> str:
    """Four characters stand two and two."""
    return f"{label[:2]}\n{label[2:]}" if len(label) == 4 else label


def _side(label: str) -> Cell:
    return Cell(text("Label", label))


def _places(places: Sequence[Place], date: str) -> str:
    out = [text("Text", f"{place['label']}：", Look(left=62 * MM, before=20, after=8)) for place in places]
    if date:
        out.append(text("Text", date, Look(align="right", right=6 * MM, before=20, after=10)))
    return "".join(out)


def _opinion(opinion: Mapping[str, Any]) -> str:
    said = lines("Indented", opinion.get("text", ""))
    # The places stand low in the box, where the seal is wanted.
    room = space((RUNNING - 75) * MM - said.count("<w:p>") * 20)
    places = _places(opinion["places"], opinion.get("date", ""))
    box = Row(
        [_side(opinion["label"]), Cell(said + room + places, span=1, top=True)], RUNNING - 8, whole=True
    )
    return paragraph("Space", look=Look(line=1, new_page=True)) + table([WIDTHS[0], WHOLE], [box])


def checklist(_pack: Pack, data: Mapping[str, Any]) -> str:
    """Category and subcategory are merged cells; ticks and pages are those of the book."""
    pages, tick = data.get("pages", {}), data.get("tick", "√")
    rows = [
        Row([Cell(paragraph("Label", run(name, Look(bold=True)))) for name in data["columns"]], 9, head=True)
    ]
    for category in data["categories"]:
        first_of_category = True
        for sub in category["subs"]:
            for number, domain in enumerate(sub["domains"]):
                rows.append(
                    Row(
                        [
                            _merged(category["label"], first_of_category),
                            _merged(sub["label"], number == 0),
                            Cell(text("Value", domain["label"])),
                            Cell(text("Value", tick if domain["ticked"] else "")),
                            Cell(text("Value", pages.get(domain["key"], ""))),
                        ],
                        8,
                        whole=True,
                    )
                )
                first_of_category = False
    above = text("AnnexLabel", data["annex"], Look(size=14)) if data.get("annex") else ""
    below = text("Small", data["note"], Look(before=10)) if data.get("note") else ""
    return above + text("Heading", data["title"]) + table(CHECKLIST, rows) + below


def _merged(label: str, first: bool) -> Cell:
    return Cell(text("Label", label), merge="restart") if first else Cell("", merge="continue")
