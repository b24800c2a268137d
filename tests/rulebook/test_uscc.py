"""Unified codes: both check digits, and what is said about wrong ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingyun.rulebook import uscc


@given(st.integers(0, 31**6 - 1), st.sampled_from(["370112", "000000", "990101"]))
def test_every_invented_code_is_valid_and_itself_again(n: int, division: str) -> None:
    code = uscc.make(n, division)
    assert uscc.fault(code) is None
    assert uscc.parts(code).division == division
    assert code == uscc.make(n, division)


@given(st.integers(0, 31**6 - 1), st.integers(0, 17), st.sampled_from(uscc.SIGNS))
def test_one_wrong_sign_is_always_found(n: int, at: int, sign: str) -> None:
    code = uscc.make(n, "370112")
    if code[at] != sign:
        assert not uscc.is_valid(code[:at] + sign + code[at + 1 :])


def test_invented_codes_differ() -> None:
    assert len({uscc.make(n) for n in range(2000)}) == 2000


@pytest.mark.parametrize("n", [-1, 31**6])
def test_no_more_codes_than_there_are(n: int) -> None:
    with pytest.raises(ValueError, match="n must be"):
        uscc.make(n)


def test_what_is_said_about_a_sign_that_can_not_occur() -> None:
    found = uscc.fault("9137000070626660ID")
    assert found is not None
    assert (found.code, found.at) == ("sign", 16)
    assert found.text.zh == "第 17 位的“I”不会出现在代码里，是不是 1？"
    other = uscc.fault("91中")
    assert other is not None
    assert other.text.zh.endswith("请改成数字或大写字母。")


def test_what_is_said_about_a_short_and_a_long_one() -> None:
    short, long = uscc.fault("9137"), uscc.fault("91370000706266601D1")
    assert short is not None
    assert long is not None
    assert short.text.zh == "填了 4 位，还差 14 位。"
    assert long.text.zh == "代码是 18 位，多了 1 位。"


def test_what_is_said_about_the_check_digit() -> None:
    found = uscc.fault("914403001922038217")
    assert found is not None
    assert found.text.zh.startswith("前 17 位算出的校验码是 6，这里是 7。")


def test_the_embedded_organisation_code_is_checked() -> None:
    found = uscc.fault("91370100MA01JD008H")
    assert found is not None
    assert (found.code, found.at) == ("organisation", 16)


def test_normalising() -> None:
    assert uscc.normalise(" ９１３７-0000 7062\t66601d ") == "91370000706266601D"


def test_parts_of_a_code() -> None:
    assert uscc.parts("91370000706266601D") == ("9", "1", "370000", "706266601", "D")


@pytest.mark.parametrize(("body", "due"), [("D2143569", "X"), ("M000100Y", "4"), ("70626660", "1")])
def test_the_organisations_own_digit_as_the_standard_counts_it(body: str, due: str) -> None:
    """The first is the example of GB 11714, the second that of GB 32100."""
    assert uscc.organisation_check_digit(body) == due


def test_published_codes_are_valid() -> None:
    assert uscc.is_valid("91350100M000100Y43")
    assert uscc.fault("91370000706266601D") is None


def test_each_fault_has_a_name_and_a_place() -> None:
    found = [
        uscc.fault(code)
        for code in ("9137", "91370000706266601D1", "914403001922038217", "91370100MA01JD008H")
    ]
    assert [(one.code, one.at) for one in found if one] == [
        ("short", None),
        ("long", None),
        ("check", 17),
        ("organisation", 16),
    ]
    last = found[-1]
    assert last is not None
    assert last.text.zh.startswith("第 9–16 位算出的主体标识校验码是 ")


def test_the_message_about_too_large_a_number_names_the_last() -> None:
    with pytest.raises(ValueError, match=str(31**6 - 1)):
        uscc.make(31**6)


def test_a_check_digit_is_counted_over_all_places() -> None:
    with pytest.raises(ValueError, match="zip"):
        uscc.check_digit("9137")
    with pytest.raises(ValueError, match="zip"):
        uscc.organisation_check_digit("7062")
