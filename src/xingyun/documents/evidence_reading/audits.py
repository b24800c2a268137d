"""What an audit report says: the total it comes to, the period, the firm, the report's number and day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xingyun.documents.evidence_reading import periods
from xingyun.documents.evidence_reading.amounts import CAPITALS, NUMBER, capital_fen, fen
from xingyun.documents.evidence_reading.days import days_in
from xingyun.documents.evidence_reading.prose import Prose
from xingyun.documents.evidence_reading.said import Field, Origin, Record, Source

NAMES: dict[str, tuple[str, str]] = {
    "title": ("报告名称", "The title"),
    "number": ("报告文号", "The report's number"),
    "firm": ("出具机构", "The firm"),
    "starts_on": ("期间起", "The start of the period"),
    "ends_on": ("期间止", "The end of the period"),
    "issued_on": ("报告日期", "The day of the report"),
    "total_fen": ("审定合计", "The total"),
}
_TITLE = re.compile(r"(?m)^\s*([^\n\t。;,:]{0,40}(?:审计|鉴证|审核|核查)[^\n\t。;,:]{0,12}报告(?:书)?)\s*$")
_FIRM = re.compile(
    r"[\u4e00-\u9fff()]{2,24}?(?:会计师|税务师|审计)事务所(?:有限责任公司|有限公司|\((?:特殊)?普通合伙\))?(?:[\u4e00-\u9fff]{2,6}分所)?"
)
_NUMBER = re.compile(
    r"(?:报告)?(?:编号|文号)\s*:\s*([^\s,。;\t\n]{4,40})|"
    r"([\u4e00-\u9fff]{1,12}(?:\([\u4e00-\u9fff]{1,6}\))?[\u4e00-\u9fff]{0,6}[〔\[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*第?\s*[\dA-Z-]{1,12}\s*号)"
)
# The plainest name of the total first.
_TOTAL = (
    re.compile(
        r"审定(?:金额|数|额|合计|总额|支出)?|经审(?:计|核)(?:确认|认定)?(?:的)?[^。\n\d]{0,30}?(?:金额|支出|总额|合计|费用)|确认(?:的)?(?:金额|支出|总额)"
    ),
    re.compile(r"(?:支出|费用|金额|投入)(?:总额|合计|共计|总计)(?:金额)?"),
    re.compile(r"(?<!税)(?:合计|总计|共计)"),
)
_MONEY = re.compile(rf"(?:(¥)\s*)?({NUMBER})\s*(亿|百万|万|千)?\s*(元)?")
REACH = 90  # signs behind a label within which its sum stands
_UNIT = re.compile(r"单位\s*:\s*(?:人民币)?\s*(百万|万|千)?元")


@dataclass(frozen=True)
class Audit:
    """An audit report's fields by name (see NAMES)."""

    fields: dict[str, Field]


def looks_like(pages: Sequence[Prose]) -> bool:
    """Whether the text is such a report's: titled so, by a firm or with a number of the kind."""
    head = "\n".join(page.plain for page in pages[:3])
    return bool(_TITLE.search(head)) and bool(_FIRM.search(head) or _NUMBER.search(head) or "审定" in head)


def audit_of(pages: Sequence[Prose], source: Source) -> Audit:
    """Read an audit report."""
    record = Record()
    for page in pages:
        origin, plain = Origin(source, page.page), page.plain
        if "title" not in record.said and (title := _TITLE.search(plain)):
            record.add("title", page.shown[title.start(1) : title.end(1)].strip(), origin)
        if "number" not in record.said and (number := _NUMBER.search(plain)):
            group = 1 if number.group(1) else 2
            record.add("number", page.shown[number.start(group) : number.end(group)].strip(), origin)
        if "starts_on" not in record.said and (period := periods.period_in(plain)) and period.end:
            record.add("starts_on", period.start, origin)
            record.add("ends_on", period.end, origin)
    _firm(pages, source, record)
    _issued(pages, source, record)
    _total(pages, source, record)
    return Audit(record.fields(NAMES))


def _firm(pages: Sequence[Prose], source: Source, record: Record) -> None:
    """The firm that signs stands last; a mention in a sentence may carry words before its name."""
    for page in reversed(pages):
        found = [page.shown[m.start() : m.end()] for m in _FIRM.finditer(page.plain)]
        alone = [name for name in found if f"\n{name}" in f"\n{page.shown}" or f"\t{name}" in page.shown]
        if alone or found:
            record.add("firm", (alone or found)[-1], Origin(source, page.page))
            return


def _issued(pages: Sequence[Prose], source: Source, record: Record) -> None:
    """The day alone on its line, the last one."""
    for page in reversed(pages):
        lines = [part for line in page.plain.split("\n") for part in line.split("\t")]
        for part in reversed(lines):
            day = next(days_in(part), None)
            if day and day.whole and len(part.strip()) - (day.end - day.start) <= 6:
                record.add("issued_on", day.iso, Origin(source, page.page))
                return


def _total(pages: Sequence[Prose], source: Source, record: Record) -> None:
    units = {page.page: [(m.start(), m.group(1) or "") for m in _UNIT.finditer(page.plain)] for page in pages}
    for pattern in _TOTAL:
        for page in pages:
            for match in pattern.finditer(page.plain):
                unit = next((unit for at, unit in reversed(units[page.page]) if at < match.start()), None)
                for amount, where in _sums(page.plain[match.end() : match.end() + REACH], unit):
                    record.add("total_fen", amount, Origin(source, page.page, where))
        if "total_fen" in record.said:
            return


def _sums(tail: str, unit: str | None) -> Iterator[tuple[int | None, str]]:
    """The sum that follows; a table's last column is its total, in the unit that stands above the table."""
    stop = re.search(r"[。;\n]", tail)
    tail = tail[: stop.start()] if stop else tail
    plain = [m for m in _MONEY.finditer(tail) if m.group(1) or m.group(4) or (m.group(3) and m.group(4))]
    if plain:
        yield fen(plain[0].group(2), plain[0].group(3) or ""), ""
    elif unit is not None and (
        bare := [m for m in _MONEY.finditer(tail) if "." in m.group(2) or "," in m.group(2)]
    ):
        yield fen(bare[-1].group(2), unit), "table"
    if words := CAPITALS.search(tail):
        yield capital_fen(words.group()), "capitals"
