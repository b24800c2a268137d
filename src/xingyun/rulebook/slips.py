"""Slips of writing that make a line no TOML, told in words: a parser only says what it did not expect."""

import re

from xingyun.rulebook.text import EMPTY, Text

# In this order: the first that the line shows is told.
SLIPS = (
    (
        re.compile(r"=\s*[\[{]?\s*[“”‘’]"),
        Text('引号要用英文半角的 "', 'quotation marks must be plain: "'),
    ),
    (
        re.compile(r"(?<![\d-])\d{4}-(?:\d-\d{1,2}|\d{2}-\d)(?!\d)"),
        Text("月和日都写两位，如 2021-09-30", "month and day have two digits each: 2021-09-30"),
    ),
    (
        re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?!\d)"),
        Text(
            "请核对日期：没有这一天，或者写法不对",
            "please check the date: there is no such day, or it is miswritten",
        ),
    ),
    (
        re.compile(r"=\s*\d{1,3}(?:[,，]\d{3})+"),
        Text("数里不加逗号：99999", "numbers are written without commas: 99999"),
    ),
)


def slip(line: str) -> Text:
    """What is probably wrong with a line that can't be read; empty where nothing shows."""
    bare = re.sub(r'"[^"]*"', '""', line).partition("#")[0]
    return next((hint for pattern, hint in SLIPS if pattern.search(bare)), EMPTY)
