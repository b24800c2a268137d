"""From files to a rulebook: its digest, and the faults that are found, all at once, each with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import Rulebook, RulebookErrors, load_folder, load_source
from xingyun.rulebook.canonical import canonical
from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.contacts import load_contacts, read_contacts
from xingyun.rulebook.load import read_folder

Faults = Callable[..., list[str]]


def test_digest_is_the_same_whatever_the_layout(first: Rulebook) -> None:
    source = read_folder(FIRST)
    one_file = "\n".join(f"# {name}\n{text}" for name, text in reversed(source.items()))
    assert load_source({"all.toml": one_file}).digest == first.digest


def test_digest_changes_with_a_word(first: Rulebook, edited: Callable[..., Rulebook]) -> None:
    assert edited(("on = 2020-10-26", "on = 2020-10-31")).digest != first.digest


def test_a_date_and_its_text_have_different_digests() -> None:
    from datetime import date

    from xingyun.rulebook.load import digest

    assert digest({"a": date(2020, 10, 26)}) != digest({"a": "2020-10-26"})


def test_contacts_and_cases_stand_outside_the_digest(tmp_path: Path, first: Rulebook) -> None:
    for name, text in read_folder(FIRST).items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "contacts.toml").write_text("[help]\nplatform_phone = '1'\nmailbox = 'a'\n", "utf-8")
    (tmp_path / "x.cases.toml").write_text("cases = []", "utf-8")
    again = load_folder(tmp_path)
    assert again.digest == first.digest
    assert sorted(again.source) == sorted(first.source)


def test_windows_line_ends_and_a_byte_mark_do_no_harm(tmp_path: Path, first: Rulebook) -> None:
    for name, text in read_folder(FIRST).items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_folder(tmp_path).digest == first.digest


def test_the_source_loads_again(first: Rulebook) -> None:
    assert load_source(first.source) == first


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("标题".encode("gb18030"))
    with pytest.raises(RulebookErrors, match="not UTF-8"):
        load_folder(tmp_path)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(RulebookErrors, match="no rulebook files"):
        load_folder(tmp_path)


def test_broken_toml_names_file_and_line() -> None:
    with pytest.raises(RulebookErrors) as caught:
        load_source({"a.toml": "x = 1\ny = = 2\n"})
    assert (caught.value.errors[0].file, caught.value.errors[0].line) == ("a.toml", 2)


def test_files_that_can_not_be_read_hide_no_faults_of_the_others(first: Rulebook) -> None:
    """Nor do they cause any: what they hold is not said to be missing, keys are not looked up in them."""
    source = dict(first.source)
    source["2-authorities.toml"] += "\ny = = 2\n"
    source["7-procedure.toml"] = source["7-procedure.toml"].replace("on = 2020-10-26", "on = 2020-10-46", 1)
    source["5-form.toml"] = source["5-form.toml"].replace("max_chars = 500", "max_char = 500", 1)
    source["8-more.toml"] = source["6-checklist.toml"]
    with pytest.raises(RulebookErrors) as caught:
        load_source(source)
    assert [(e.file, e.problem.en.partition(":")[0]) for e in caught.value.errors] == [
        ("2-authorities.toml", "not TOML"),
        ("5-form.toml", "unknown key max_char"),
        ("7-procedure.toml", "not TOML"),
        ("8-more.toml", "checklist already stands in 6-checklist.toml"),
    ]


def test_nothing_is_written_out_of_files_that_can_not_be_read(first: Rulebook) -> None:
    with pytest.raises(RulebookErrors, match=r"more\.toml:1"):
        canonical({**first.source, "more.toml": "a = = 1"})


def test_every_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml", "x.cases.toml", "y.cases.toml"):
        (tmp_path / name).write_bytes("标题".encode("gb18030"))
    for load, names in ((load_folder, ["a.toml", "b.toml"]), (load_cases, ["x.cases.toml", "y.cases.toml"])):
        with pytest.raises(RulebookErrors) as caught:
            load(tmp_path)
        assert [e.file for e in caught.value.errors] == names


def test_all_faults_come_at_once(faults: Faults) -> None:
    found = faults(
        ('decided_by = "district"', 'decided_by = "distrct"'),
        ("on = 2020-10-26", 'on = "26 October"'),
        ("max_chars = 500", "max_char = 500"),
    )
    assert len(found) == 3


WRONG = [
    # change, file, words that must be there
    (
        ("max_chars = 500", "max_char = 500"),
        "5-form.toml",
        ["unknown key max_char", "did you mean max_chars"],
    ),
    (('requires = "star-3"', 'requires = "star-2"'), "3-conditions.toml", ["levels has no star-2", "star-3"]),
    (('clause = "二、5"', 'clause = "二、11"'), "4-materials.toml", ["clauses has no 二、11"]),
    (
        ('requires = "star-3"', 'requires = "star-5"'),
        "3-conditions.toml",
        ["never be reached", "levels[2].requires"],
    ),
    (
        ('decided_by = "district"', 'decided_by = "district"\nrequires = "star-3"'),
        "3-conditions.toml",
        ["never be"],
    ),
    (("rank = 4", "rank = 3"), "3-conditions.toml", ["the same rank"]),
    (("on = 2020-10-26", "on = 2020-13-26"), "7-procedure.toml", ["not TOML"]),
    (("on = 2020-10-26", 'on = "2020-10-26"'), "7-procedure.toml", ["a date such as"]),
    (("on = 2020-10-26", "on = 2020-09-26"), "7-procedure.toml", ["before the notice's date"]),
    (("on = 2020-10-26", "on = 9999-12-31"), "7-procedure.toml", ["too far"]),
    (('base = "roster"\n', ""), "3-conditions.toml", ["a share needs its base"]),
    (('percent = "3%"', "percent = 3"), "3-conditions.toml", ["a share such as"]),
    (('percent = "3%"', 'percent = "3%"\nfixed = 3'), "3-conditions.toml", ["not both"]),
    (('percent = "3%"', 'percent = "0%"'), "3-conditions.toml", ["a share such as"]),
    (
        ('levels = ["star-3"]', 'levels = ["star-4"]'),
        "3-conditions.toml",
        ["district does not decide star-4"],
    ),
    (
        ('levels = ["star-4", "star-5"]\npercent', 'levels = ["star-4", "star-4"]\npercent'),
        "3-conditions.toml",
        ["already limited by"],
    ),
    (('recommended_by = ["district"]', 'recommended_by = ["city"]'), "3-conditions.toml", ["must be below"]),
    (('key = "star-4"', 'key = "star-3"'), "3-conditions.toml", ["already used at"]),
    (('key = "star-4"', 'key = "四星"'), "3-conditions.toml", ["a key in lower case"]),
    (('parent = "city"', 'parent = "lixia"'), "2-authorities.toml", ["higher tier"]),
    (('parent = "city"\n', ""), "2-authorities.toml", ["parent is missing"]),
    (('role = "uscc"\n', ""), "5-form.toml", ["no field has the role uscc"]),
    (('role = "contact_name"', 'role = "uscc"'), "5-form.toml", ["is taken"]),
    (('role = "contact_name"', 'role = "clerk"'), "5-form.toml", ["wrong value", "contact_name"]),
    (('options_from = "levels"\n', ""), "5-form.toml", ["a choice needs options"]),
    (('kind = "month"', 'kind = "moth"'), "5-form.toml", ["did you mean month"]),
    (('accepted = ["state"', 'accepted = ["stat"'), "3-conditions.toml", ["nature has no option stat"]),
    (("number = 4", "number = 5"), "4-materials.toml", ["the number is taken"]),
    (("annex_number = 3\n", ""), "4-materials.toml", ["go together"]),
    (('when = { contracts = "not_saying_cloud" }', "when = { }"), "4-materials.toml", ["no circumstance"]),
    (
        ('label = "其他证明性材料"', 'label = "其他证明性材料"\nconfirmed_online = "supports"'),
        "4-materials.toml",
        ["one material only"],
    ),
    (
        ('label = "其他证明性材料"', 'label = "其他证明性材料"\nconfirmed_online = "replaces"'),
        "4-materials.toml",
        ["does not say cloud"],
    ),
    (('confirmed_online = "supports"', 'confirmed_online = "seal"'), "4-materials.toml", ["wrong value"]),
    (
        ('expected_with = "equipment-cloud"', 'expected_with = "equipmen"'),
        "4-materials.toml",
        ["checklist has no"],
    ),
    (('before = "district-report"\n', ""), "7-procedure.toml", ["needs `before`"]),
    (
        ('set_by = "district"\nbefore = "district-report"', "opens = 2020-10-20\ncloses = 2020-10-10"),
        "7-procedure.toml",
        ["closes before it opens"],
    ),
    (('set_by = "district"\nbefore = "district-report"\n', ""), "7-procedure.toml", ["opens and closes"]),
    (("days = 5", "days = 0"), "7-procedure.toml", ["from 1 to"]),
    (('about = "nature"', 'about = "natur"'), "7-procedure.toml", ["form.fields has no natur"]),
    (('actor = "city"', 'actor = "moon"'), "7-procedure.toml", ["actors has no moon"]),
    (('kind = "judged"', 'kind = "guessed"'), "3-conditions.toml", ["registered_in, answer_is"]),
    (('kind = "judged"', "kind = { a = 1 }"), "3-conditions.toml", ["registered_in, answer_is"]),
    (('to = "submission"', "to = 2019-12-31"), "3-conditions.toml", ["ends before it starts"]),
    (('to = "submission"', 'to = "someday"'), "3-conditions.toml", ["wrong value"]),
    (('text = "具有独立的法人资格', 'text = ""\n# text = "具有'), "3-conditions.toml", ["not empty"]),
    (("same_round_counts = true", "same_round_counts = 1"), "3-conditions.toml", ["true or false"]),
    (
        ('from = "district"\nto = "city"', 'from = "city"\nto = "district"'),
        "7-procedure.toml",
        ["goes to a higher"],
    ),
    (
        ('interpretation = ["rounding", ', 'interpretation = ["roundin", '),
        "3-conditions.toml",
        ["did you mean rounding"],
    ),
]


@pytest.mark.parametrize(
    ("change", "file", "words"), WRONG, ids=[w[0][1][:40] or w[0][0][:40] for w in WRONG]
)
def test_each_fault_names_file_line_and_hint(
    faults: Faults, change: tuple[str, str], file: str, words: list[str]
) -> None:
    found = faults(change)
    assert any(all(word in line for word in words) for line in found), found
    fault = next(line for line in found if all(word in line for word in words))
    assert fault.startswith(file), fault
    assert fault.removeprefix(file + ":").split(" ")[0].isdigit(), fault


def test_the_line_is_the_key_itself(faults: Faults) -> None:
    text = read_folder(FIRST)["3-conditions.toml"]
    at = text[: text.index("rank = 4")].count("\n") + 1
    assert faults(("rank = 4", 'rank = "4"'))[0].startswith(f"3-conditions.toml:{at} levels[2].rank")


POINTS = [
    (("at_least = 20, points = 10", "at_least = 100, points = 10"), "never reached"),
    (('field = "users"\n', ""), "field goes with of"),
    (('{ level = "silver", at_least = 50 }', '{ level = "gold", at_least = 50 }'), "threshold already"),
    (('group = "size"', 'group = "siz"'), "points.groups has no siz"),
    (('is = "quality"', 'is = "quantity"'), "has no option quantity"),
]


@pytest.mark.parametrize(("change", "words"), POINTS)
def test_faults_of_points(faults: Faults, change: tuple[str, str], words: str) -> None:
    assert any(words in line for line in faults(change, folder=SECOND))


def test_a_level_can_not_wait_for_one_decided_higher_up(faults: Faults) -> None:
    found = faults(('decided_by = "town"', 'decided_by = "province"'), folder=SECOND)
    assert any("decided higher up" in line for line in found)


def test_a_table_in_two_files_is_refused() -> None:
    source = read_folder(FIRST)
    with pytest.raises(RulebookErrors, match="already stands in"):
        load_source({**source, "9-more.toml": "[titles]\nyears = 3\n"})


def test_faults_are_said_in_both_languages() -> None:
    with pytest.raises(RulebookErrors) as caught:
        load_source({"a.toml": "tittle = 1\n"})
    assert "没有“tittle”这个键" in caught.value.say("zh")
    assert "unknown key tittle" in caught.value.say("en")


def test_contacts_are_read_and_checked() -> None:
    contacts = load_contacts(FIRST)
    assert len(contacts.contacts) == 18
    assert contacts.of("pingyin")[0].office == "平阴县工信局"
    with pytest.raises(RulebookErrors, match="unknown key fone"):
        read_contacts("[[contacts]]\nauthority='a'\noffice='b'\nname='c'\nphone='1'\nfone='2'\n")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    with pytest.raises(RulebookErrors):
        load_source({"a.toml": text})


def test_a_number_too_long_to_read_and_nesting_too_deep() -> None:
    for text in ("a = " + "9" * 5000, "a = " + "[" * 5000 + "]" * 5000):
        with pytest.raises(RulebookErrors):
            load_source({"a.toml": text})


SLIPS = [
    ("label = “名称”", "引号要用英文半角"),
    ("on = 2021-9-30", "月和日都写两位"),
    ("on = 2021-09-31", "没有这一天"),
    ("max = 99,999", "数里不加逗号"),
]


@pytest.mark.parametrize(("line", "hint"), SLIPS)
def test_slips_of_writing_are_told_in_words(line: str, hint: str) -> None:
    with pytest.raises(RulebookErrors) as why:
        load_source({"x.toml": f'a = "“2021-9-3”"\n{line}\n'})
    (error,) = why.value.errors
    assert error.line == 2
    assert hint in error.hint.zh


def test_a_line_without_a_known_slip_has_no_hint() -> None:
    with pytest.raises(RulebookErrors) as why:
        load_source({"x.toml": "a = = 1"})
    assert not why.value.errors[0].hint.zh
