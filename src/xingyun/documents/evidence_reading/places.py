"""Where on its page a value stands: a box that can be drawn over the page's picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from xingyun.documents.evidence_reading.layout import Row, Sheet, narrow
from xingyun.documents.evidence_reading.said import Field, Record, Said, Value

Box: TypeAlias = tuple[int, int, int, int]
WHOLE = 1000
ROOM = 0.25  # of a sign's height, around what is found


def put(record: Record, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Give every value of the record that was read as text on this sheet its box among these rows."""
    for name, readings in record.said.items():
        record.said[name] = [_placed(name, one, sheet, rows) for one in readings]


def placed(fields: Mapping[str, Field], sheets: Mapping[int, Sheet]) -> dict[str, Field]:
    """The fields with the boxes of what was read as text on these sheets (by page)."""

    def on_its_sheet(name: str, one: Said) -> Said:
        sheet = sheets.get(one.origin.page or 0)
        return _placed(name, one, sheet, sheet.rows) if sheet else one

    return {
        name: Field(tuple(on_its_sheet(name, one) for one in field.readings))
        for name, field in fields.items()
    }


def _placed(name: str, one: Said, sheet: Sheet, rows: Sequence[Row]) -> Said:
    if one.origin.source != "text" or one.origin.page != sheet.number or one.origin.where == "capitals":
        return one
    box = _find(name, one.value, sheet, rows)
    return Said(one.value, replace(one.origin, box=box)) if box else one


def _find(name: str, value: Value, sheet: Sheet, rows: Sequence[Row]) -> Box | None:
    for wanted in _written(name, value):
        for row in rows:
            at = row.text.find(wanted)
            if at >= 0 and not _inside_a_number(row.text, at, wanted):
                glyphs = row.glyphs[at : at + len(wanted)]
                high = max(glyph.height for glyph in glyphs)
                left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
                base, room = max(glyph.base for glyph in glyphs), high * ROOM
                return _seen(sheet, left - room, base - high - room, right + room, base + 2 * room)
    return None


def _inside_a_number(text: str, at: int, wanted: str) -> bool:
    before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
    return (before.isdigit() and wanted[0].isdigit()) or (after.isdigit() and wanted[-1].isdigit())


def _written(name: str, value: Value) -> Iterator[str]:
    """How a value may stand on paper, without blanks."""
    if isinstance(value, int):
        if name.endswith("_fen"):
            yield f"{value / 100:,.2f}"
            yield f"{value / 100:.2f}"
            if value % 100 == 0:
                yield f"{value // 100:,}"
                yield str(value // 100)
        return
    parts = value.split("-")
    if name.endswith("_on") and len(parts) == 3 and all(part.isdigit() for part in parts):
        year, month, day = parts
        yield f"{year}年{month}月{day}日"
        yield f"{year}年{int(month)}月{int(day)}日"
        yield from (sign.join(parts) for sign in "-/.")
        yield from (sign.join((year, str(int(month)), str(int(day)))) for sign in "-/.")
    elif len(bare := narrow("".join(value.split()))) > 1:
        yield bare


def _seen(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> Box | None:
    """From millimetres of the upright text to thousandths of the page as it is shown."""
    wide, high = sheet.width, sheet.height
    if wide <= 0 or high <= 0:
        return None
    for _quarter in range(sheet.turned % 4):
        # Anticlockwise: what was right is above.
        left, top, right, bottom = top, wide - right, bottom, wide - left
        wide, high = high, wide
    return (
        _share(left, wide),
        _share(top, high),
        _share(right, wide),
        _share(bottom, high),
    )


def _share(place: float, side: float) -> int:
    return round(WHOLE * min(max(place / side, 0.0), 1.0))
