"""How moments, sums and references are written, in the language of the page (times are Asia/Shanghai's)."""

import re
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xingyun import clock
from xingyun.evidence.queries.money import yuan as yuan
from xingyun.rulebook.text import Text

NUMERALS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
CLAUSE = re.compile(r"^([一二三四五六七八九十]{1,2})(?:、(\d+))?$")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def english() -> bool:
    """Whether the page is in English."""
    return (translation.get_language() or "").startswith("en")


def tell(text: Text | str) -> str:
    """A rulebook's sentence in the language of the page; a plain string as it is."""
    return text.say("en" if english() else "zh") if isinstance(text, Text) else text


def day(value: date | datetime) -> str:
    """`10月19日`, with the year where it is not this one."""
    local = value.astimezone(clock.ZONE).date() if isinstance(value, datetime) else value
    if english():
        return f"{local.day} {local:%B}" + ("" if _this_year(local) else f" {local.year}")
    return ("" if _this_year(local) else f"{local.year}年") + f"{local.month}月{local.day}日"


def full_day(value: date | datetime) -> str:
    """`2020年10月19日`, always with the year."""
    local = value.astimezone(clock.ZONE).date() if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}" if english() else f"{local.year}年{local.month}月{local.day}日"


def weekday(value: datetime) -> str:
    """`周一`."""
    local = value.astimezone(clock.ZONE)
    return f"{local:%a}" if english() else WEEKDAYS[local.weekday()]


def clock_time(value: datetime) -> str:
    """`09:41`."""
    return f"{value.astimezone(clock.ZONE):%H:%M}"


def when(value: datetime) -> str:
    """A moment: `10月19日 09:41`."""
    return f"{day(value)} {clock_time(value)}"


def second(value: datetime) -> str:
    """A moment to the second in Asia/Shanghai, for records and receipts."""
    return f"{value.astimezone(clock.ZONE):%Y-%m-%d %H:%M:%S}"


def until(value: datetime) -> str:
    """The exclusive end of a window: midnight is written as the day before at 24:00."""
    local = value.astimezone(clock.ZONE)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return when(local)
    return f"{day(local - timedelta(days=1))} 24:00"


def last_day(value: datetime) -> str:
    """The last day that an exclusive end leaves open."""
    return day(value - timedelta(microseconds=1))


def remaining(value: datetime, now: datetime | None = None) -> str:
    """`还有 7 天 14 小时` until then, `已过 2 天` after it."""
    left = value - (now or clock.now())
    if left < timedelta(0):
        return _("已过 %(span)s") % {"span": span(-left)}
    return _("还有 %(span)s") % {"span": span(left)}


def seconds_left(value: datetime) -> int:
    """Whole seconds until then by the server's clock; below zero after it. Scripts count on from it."""
    return int((value - clock.now()).total_seconds())


def days_left(value: datetime, now: datetime | None = None) -> str:
    """`还有 14 天`, where a day is as exact as is useful; hours in the last two days."""
    left = value - (now or clock.now())
    if left < timedelta(2):
        return remaining(value, now)
    return _("还有 %(span)s") % {"span": span(timedelta(left.days))}


def span(length: timedelta) -> str:
    """The two largest units that matter: days and hours, or hours and minutes, or minutes."""
    days, hours, minutes = length.days, length.seconds // 3600, length.seconds % 3600 // 60
    words = [
        ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days} if days else "",
        ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours} if hours and days < 30 else "",
        ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes} if not days and hours < 5 else "",
    ]
    return " ".join(word for word in words if word)


def number(value: int) -> str:
    """Thousands apart: `21,968`."""
    return f"{value:,}"


def wan(fen: int) -> str:
    """Integer fen as `86.2 万元`: to a hundred yuan, longer where that would drop something."""
    whole, rest = divmod(abs(fen), 1_000_000)
    places = f"{rest:06d}".rstrip("0")
    sign = "-" if fen < 0 else ""
    return _("%(sum)s 万元") % {"sum": f"{sign}{whole:,}" + (f".{places}" if places else "")}


def size(count: int) -> str:
    """Bytes as KB or MB."""
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, round(count / 1024))} KB"


def clause(ref: str) -> str:
    """How a reference is read: clauses belong to the notice, annexes speak for themselves."""
    return ref if ref.startswith("附") else _("通知 %(ref)s") % {"ref": ref}


def clause_id(ref: str) -> str:
    """The place of a clause on the page of clauses: `三、2` is c3-2; other references stand as they are."""
    found = CLAUSE.match(ref)
    if not found:
        return "c-" + re.sub(r"\s+", "", ref)
    chapter = sum(NUMERALS[sign] for sign in found[1])
    return f"c{chapter}" + (f"-{found[2]}" if found[2] else "")


def _this_year(local: date) -> bool:
    return local.year == clock.today().year
