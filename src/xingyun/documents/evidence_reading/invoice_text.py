"""Invoices from the text of a page, by where labels and values stand; a file's own order is no help."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xingyun.documents.evidence_reading.amounts import CAPITALS, capital_fen, fen
from xingyun.documents.evidence_reading.days import day_of
from xingyun.documents.evidence_reading.kinds import by_title
from xingyun.documents.evidence_reading.layout import Row, Sheet
from xingyun.documents.evidence_reading.said import Origin, Record, Source

NEAR = 20.0  # millimetres between the number and the day of one invoice
FAR = 50.0  # millimetres beyond which what follows a label is no value of its
TAX_ID = re.compile(r"[0-9A-Z]{15,20}")
_NUMBER = re.compile(r"发票号码:?")
_DAY = re.compile(r"开票日期:?")
_NAME = re.compile(r"(?<![务品目])名称:")
_ID = re.compile(r"(?:统一社会信用代码(?:/|或)?)?纳税人识别号:?|统一社会信用代码:")
_SUM = re.compile(r"(?<!税)合计:?")
_MONEY = re.compile(r"([¥(]?-?¥?\d[\d,]*\.\d{2})|\*+")
# What may follow a value in its row and is no part of it.
_NEXT = re.compile(r"名称:|纳税人识别号|统一社会信用|密码区|发票(?:号码|代码)|开票日期|校验码|地址|开户行")


@dataclass(frozen=True)
class Region:
    """The part of a page that one invoice fills; top and bottom in millimetres."""

    top: float
    bottom: float
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Its rows for searching."""
        return "\n".join(row.text for row in self.rows)


def regions(sheet: Sheet) -> list[Region]:
    """The invoices of a page, from top to bottom. A page that only speaks of invoices has none."""
    days = [row.base for row in sheet.rows if _DAY.search(row.text)]
    # A number without a day beside it is another invoice's, named in the remarks of this one.
    anchors = [
        row.base
        for row in sheet.rows
        if _NUMBER.search(row.text) and any(abs(day - row.base) < NEAR for day in days)
    ]
    starts = [0.0]
    for before, here in itertools.pairwise(anchors):
        if here - before > 40:  # the title and the code stand a little above the number
            starts.append(here - (here - before) * 0.1)
    ends = [*starts[1:], max(sheet.height, starts[-1] + 1)]
    parts = (
        Region(top, bottom, tuple(row for row in sheet.rows if top <= row.base < bottom))
        for top, bottom in zip(starts, ends, strict=True)
    )
    return [part for part in parts if _NUMBER.search(part.text) and _DAY.search(part.text)]


def invoice_in(region: Region, source: Source, page: int) -> Record:
    """The fields that can be told from the text of a region."""
    origin, record = Origin(source, page, "text" if source != "text" else ""), Record()
    record.add("kind", by_title(region.text), origin)
    record.add("number", _labelled(region, _NUMBER, r"\d{20}|\d{8}") or _alone(region, r"\d{20}"), origin)
    record.add("code", _labelled(region, re.compile(r"发票代码:?"), r"\d{12}|\d{10}"), origin)
    record.add("issued_on", _day(region), origin)
    _parties(region, record, origin)
    _sums(region, record, origin)
    return record


def _after(row: Row, start: int) -> str:
    """What stands right of a label in its own column, as printed."""
    if start >= len(row.glyphs) or row.glyphs[start].left - row.glyphs[start - 1].right > FAR:
        return ""
    stop = row.until_gap(start)
    following = _NEXT.search(row.text, start, stop)
    return row.shown[start : following.start() if following else stop]


def _labelled(region: Region, label: re.Pattern[str], wanted: str) -> str | None:
    """The value of the form `wanted` right of a label."""
    for row in region.rows:
        for match in label.finditer(row.text):
            value = row.text[match.end() : match.end() + len(_after(row, match.end()))]
            if found := re.match(rf"(?:No\.?)?({wanted})(?!\d)", value):
                return found.group(1)
    return None


