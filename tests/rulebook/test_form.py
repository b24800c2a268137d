"""From what is typed to values, and back to what is shown."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import Rulebook
from xingyun.rulebook.form import FieldError, Money, Month, Organisation, Percent
from xingyun.rulebook.form.display import display, plain
from xingyun.rulebook.form.parse import length, normalise, parse
from xingyun.rulebook.schema.form import Field, FieldKind
from xingyun.rulebook.schema.shared import Option

OPTIONS = tuple(Option(key=k, label=k.upper(), label_en=k) for k in ("a", "b", "c"))


def field(kind: str, **more: object) -> Field:
    """A field of that kind."""
    return Field(key="f", label="栏", label_en="Box", section="s", kind=kind, **more)  # type: ignore[arg-type]


# 254 signs, the most that an address may have (RFC 5321).
LONG_EMAIL = f"{'a' * 59}@{'b' * 63}.{'c' * 63}.{'d' * 63}.cn"

GOOD = [
    ("short_text", " 两  个\n词 ", "两 个 词"),
    ("long_text", "一\r\n二", "一\n二"),
    ("uscc", "9137 0000-7062 66601d", "91370000706266601D"),
    ("money", "1,000.5万元", Money(Decimal("1000.5"))),
    ("money", "¥０.000001", Money(Decimal("0.000001"))),
    ("integer", "１,024", 1024),
    ("percent", "5", Percent(Decimal("5"))),
    ("percent", " 5.25％", Percent(Decimal("5.25"))),
    ("percent", "-0.1234", Percent(Decimal("-0.1234"))),
    ("percent", "100.00000", Percent(Decimal("100"))),
    ("phone", "0531-6660 0000", "0531-66600000"),
    ("phone", "+86 138 0000 0000", "+8613800000000"),
    ("phone", "66600000转12", "66600000-12"),
    ("phone", "400-600-0000", "400-600-0000"),
    ("email", "a.b+c@example.com.cn", "a.b+c@example.com.cn"),
    ("date", "2020年3月5日", date(2020, 3, 5)),
    ("date", "20200305", date(2020, 3, 5)),
    ("date", "20201125", date(2020, 11, 25)),
    ("date", "2020/3/5", date(2020, 3, 5)),
    ("month", "2018-06", Month(2018, 6)),
    ("month", "2018年6月", Month(2018, 6)),
    ("month", "201806", Month(2018, 6)),
    ("month", "201811", Month(2018, 11)),
    ("month", "2018-12", Month(2018, 12)),
    ("month", "1900-01", Month(1900, 1)),
    ("month", "2100-12", Month(2100, 12)),
    ("choice", "b", "b"),
    ("multi_choice", "c,a", ("a", "c")),
    ("multi_choice", "c,,a\n", ("a", "c")),
    ("industry", "3421", "3421"),
    ("industry", "c 制造业", "C"),
    ("person", "欧阳  若水", "欧阳 若水"),
    ("address", "虚构路1号", "虚构路1号"),
    ("organisations", "甲公司\n乙公司；甲公司", (Organisation("甲公司"), Organisation("乙公司"))),
    ("organisations", "甲 91370000706266601D", (Organisation("甲", "91370000706266601D"),)),
    ("organisations", "91370000706266601D", (Organisation("91370000706266601D"),)),
    ("organisations", "甲 分部", (Organisation("甲 分部"),)),
    ("organisations", "甲\n，\n乙", (Organisation("甲"), Organisation("乙"))),
    ("money", f"{10**11 - 1}", Money(Decimal(10**11 - 1))),
    ("email", LONG_EMAIL, LONG_EMAIL),
]
BAD = [
    ("short_text", "字" * 201, "too_long"),
    ("uscc", "91370000706266601X", "uscc_check"),
    ("money", "一千", "not_money"),
    ("money", "-1", "not_money"),
    ("money", "1.0000001", "too_fine"),
    ("money", "9" * 12, "too_big"),
    ("money", f"{10**11}", "too_big"),
    ("integer", "1.5", "not_integer"),
    ("integer", "九", "not_integer"),
    ("percent", "5.12345", "too_fine"),
    ("percent", "百分之五", "not_percent"),
    ("percent", "5%%", "not_percent"),
    ("percent", "1e3", "not_percent"),
    ("phone", "12345", "not_phone"),
    ("phone", "23800000000000", "not_phone"),
    ("email", "a@b", "not_email"),
    ("email", "a..b@example.com", "not_email"),
    ("email", "two@at@example.com", "not_email"),
    ("email", f"a{LONG_EMAIL}", "not_email"),
    ("date", "2020-02-30", "no_such_day"),
    ("date", "2020", "not_date"),
    ("month", "2020-13", "no_such_month"),
    ("month", "2020-00", "no_such_month"),
    ("month", "0020-01", "no_such_year"),
    ("month", "1899-12", "no_such_year"),
    ("month", "2101-01", "no_such_year"),
    ("month", "去年", "not_month"),
    ("choice", "d", "not_offered"),
    ("multi_choice", "a,d", "not_offered"),
    ("industry", "9999", "no_such_industry"),
    ("organisations", "甲 91370000706266601X", "uscc_check"),
    ("organisations", "；", "empty"),
    ("organisations", "甲" * 201, "too_long"),
    ("short_text", "  \n ", "empty"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_taken(kind: str, raw: str, value: object) -> None:
    assert parse(field(kind, options=OPTIONS), raw) == value


@pytest.mark.parametrize(("kind", "raw", "code"), BAD)
def test_not_taken_and_why(kind: str, raw: str, code: str) -> None:
    found = parse(field(kind, options=OPTIONS), raw)
    assert isinstance(found, FieldError)
    assert found.code == code
    assert found.message
    assert found.message_en
    assert found.words.say("en") == found.message_en


@pytest.mark.parametrize(
    ("more", "raw", "code"),
    [
        ({"min": 1}, "0", "too_small"),
        ({"min": 1}, "1", None),
        ({"max": 5}, "6", "too_big"),
        ({"max": 5}, "5", None),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "percent"])
def test_bounds_include_themselves(kind: str, more: dict[str, int], raw: str, code: str | None) -> None:
    found = parse(field(kind, **more), raw)
    assert getattr(found, "code", None) == code


@pytest.mark.parametrize(("raw", "code"), [("100", None), ("100.0001", "too_big")])
def test_the_edge_of_a_percentage(raw: str, code: str | None) -> None:
    assert getattr(parse(field("percent", max=100), raw), "code", None) == code


@given(st.integers(-(10**9), 10**9))
def test_percentages_are_exact(n: int) -> None:
    parsed = parse(field("percent"), f"{Decimal(n) / 10_000:f}%")
    assert isinstance(parsed, Percent)
    assert parsed.share == Fraction(n, 1_000_000)


@pytest.mark.parametrize(("raw", "code"), [("a", "too_few"), ("a,b", None), ("a,b,c", "too_many")])
def test_numbers_of_choices(raw: str, code: str | None) -> None:
    found = parse(field("multi_choice", options=OPTIONS, min=2, max=2), raw)
    assert getattr(found, "code", None) == code


@pytest.mark.parametrize(("n", "fits"), [(499, True), (500, True), (501, False)])
@pytest.mark.parametrize("sign", ["云", "𠮷", "😀"])
def test_code_points_are_counted(n: int, fits: bool, sign: str) -> None:
    found = parse(field("long_text", max_chars=500), sign * n)
    assert isinstance(found, FieldError) is not fits


def test_what_is_said_when_it_is_too_long() -> None:
    found = parse(field("long_text", max_chars=500), "云" * 512)
    assert isinstance(found, FieldError)
    assert found.message == "超出 12 字（最多 500 字）。请删减，原来填的内容已保留。"


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert length(text) == len(once)
    assert "\r" not in once


KINDS = sorted({kind for kind, _, _ in GOOD})


def test_every_kind_of_field_is_tried() -> None:
    assert set(KINDS) == set(get_args(FieldKind))


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_any_text_gives_a_value_or_an_error(kind: str, text: str) -> None:
    one = field(kind, options=OPTIONS)
    found = parse(one, text)
    if not isinstance(found, FieldError):
        assert display(one, found, "zh")
        assert display(one, found, "en")
        plain(found)


@given(st.sampled_from(GOOD))
def test_what_is_kept_parses_to_the_same(good: tuple[str, str, object]) -> None:
    kind, raw, value = good
    one = field(kind, options=OPTIONS)
    if kind in (
        "date",
        "month",
        "uscc",
        "industry",
        "choice",
        "long_text",
        "phone",
        "email",
        "integer",
        "percent",
    ):
        assert parse(one, str(plain(parse(one, raw)))) == value  # type: ignore[arg-type]


@given(st.integers(0, 10**16))
def test_money_is_exact_to_the_fen(fen: int) -> None:
    wan = Decimal(fen) / 1_000_000
    parsed = parse(field("money"), f"{wan:f}")
    assert isinstance(parsed, Money)
    assert parsed.fen == fen


@pytest.mark.parametrize(
    ("kind", "raw", "zh", "en"),
    [
        ("money", "86.25", "86.25 万元", "86.25 × 10,000 yuan"),
        ("money", "1000", "1,000 万元", "1,000 × 10,000 yuan"),
        ("percent", "1250.50", "1,250.5%", "1,250.5%"),
        ("date", "2020-03-05", "2020年3月5日", "2020-03-05"),
        ("month", "2018-06", "2018年6月", "2018-06"),
        ("choice", "a", "A", "a"),
        ("multi_choice", "a,b", "A、B", "a, b"),
        ("industry", "3421", "金属切削机床制造（3421）", "金属切削机床制造（3421）"),
        ("organisations", "甲\n乙", "甲、乙", "甲, 乙"),
        ("short_text", "文", "文", "文"),
    ],
)
def test_shown(kind: str, raw: str, zh: str, en: str) -> None:
    unit = {"unit": "万元", "unit_en": "× 10,000 yuan"} if kind == "money" else {}
    one = field(kind, options=OPTIONS, **unit)
    value = parse(one, raw)
    assert not isinstance(value, FieldError)
    assert (display(one, value, "zh"), display(one, value, "en")) == (zh, en)


def test_kept_as_json() -> None:
    assert plain(Money(Decimal("86.25"))) == 86_250_000
    assert plain(Percent(Decimal("5.25"))) == "5.25%"
    assert plain(Month(2018, 6)) == "2018-06"
    assert plain(date(2020, 3, 5)) == "2020-03-05"
    assert plain(("a", "b")) == ["a", "b"]
    assert plain((Organisation("甲"),)) == [{"name": "甲", "uscc": None}]
    assert plain(()) == []


def test_a_form_knows_its_fields_by_key_and_by_role(first: Rulebook, second: Rulebook) -> None:
    for book, key in ((first, "level"), (second, "grade")):
        level = book.form.by_role("level")
        assert level is not None
        assert level is book.form.field(key)
        assert [o.key for o in level.options] == [lv.key for lv in book.levels]
        assert book.form.has(key)
        assert level in book.form.in_section(level.section)
    assert first.form.by_role("filled_on") is None
    assert first.form.section("text").label == "上云范围与效果"
    assert not first.form.has("grade")


def test_all_answers_at_once(first: Rulebook) -> None:
    values, errors = first.form.parse_all({"staff_total": "12", "cloud_since": "2020-13", "name": " "})
    assert values == {"staff_total": 12}
    assert errors["cloud_since"].code == "no_such_month"
    assert first.form.parse(first.form.field("name"), "甲") == "甲"
    assert first.form.display(first.form.field("staff_total"), 12) == "12 人"
    assert first.form.plain(12) == 12
    assert first.form.length("一\r\n二") == 3
