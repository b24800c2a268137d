"""Files spoilt in every way that hands and programs spoil them, each from a number, to be had again."""

import random
import re

VALUES = (
    '""', '" "', '"x"', '["x"]', "[]", "[[]]", "{}", "[{}]", "true", "0", "-1", "1",
    "999999999999999999999999",
    "1.5", "nan", "inf", "1979-05-27", "9999-12-31", "0001-01-01", "2020-02-29", "07:32:00",
    "2020-10-26T00:00:00Z", '"100%"', '"0%"', '"1/3"', '"-5"', '"' + "长" * 2000 + '"', '"\\u0000"',
    '"{x}"', '"%s"', '"submission"', '"none"',
)  # fmt: skip
SIGNS = "[]{}=\"'.,#\\\n\t0-星\x00 "
KEY = re.compile(r"^(\s*)([\w-]+)(\s*=\s*)(.*)$")


def spoilt(text: str, others: str, seed: int) -> str:
    """`text` with one to four things done to it; `others` is where lines may be taken from."""
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(WAYS)(text, others, rng)
    return text


def _line(text: str, rng: random.Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, rng.randrange(len(lines))


def _drop(text: str, _others: str, rng: random.Random) -> str:
    lines, at = _line(text, rng)
    del lines[at : at + rng.choice((1, 1, 1, 5, 40))]
    return "\n".join(lines)


def _double(text: str, _others: str, rng: random.Random) -> str:
    lines, at = _line(text, rng)
    end = at + rng.choice((1, 1, 12))
    return "\n".join([*lines[:end], *lines[at:end], *lines[end:]])


def _swap(text: str, _others: str, rng: random.Random) -> str:
    lines, at = _line(text, rng)
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def _foreign(text: str, others: str, rng: random.Random) -> str:
    """A line of another file."""
    lines, at = _line(text, rng)
    lines.insert(at, rng.choice(others.split("\n")))
    return "\n".join(lines)


def _value(text: str, _others: str, rng: random.Random) -> str:
    """Another value behind some key."""
    lines, at = _line(text, rng)
    lines[at] = KEY.sub(lambda m: m[1] + m[2] + m[3] + rng.choice(VALUES), lines[at])
    return "\n".join(lines)


def _exchange(text: str, _others: str, rng: random.Random) -> str:
    """The value of another key behind some key: right in kind more often than not."""
    lines, at = _line(text, rng)
    found = [m[4] for line in lines if (m := KEY.match(line)) and (m[4].count("[") == m[4].count("]"))]
    if found:
        lines[at] = KEY.sub(lambda m: m[1] + m[2] + m[3] + rng.choice(found), lines[at])
    return "\n".join(lines)


def _number(text: str, _others: str, rng: random.Random) -> str:
    """Another number in place of one."""
    places = [m.span() for m in re.finditer(r"\d+", text)]
    if not places:
        return text
    start, end = rng.choice(places)
    return text[:start] + rng.choice(("0", "1", "7", "99", "2021", "31", "1000000")) + text[end:]


def _sign(text: str, _others: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) + text[at + rng.randint(0, 1) :]


def _cut(text: str, _others: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text) + 1)]


WAYS = (
    _drop,
    _double,
    _swap,
    _foreign,
    _value,
    _value,
    _exchange,
    _exchange,
    _exchange,
    _number,
    _number,
    _sign,
    _cut,
)


def mutated(source: dict[str, str], seed: int) -> dict[str, str]:
    """A source with a line or two left out, or two lines exchanged."""
    rng = random.Random(seed)
    name = rng.choice(sorted(source))
    lines = source[name].split("\n")
    for _ in range(rng.randint(1, 2)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        if rng.random() < 0.7:
            del lines[at]
            lines.append("")
        else:
            lines[at], lines[other] = lines[other], lines[at]
    return {**source, name: "\n".join(lines)}
