"""What the manuals call a page, a button or a state is called so in the program.

A name in “quotes” must be a text of the program, or of a rulebook that ships; what else is quoted is listed
here.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from tests.laws.code import ROOT

MANUALS = sorted((ROOT / "docs" / "manual").glob("*.md"))
# Words of people, offices, files and other programs, and examples.
NO_NAMES = {
    "10月19日 24:00",
    "云工信评",
    "云工信评〔2020〕1号",
    "云服务",
    "代码 名称",
    "依据某条有障碍",
    "您一定符合",
    "全部重写",
    "打印成 PDF",
    "末尾被剪掉",
    "长边翻转",
    "若无可不提供",
}
PLACE = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
ASIDE = re.compile(r"（[^）]*）|…$")


@cache
def names() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the program says: texts, and patterns of texts with places for values."""
    with (ROOT / "src/xingyun/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        found = [m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale="en") if m.id]
    texts = {text for text in found if not PLACE.search(text)}
    texts |= {ASIDE.sub("", text).strip() for text in texts}
    # A text may speak of a name itself.
    texts |= {name for text in found for name in quoted(text)}
    for file in (ROOT / "rulebooks").rglob("*.toml"):
        texts |= set(re.findall(r'= "([^"]{2,40})"', file.read_text("utf-8")))
    patterns = (
        ".{1,6}".join(re.escape(piece) for piece in PLACE.split(text))
        for text in found
        if PLACE.search(text) and len(PLACE.sub("", text)) > 2
    )
    return frozenset(texts), tuple(re.compile(pattern) for pattern in patterns)


def quoted(text: str) -> Iterator[str]:
    """What stands in quotes; quotes within quotes as the program writes them."""
    for name in re.findall(r"“([^”]+)”", text):
        yield name.replace("‘", "“").replace("’", "”")


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.stem)
def test_what_a_manual_names_is_there(manual):
    texts, patterns = names()
    missing = {
        name
        for name in quoted(manual.read_text("utf-8"))
        if name not in NO_NAMES | texts and not any(pattern.fullmatch(name) for pattern in patterns)
    }
    assert missing == set()


def test_what_is_excused_is_quoted():
    assert len(MANUALS) > 4
    assert {name for manual in MANUALS for name in quoted(manual.read_text("utf-8"))} >= NO_NAMES
