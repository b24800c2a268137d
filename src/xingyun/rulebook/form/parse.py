"""From what a person typed to a value, or to a sentence that says what is wrong and how to mend it.

Characters are code points after line ends were made one sign, as the counter in the page counts them.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from xingyun.rulebook import industries, uscc
from xingyun.rulebook.form import numbers
from xingyun.rulebook.form.values import FieldError, Month, Organisation, Value, error
from xingyun.rulebook.schema.form import Field

SHORT = 200
# The control signs (Unicode's Cc) but for line end and tab, and halves of characters (Cs).
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Parsed = Value | FieldError


def normalise(raw: str) -> str:
    """Line ends made one sign, signs composed, control signs dropped, blanks at both ends cut."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return _DROPPED.sub("", text).strip()


def length(raw: str) -> int:
    """The number of characters that count against a limit."""
    return len(normalise(raw))


def parse(field: Field, raw: str) -> Parsed:
    """The value of `raw` in `field`. An empty answer to a field is the error `empty`, required or not."""
    text = normalise(raw)
    if not text:
        return error("empty", "还没有填。", "Not filled in yet.")
    return _PARSERS[field.kind](field, text)


def _short(field: Field, text: str) -> Parsed:
    return _within(" ".join(text.split()), field.max_chars or SHORT)


def _long(field: Field, text: str) -> Parsed:
    return _within(text, field.max_chars) if field.max_chars else text


def _within(text: str, most: int) -> Parsed:
    over = len(text) - most
    if over <= 0:
        return text
    return error(
        "too_long",
        "超出 {over} 字（最多 {most} 字）。请删减，原来填的内容已保留。",
        "{over} characters too many (at most {most}). Please shorten it; your text is kept.",
        over=over,
        most=most,
    )


def _uscc(_: Field, text: str) -> Parsed:
    code = uscc.normalise(text)
    found = uscc.fault(code)
    return FieldError(f"uscc_{found.code}", found.text.zh, found.text.en) if found else code


_PHONE = re.compile(
    r"(?:\+?86-?)?(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|[2-9]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4})"
)


def _phone(_: Field, text: str) -> Parsed:
    number = re.sub(r"[‐–—－转]", "-", unicodedata.normalize("NFKC", text))
    number = re.sub(r"[\s()]", "", number)
    if _PHONE.fullmatch(number):
        return number
    return error(
        "not_phone",
        "这不像电话号码。手机 11 位；座机带区号，例如 0531-66600000。",
        "This does not look like a telephone number. Mobiles have 11 digits; with area code: 0531-66600000.",
    )


_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")


def _email(_: Field, text: str) -> Parsed:
    address = text.replace("＠", "@")
    if len(address) <= 254 and ".." not in address and _EMAIL.fullmatch(address):
        return address
    return error(
        "not_email",
        "这不像邮箱地址，应像 name@example.com。",
        "This does not look like an e-mail address such as name@example.com.",
    )


def _numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"[0-9]{1,4}", unicodedata.normalize("NFKC", text))]


_DATE = re.compile(r"[0-9]{4}(?:[-./][0-9]{1,2}[-./]|年[0-9]{1,2}月)[0-9]{1,2}日?|[0-9]{8}")
_MONTH = re.compile(r"[0-9]{4}(?:[-./]|年)[0-9]{1,2}月?|[0-9]{6}")


def _date(_: Field, text: str) -> Parsed:
    compact = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not _DATE.fullmatch(compact):
        return error("not_date", "请填年月日，例如 2020-03-15。", "A date please, such as 2020-03-15.")
    compact = f"{compact[:4]}-{compact[4:6]}-{compact[6:]}" if compact.isdigit() else compact
    try:
        return date(*_numbers(compact)[:3])
    except ValueError:
        return error(
            "no_such_day", "没有这一天，请核对月和日。", "There is no such day; please check month and day."
        )


def _month(_: Field, text: str) -> Parsed:
    compact = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not _MONTH.fullmatch(compact):
        return error("not_month", "请填年月，例如 2018-06。", "Year and month please, such as 2018-06.")
    year, month = (int(compact[:4]), int(compact[4:])) if compact.isdigit() else _numbers(compact)
    if not 1 <= month <= 12:
        return error(
            "no_such_month",
            "月份只到 12。请改成像 2020-03 这样的年月。",
            "Months go to 12. Please write it like 2020-03.",
        )
    if not 1900 <= year <= 2100:
        return error(
            "no_such_year", "年份请填四位，例如 2018。", "The year please in four digits, such as 2018."
        )
    return Month(year, month)


def _choice(field: Field, text: str) -> Parsed:
    if any(o.key == text for o in field.options):
        return text
    return error("not_offered", "请在列出的选项里选一项。", "Please choose one of the options.")


def _multi_choice(field: Field, text: str) -> Parsed:
    chosen = {part.strip() for part in re.split(r"[,，\n]", text) if part.strip()}
    known = tuple(o.key for o in field.options if o.key in chosen)
    if len(known) != len(chosen):
        return error(
            "not_offered",
            "有一项不在列出的选项里，请重选。",
            "One choice is not on the list; please choose again.",
        )
    if field.min is not None and len(known) < field.min:
        return error("too_few", "至少选 {n} 项。", "Choose at least {n}.", n=field.min)
    if field.max is not None and len(known) > field.max:
        return error("too_many", "最多选 {n} 项。", "Choose at most {n}.", n=field.max)
    return known


def _industry(_: Field, text: str) -> Parsed:
    code = unicodedata.normalize("NFKC", text).strip().upper().split()[0]
    found = industries.gbt4754().get(code)
    if found:
        return found.code
    return error(
        "no_such_industry",
        "GB/T 4754-2017 里没有代码“{typed}”。请输入名称查找后选一项。",
        "GB/T 4754-2017 has no code “{typed}”. Please search by name and choose one.",
        typed=code[:20],
    )


def _organisations(_: Field, text: str) -> Parsed:
    lines = [" ".join(part.split()) for part in re.split(r"[\n;；]", text) if part.strip(" \t,，")]
    found: list[Organisation] = []
    for line in lines:
        one = _organisation(line)
        if isinstance(one, FieldError):
            return one
        if one not in found:
            found.append(one)
    return tuple(found) or error("empty", "还没有填。", "Not filled in yet.")


def _organisation(line: str) -> Organisation | FieldError:
    """A name, with the code behind it where one is written."""
    name, _, last = line.rpartition(" ")
    code = uscc.normalise(last)
    if not name or not re.fullmatch(r"[0-9A-Z]{15,20}", code):
        checked = _within(line, SHORT)
        return checked if isinstance(checked, FieldError) else Organisation(line)
    if found := uscc.fault(code):
        return FieldError(f"uscc_{found.code}", f"{name}：{found.text.zh}", f"{name}: {found.text.en}")
    return Organisation(name, code)


_PARSERS: dict[str, Callable[[Field, str], Parsed]] = {
    "short_text": _short,
    "long_text": _long,
    "uscc": _uscc,
    "money": numbers.money,
    "integer": numbers.integer,
    "percent": numbers.percent,
    "phone": _phone,
    "email": _email,
    "date": _date,
    "month": _month,
    "choice": _choice,
    "multi_choice": _multi_choice,
    "industry": _industry,
    "person": _short,
    "address": _short,
    "organisations": _organisations,
}
