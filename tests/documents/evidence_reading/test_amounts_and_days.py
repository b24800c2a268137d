"""Sums and days as papers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.evidence_reading.invented import capitals

from xingyun.documents.evidence_reading.amounts import CAPITALS, capital_fen, fen
from xingyun.documents.evidence_reading.days import day_of, days_in
from xingyun.documents.tables import written_fen


@given(st.integers(-(10**14), 10**14))
def test_digits_and_back(amount: int) -> None:
    assert fen(f"¥{written_fen(amount, 'yuan')}") == amount


@given(st.integers(1, 10**13))
def test_capitals_and_back(amount: int) -> None:
    words = capitals(amount)
    assert capital_fen(words) == amount
    found = CAPITALS.search(f"（大写）{words}（小写）")
    assert found is not None
    assert found.group() == words


@pytest.mark.parametrize(("text", "expected"), [
    ("伍拾伍万壹仟贰佰元整", 551_200_00), ("拾元整", 10_00), ("壹亿零伍万元", 100_050_000_00), ("人民币壹佰元零伍分", 100_05),
    ("叁元贰角", 3_20), ("负壹元整", -1_00), ("万", None), ("万元", None), ("壹元壹", None), ("", None), ("零元整", 0),
])  # fmt: skip
def test_capitals(text: str, expected: int | None) -> None:
    assert capital_fen(text) == expected


@pytest.mark.parametrize(("text", "unit", "expected"), [
    ("1,234.5", "", 1_234_50), ("￥-6", "", -6_00), ("55.12", "万", 551_200_00), ("0.001", "", None), ("1e5", "", None),
    ("", "", None), ("***", "", None), ("9" * 30, "", None), ("1", "斗", None),
])  # fmt: skip
def test_digits(text: str, unit: str, expected: int | None) -> None:
    assert fen(text, unit) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("2020年03月12日", "2020-03-12"), ("2020 年 3 月 2 日", "2020-03-02"), ("2020-3-2", "2020-03-02"), ("2020.3.2", "2020-03-02"),
    ("2020/03/02 10:11:12", "2020-03-02"), ("20200302", "2020-03-02"), ("二〇二〇年十二月三十一日", "2020-12-31"), ("二○二○年三月二日", "2020-03-02"),
    ("2020年13月2日", None), ("2020-02-30", None), ("12020030299", None), ("2020年3月", None),
])  # fmt: skip
def test_days(text: str, expected: str | None) -> None:
    assert day_of(text) == expected


def test_months_stay_months() -> None:
    assert [day.iso for day in days_in("2020年3月至2021年3月5日")] == ["2020-03", "2021-03-05"]
