"""Which column of a handed-in table holds what: guessed by its headings, else by what stands in it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from xingyun.documents.sheets import Line
from xingyun.registry.models import Authority, RosterColumns
from xingyun.registry.states import NEEDED, RosterField
from xingyun.rulebook import uscc as codes

Columns = dict[str, int]
# The columns that our own report adds; a mended report is the table that it was.
REASON, PLACE = "哪里不对", "原行号"
# The first word that a heading holds decides, and the first field that fits takes the column.
WORDS: Mapping[str, tuple[str, ...]] = {
    RosterField.USCC: ("信用代码", "统一代码", "社会信用", "税号", "uscc", "credit code"),
    RosterField.PROVIDER: ("服务商", "云厂商", "云平台", "provider"),
    RosterField.DISTRICT: ("区县", "县区", "所属区", "所在区", "所属地", "属地", "district"),
    RosterField.LISTED_ON: ("上云时间", "上云日期", "首次上云", "列入", "时间", "日期", "listed", "date"),
    RosterField.NAME: ("企业名称", "单位名称", "公司名称", "名称", "企业", "单位", "name", "enterprise"),
}
HEADS_WITHIN = 10
FIGURES = re.compile(r"\d{4}")


def head_of(lines: Sequence[Line]) -> int:
    """The number of the row with the headings, below a title perhaps; 0 where the table begins at once."""
    above = list(takewhile(lambda line: not any(map(like_a_code, line.cells)), lines[:HEADS_WITHIN]))
    for line in above:
        if RosterField.USCC in by_words(line.cells):
            return line.number
    # Words that nobody foresaw: what stands right above the first code, unless it holds figures itself.
    last = above[-1] if 0 < len(above) < len(lines) else None
    words = last is not None and sum(map(bool, last.cells)) >= len(NEEDED)
    return last.number if last and words and not any(map(FIGURES.search, last.cells)) else 0


def by_words(heads: Sequence[str]) -> Columns:
    """The places that the headings tell."""
    low, found = [head.lower() for head in heads], Columns()
    for field, words in WORDS.items():
        for word in words:
            places = [n for n, head in enumerate(low) if word in head and n not in found.values()]
            if places:
                found[field] = places[0]
                break
    return found


def by_content(lines: Sequence[Line]) -> Columns:
    """The places of code and name, told by what stands in the first rows."""
    width = max((len(line.cells) for line in lines), default=0)
    if width < len(NEEDED):
        return {}
    code = max(range(width), key=lambda n: sum(like_a_code(cell(line, n)) for line in lines))
    others = [n for n in range(width) if n != code]
    name = max(others, key=lambda n: sum(not sign.isdigit() for line in lines for sign in cell(line, n)))
    return {RosterField.USCC: code, RosterField.NAME: name}


def guess(authority: Authority, heads: Sequence[str], lines: Sequence[Line]) -> Columns:
    """What this office chose for these headings last time, else what they tell, else what is in the rows."""
    if not heads:
        return by_content(lines)
    known = RosterColumns.objects.filter(authority=authority, heads=digest(heads)).first()
    if known is not None and all(place < len(heads) for place in known.columns.values()):
        return dict(known.columns)
    told = by_words(heads)
    return told if all(field in told for field in NEEDED) else {**by_content(lines), **told}


def digest(heads: Sequence[str]) -> str:
    """By what a set of headings is known again."""
    said = [head.strip().lower() for head in heads if head not in (REASON, PLACE)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def like_a_code(text: str) -> bool:
    """Whether this could be meant as a code."""
    return len(codes.normalise(text)) == codes.LENGTH and codes.normalise(text).isalnum()


def cell(line: Line, place: int | None) -> str:
    """What stands in this column, nothing where the row is shorter."""
    return line.cells[place] if place is not None and place < len(line.cells) else ""
