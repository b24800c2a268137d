"""One row of a table of answers: read into a record, or refused with the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xingyun.documents.sheets import Line
from xingyun.registry.actions.roster.columns import cell
from xingyun.registry.actions.roster.rows import RowFault, Wrong, code_of, day_of
from xingyun.reviews.actions.looking_up import LookUpData
from xingyun.reviews.models import AnswerSheet
from xingyun.reviews.states import AnswerField, Found

# What bodies write; whatever else is asked back: a wrong guess would shut somebody out, or let somebody in.
CLEAR = frozenset(
    (
        "无",
        "没有",
        "没有记录",
        "无记录",
        "未发现",
        "未查到",
        "未发现记录",
        "未查到记录",
        "未列入",
        "不在名单",
        "正常",
        "否",
        "no",
        "none",
        "clear",
        "0",
    )
)
LISTED = frozenset(
    (
        "有",
        "有记录",
        "查到",
        "查到记录",
        "发现记录",
        "已列入",
        "列入",
        "在名单",
        "是",
        "yes",
        "listed",
        "1",
    )
)
NOISE = re.compile(r"[\s。，,.;；]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that may be recorded."""

    number: int
    uscc: str
    name: str
    data: LookUpData
    cells: tuple[str, ...]

    def refused(self, message: str) -> Wrong:
        """The same row, left out."""
        return Wrong(self.number, self.uscc, self.name, message, self.cells)


def empty(line: Line, columns: Mapping[str, int]) -> bool:
    """Whether nothing that is asked for stands in it: a blank line, or who exported the table."""
    return not any(cell(line, place) for place in columns.values())


def read(line: Line, made: AnswerSheet) -> Answer:
    """The answer that a row means; what it leaves open is as the sheet says. Raises RowFault."""
    columns = made.columns
    given = {field.value: cell(line, columns.get(field)) for field in AnswerField}
    code = code_of(given[AnswerField.USCC])
    on = _day(given[AnswerField.ANSWERED_ON]) if given[AnswerField.ANSWERED_ON] else made.answered_on
    data = LookUpData(
        found=_found(given[AnswerField.FOUND]),
        source=given[AnswerField.SOURCE] or made.source,
        looked_up_on=on,
        number=given[AnswerField.NUMBER] or made.number,
        officer=given[AnswerField.OFFICER] or made.officer,
        remark=given[AnswerField.REMARK],
        entries=tuple(sorted({_day(one) for one in re.split(r"[\s,，、;；]+", given["entries"]) if one})),
        proof=made.proof,
    )
    return Answer(line.number, code, given[AnswerField.NAME], data, tuple(line.cells))


def _found(said: str) -> str:
    plain = NOISE.sub("", said).lower()
    if not plain:
        raise RowFault(_("没有写结果。还没有答复的可以留着，下次再登记。"))
    if plain in CLEAR:
        return Found.CLEAR
    if plain in LISTED:
        return Found.LISTED
    raise RowFault(_("结果“%s”认不出。请写“没有”或“有”，情况写在说明里。") % said[:40])


def _day(said: str) -> date:
    found = day_of(said)
    if found is None:
        raise RowFault(_("日期“%s”认不出。请写成 2020-03-16。") % said[:40])
    return found
