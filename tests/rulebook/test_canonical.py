"""Whatever is written as TOML reads as what it was; an edition written out has the digest it had."""

import tomllib
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import Rulebook, load_source
from xingyun.rulebook.canonical import canonical
from xingyun.rulebook.load import read_folder
from xingyun.rulebook.toml import to_toml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SINGLE = TEXTS | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.dates() | st.times() | st.datetimes()
VALUES = st.recursive(SINGLE, lambda v: st.lists(v, max_size=4) | st.dictionaries(TEXTS, v, max_size=4))


@given(st.dictionaries(TEXTS, VALUES, max_size=6))
def test_what_is_written_reads_as_it_was(data: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(data)) == data


@pytest.mark.parametrize("folder", [FIRST, SECOND])
def test_an_edition_written_out_keeps_its_digest_and_its_meaning(folder: object) -> None:
    source = read_folder(FIRST if folder == FIRST else SECOND)
    book, again = load_source(source), load_source({"one.toml": canonical(source)})
    assert again.digest == book.digest
    assert canonical(again.source) == canonical(source)


def test_tables_stand_in_the_order_of_the_schema(first: Rulebook) -> None:
    text = canonical(first.source)
    places = [
        text.index(f"[{name}]") for name in ("programme", "[tiers]", "[levels]", "[conditions]", "titles")
    ]
    assert places == sorted(places)
    assert '[[conditions]]\nkind = "registered_in"\nkey = "registered"' in text
    assert '{ key = "yes", label = "是", label_en = "Yes" }' in text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2020, 10, 26), "2020-10-26"),
        (datetime(2020, 10, 26, 9), "2020-10-26T09:00:00"),
        (time(9, 30), "09:30:00"),
        (True, "true"),
        (-5, "-5"),
        ('a"b\\c\nd\x7f', '"a\\"b\\\\c\\nd\\u007f"'),
        ([], "[]"),
    ],
)
def test_each_kind_of_value(value: object, written: str) -> None:
    assert to_toml({"a": value}) == f"a = {written}\n"


def test_wide_tables_have_headers_and_small_ones_a_line() -> None:
    data = {"a": [{"b": [{"c": 1}, {"c": 2}], "d": [{"e": "x" * 120}], "f": {"g": 1}}]}
    assert to_toml(data) == (
        "[[a]]\nb = [\n  { c = 1 },\n  { c = 2 },\n]\nf = { g = 1 }\n\n[[a.d]]\n" + f'e = "{"x" * 120}"\n'
    )
