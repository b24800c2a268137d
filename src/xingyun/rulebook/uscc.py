"""Unified social credit codes, GB 32100-2015, with the organisation code of GB 11714 inside."""

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from xingyun.rulebook.text import Text

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Worked out once: a roster asks for a hundred thousand check digits.
_WEIGHTS = tuple(pow(3, n, 31) for n in range(LENGTH - 1))
_VALUES = {sign: n for n, sign in enumerate(SIGNS)}


class Parts(NamedTuple):
    """A code taken apart as the licence's holder may read it."""

    department: str
    kind: str
    division: str
    organisation: str
    check: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a code can't be right; `at` is the sign it shows at, from 0, or None."""

    code: str
    text: Text
    at: int | None = None


def normalise(raw: str) -> str:
    """Full-width signs narrowed, letters raised, spaces and hyphens dropped."""
    narrow = unicodedata.normalize("NFKC", raw).upper()
    return "".join(c for c in narrow if not c.isspace() and c not in "-‐–—")


def fault(code: str) -> Fault | None:
    """What is wrong with a normalised code, or None."""
    for n, sign in enumerate(code):
        if sign not in SIGNS:
            return _strange(n, sign)
    if len(code) != LENGTH:
        return _length(len(code))
    return _check(code) or _organisation(code)


def is_valid(raw: str) -> bool:
    """Whether `raw`, normalised, is a code with both check digits right."""
    return fault(normalise(raw)) is None


def _strange(at: int, sign: str) -> Fault:
    zh, en = "第 {n} 位的“{c}”不会出现在代码里，", "Sign {n}, “{c}”, never occurs in a code. "
    near = _LOOKALIKES.get(sign)
    hint = Text(f"是不是 {near}？", f"Is it {near}?") if near else _DIGITS_OR_CAPITALS
    return Fault("sign", Text(zh + hint.zh, en + hint.en).fill(n=at + 1, c=sign), at)


_DIGITS_OR_CAPITALS = Text("请改成数字或大写字母。", "Use digits and capital letters.")


def _length(length: int) -> Fault:
    if length < LENGTH:
        said = Text("填了 {n} 位，还差 {m} 位。", "{n} signs so far, {m} missing.")
        return Fault("short", said.fill(n=length, m=LENGTH - length))
    said = Text("代码是 18 位，多了 {m} 位。", "A code has 18 signs; {m} too many.")
    return Fault("long", said.fill(m=length - LENGTH))


def _check(code: str) -> Fault | None:
    due = check_digit(code[:17])
    if due == code[17]:
        return None
    said = Text(
        "前 17 位算出的校验码是 {due}，这里是 {is_}。多半有一位抄错或两位颠倒，请对照执照。",
        "The first 17 signs give the check digit {due}, here it is {is_}. "
        "Most likely one sign is wrong or two are swapped; compare with the licence.",
    )
    return Fault("check", said.fill(due=due, is_=code[17]), 17)


def _organisation(code: str) -> Fault | None:
    due = organisation_check_digit(code[8:16])
    if due == code[16]:
        return None
    said = Text(
        "第 9–16 位算出的主体标识校验码是 {due}，第 17 位是 {is_}。请对照执照。",
        "Signs 9–16 give the organisation's check digit {due}, sign 17 is {is_}. Compare with the licence.",
    )
    return Fault("organisation", said.fill(due=due, is_=code[16]), 16)


def check_digit(first: str) -> str:
    """The 18th sign that the first 17 give."""
    total = sum(_VALUES[c] * w for c, w in zip(first, _WEIGHTS, strict=True))
    return SIGNS[-total % 31]


def organisation_check_digit(body: str) -> str:
    """The ninth sign of an organisation code from its first eight (GB 11714)."""
    total = sum(int(c, 36) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def parts(code: str) -> Parts:
    """The parts of a code of full length."""
    return Parts(code[0], code[1], code[2:8], code[8:17], code[17])


def make(n: int, division: str = "000000", department_and_kind: str = "91") -> str:
    """The n-th invented code of a division: valid, the same for the same n. For demonstrations and tests."""
    if not 0 <= n < 31**6:
        raise ValueError(f"n must be from 0 to {31**6 - 1}")
    body = ""
    for _ in range(6):
        n, sign = divmod(n, 31)
        body = SIGNS[sign] + body
    body = "MA" + body
    first = department_and_kind + division + body + organisation_check_digit(body)
    return first + check_digit(first)
