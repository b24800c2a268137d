"""Sums of money in digits and in capital numerals, as integer fen."""

import re
from decimal import Decimal, InvalidOperation

DIGITS = {sign: n for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0, "貳": 2, "弐": 2, "叄": 3, "陸": 6, "两": 2,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9,
}  # fmt: skip
TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
UNITS = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
MOST = 10**17  # fen; what a database's big integer holds comfortably

_ONES = "零〇壹贰貳弐叁叄肆伍陆陸柒捌玖"
_FORMAL = f"{_ONES}拾佰仟万萬亿億"
CAPITALS = re.compile(
    rf"负?[{_ONES}拾][{_FORMAL}]*[元圆]"
    rf"(?:[整正]|零?[{_ONES}]角(?:零?[{_ONES}]分)?[整正]?|零?[{_ONES}]分)?"
)
NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"


def fen(text: str, unit: str = "") -> int | None:
    """Digits such as `1,234.5`, `¥-6`, in 元 or in `unit` (万, 亿), as fen; None when it is no such sum."""
    bare = re.sub(r"[,¥￥\s]", "", text).replace("−", "-").replace("－", "-")
    if not re.fullmatch(r"-?\d{1,16}(?:\.\d{1,12})?", bare):
        return None
    try:
        exact = Decimal(bare) * UNITS[unit] * 100
    except (InvalidOperation, KeyError):
        return None
    if exact != exact.to_integral_value() or abs(exact) > MOST:
        return None
    return int(exact)


def capital_fen(text: str) -> int | None:
    """Capital numerals such as 伍拾伍万壹仟贰佰元整 as fen; None when they make no sum."""
    words = re.sub(r"\s|人民币", "", text).rstrip("整正")
    minus = words.startswith("负")
    yuan, sign, rest = words.removeprefix("负").replace("圆", "元").partition("元")
    whole = _whole(yuan)
    small = _small(rest)
    if whole is None or small is None or not sign or not set(words) & (DIGITS.keys() | {"拾"}):
        return None
    total = whole * 100 + small
    return None if total > MOST else -total if minus else total


def _whole(words: str) -> int | None:
    """壹仟贰佰万零伍拾 → 12000050."""
    if not words:
        return 0
    total = section = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in TENS:
            section += (digit or (1 if not section else 0)) * TENS[sign]
            digit = 0
        elif sign in BIG:
            section += digit
            # 亿 lifts everything before it, 万 what has come since the last 亿.
            total = (total + section) * BIG[sign] if BIG[sign] == 10**8 else total + section * BIG[sign]
            section = digit = 0
        else:
            return None
    return total + section + digit


def _small(words: str) -> int | None:
    """伍角贰分 → 52."""
    found = re.fullmatch(r"零?(?:(.)角)?零?(?:(.)分)?", words)
    if not found:
        return None
    tenth, hundredth = (DIGITS.get(sign) if sign else 0 for sign in found.groups())
    return None if tenth is None or hundredth is None else tenth * 10 + hundredth
