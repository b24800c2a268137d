"""Periods as contracts and reports write them: from a day to a day, or from a day for so many years."""

import itertools
import re
from dataclasses import dataclass

from xingyun.documents.evidence_reading.days import Day, days_in

_LABEL = re.compile(
    r"(?:服务|合同|租赁|使用|授权|订阅|履行|协议|许可|运维)?(?:期限|有效期|服务期|租期|合同期|周期)|所属期|报告期|审计(?:期间|范围)|期间"
)
_BETWEEN = re.compile(r"^\s*(?:日|起|始|\(含\)|,)*\s*(?:至|到|-+|~|～)\s*")
_LONG = re.compile(r"([一二两三四五六七八九十\d]{1,3})\s*(?:个)?\s*(年|月)")
_COUNT = {sign: n for n, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
REACH = 70


@dataclass(frozen=True, slots=True)
class Period:
    """Start and end as ISO days (or months), or the length in months; what is not said is None."""

    start: str | None = None
    end: str | None = None
    months: int | None = None


def period_in(plain: str) -> Period | None:
    """The first period that is called one; else the first "from … to …" at all."""
    for label in _LABEL.finditer(plain):
        if found := _read(plain[label.start() : label.end() + REACH]):
            return found
    return spans(plain)


def spans(plain: str) -> Period | None:
    """The first pair of days with 至 between them."""
    days = list(days_in(plain))
    for first, second in itertools.pairwise(days):
        if _joined(plain, first, second):
            return Period(first.iso, second.iso)
    return None


def _read(text: str) -> Period | None:
    stop = re.search(r"[。\n]", text)
    text = text[: stop.start()] if stop else text
    if found := spans(text):
        return found
    first = next(days_in(text), None)
    # The year of a day is no length: look behind it.
    long = _LONG.search(text, first.end if first else 0)
    if long and (count := _number(long.group(1))):
        return Period(first.iso if first else None, None, count * (12 if long.group(2) == "年" else 1))
    return None


def _joined(plain: str, first: Day, second: Day) -> bool:
    between = plain[first.end : second.start]
    joint = _BETWEEN.match(between)
    return joint is not None and joint.end() == len(between) and second.iso >= first.iso


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    if "十" in word:
        tens, _ten, ones = word.partition("十")
        return _COUNT.get(tens, 1) * 10 + _COUNT.get(ones, 0)
    return _COUNT.get(word, 0)
