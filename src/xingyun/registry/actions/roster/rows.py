"""One row of a handed-in roster: read into an entry, or refused with the reason."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.documents.sheets import Line
from xingyun.registry.actions.roster.columns import cell
from xingyun.registry.states import RosterField
from xingyun.rulebook import uscc as codes

DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?\s*[日月]?(?:[ T].*)?$")
PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})?$")
# Days since the end of 1899, as spreadsheets keep a date whose format was lost: 1995 to 2064.
SERIAL, SERIALS = date(1899, 12, 30), range(34_700, 60_000)
EARLIEST = date(1990, 1, 1)
NAME_SIGNS, PROVIDER_SIGNS = 120, 120


class RowFault(Exception):
    """The row is left out; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that may be taken. `listed_on` and `provider` are None where the table does not say."""

    number: int
    uscc: str
    name: str
    listed_on: date | None = None
    provider: str | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that was left out: where it stood, what stood there, why."""

    number: int
    uscc: str
    name: str
    message: str
    cells: tuple[str, ...] = ()


def read(line: Line, columns: Mapping[str, int], own: Collection[str], latest: date) -> Row:
    """The entry that a row means. `own` are the office's names, `latest` the last day that may be named.

    Raises RowFault.
    """
    code = code_of(cell(line, columns[RosterField.USCC]))
    name = cell(line, columns[RosterField.NAME])
    if not name:
        raise RowFault(_("缺企业名称。请补上。"))
    if len(name) > NAME_SIGNS:
        raise RowFault(_("企业名称超过 %s 字。请核对是不是对错了列。") % NAME_SIGNS)
    _district(cell(line, columns.get(RosterField.DISTRICT)), own)
    day = cell(line, columns.get(RosterField.LISTED_ON))
    provider = cell(line, columns.get(RosterField.PROVIDER))[:PROVIDER_SIGNS]
    listed_on = _day(day, latest) if day else None
    return Row(line.number, code, name, listed_on, provider or None, tuple(line.cells))


def code_of(raw: str) -> str:
    """The code that is meant. Raises RowFault."""
    if not raw:
        raise RowFault(_("缺统一社会信用代码。请补上。"))
    code = codes.normalise(raw)
    wrong = codes.fault(code)
    if wrong is None:
        return code
    if "E+" in code:
        raise RowFault(_("代码被存成了数字，末几位丢了。请把这一列设为文本格式，重新录入。"))
    raise RowFault(wrong.text.say(get_language() or ""))


def _district(said: str, own: Collection[str]) -> None:
    if said and not any(said in name or name in said for name in own):
        raise RowFault(_("所属区县写的是“%s”，不是本单位。请改正，或交那个单位导入。") % said[:40])


def _day(said: str, latest: date) -> date:
    found = day_of(said)
    if found is None:
        raise RowFault(_("上云时间“%s”认不出。请写成 2019-07 或 2019-07-15。") % said[:40])
    if found > latest:
        raise RowFault(_("上云时间 %(day)s 晚于 %(latest)s。请核对。") % {"day": found, "latest": latest})
    return found


def day_of(said: str) -> date | None:
    """2018-03, 2019年7月, 2020.3.15, 20200315, 43905: a day (of a month, its first), or None."""
    if said.isdigit() and int(said) in SERIALS:
        return SERIAL + timedelta(days=int(said))
    told = DAY.match(said) or PLAIN.match(said)
    if told is None:
        return None
    try:
        found = date(int(told[1]), int(told[2]), int(told[3] or 1))
    except ValueError:
        return None
    return found if found >= EARLIEST else None