def _alone(region: Region, wanted: str) -> str | None:
    """The one value of this form in the region, if there is just one."""
    found = set(re.findall(rf"(?<!\d){wanted}(?!\d)", region.text))
    return str(found.pop()) if len(found) == 1 else None


def _day(region: Region) -> str | None:
    for row in region.rows:
        if match := _DAY.search(row.text):
            # Printed forms have 年, 月 and 日 with room between them.
            return day_of(row.text[match.end() : match.end() + 16]) or day_of(region.text)
    return day_of(region.text)


def _parties(region: Region, record: Record, origin: Origin) -> None:
    """Fully digital: buyer left, seller right in one row. Older: buyer above, seller below."""
    for label, names in ((_NAME, ("buyer", "seller")), (_ID, ("buyer_tax_id", "seller_tax_id"))):
        places = [(row, match) for row in region.rows for match in label.finditer(row.text)]
        for name, (row, match) in zip(names, _two(places, region), strict=True):
            value = _after(row, match.end()) if match else ""
            record.add(name, _party(value) if label is _NAME else _tax_id(row, match), origin)


def _two(
    places: Sequence[tuple[Row, re.Match[str]]], region: Region
) -> list[tuple[Row, re.Match[str] | None]]:
    """The label of the buyer and that of the seller; one alone belongs to the half that it stands in."""
    if len(places) >= 2:
        return [places[0], places[1]]
    nobody: tuple[Row, None] = (Row(()), None)
    if not places:
        return [nobody, nobody]
    upper = places[0][0].base < (region.top + region.bottom) / 2
    return [places[0], nobody] if upper else [nobody, places[0]]


def _party(value: str) -> str:
    return value.strip(":：*·") if len(value) > 1 else ""


def _tax_id(row: Row, match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    found = TAX_ID.match(_after(row, match.end()).upper())
    return found.group() if found else None


def _sums(region: Region, record: Record, origin: Origin) -> None:
    record.add("gross_fen", _gross(region), origin)
    for row in region.rows:
        if match := _SUM.search(row.text):
            money = list(_money(row, match.end()))
            if len(money) >= 2:
                record.add("net_fen", money[0], origin)
                record.add("tax_fen", money[1] if money[1] is not None else 0, origin)
                break
    if words := CAPITALS.search(region.text):
        record.add("gross_fen", capital_fen(words.group()), Origin(origin.source, origin.page, "capitals"))
    if not {"net_fen", "tax_fen", "gross_fen"} <= record.said.keys():
        _by_adding_up(region, record, origin)


def _gross(region: Region) -> int | None:
    for row in region.rows:
        if match := re.search(r"\(?小写\)?:?", row.text):
            for amount in _money(row, match.end()):
                return amount
    return None


def _money(row: Row, start: int) -> Iterator[int | None]:
    """The sums right of a place; stars, which stand for a tax that is not stated, are None."""
    for match in _MONEY.finditer(row.text, start):
        yield fen(match.group(1).strip("(")) if match.group(1) else None


def _by_adding_up(region: Region, record: Record, origin: Origin) -> None:
    """Three sums marked ¥ of which two make the third are net, tax and gross, wherever they stand."""
    marked = [fen(text) for text in re.findall(r"¥(-?\d[\d,]*\.\d{2})", region.text)]
    sums = [amount for amount in marked if amount is not None]
    if not sums or len(sums) > 60:
        return
    gross = max(sums, key=abs)
    for n, net in enumerate(sums):
        for tax in (*sums[:n], *sums[n + 1 :]):
            if net + tax == gross and abs(net) >= abs(tax) and net != gross:
                for name, amount in (("net_fen", net), ("tax_fen", tax), ("gross_fen", gross)):
                    if name not in record.said:
                        record.add(name, amount, origin)
                return
