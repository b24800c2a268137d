"""What officers look up elsewhere: present or absent, how long ago, how often."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import LISTS, Book, kinds, of, rule

from xingyun.rulebook import Facts, LookUp
from xingyun.rulebook.explain import lines

PLAIN = 'source = "查询"\nsource_en = "records"\nchecked_by = "town"'
IN_TWO_YEARS = "look_back_months = 24"
POOL = 'list = "pool"\nchecked_by = "town"\nmust_be = "listed"'


def _with(facts: Facts, *dates: date, found: str = "listed", day: date | None = date(2022, 3, 1)) -> Facts:
    entry = LookUp("listed" if found == "listed" else "clear", dates)
    return dataclasses.replace(facts, outside={"it": entry}, day=day)


def test_nobody_has_looked_yet(book: Book, gold: Facts) -> None:
    assert kinds(book(rule("outside_check", PLAIN, IN_TWO_YEARS)), gold) == ["hint"]


@pytest.mark.parametrize(("found", "kind"), [("clear", "ok"), ("listed", "obstacle")])
def test_without_a_look_back_an_entry_is_enough(book: Book, gold: Facts, found: str, kind: str) -> None:
    rulebook = book(rule("outside_check", PLAIN))
    assert kinds(rulebook, _with(gold, found=found)) == [kind]


def test_an_entry_may_be_left_to_the_reviewers(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", PLAIN, 'otherwise = "judge"'))
    found = of(rulebook, _with(gold))
    assert [(f.kind, f.remedy.zh) for f in found] == [("judge", "")]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2020, 2, 29), "ok"),
        (date(2020, 3, 1), "obstacle"),
        (date(2022, 3, 1), "obstacle"),
        (date(2022, 3, 2), "ok"),
    ],
)
def test_both_ends_of_the_time_looked_back_at_are_inside(
    book: Book, gold: Facts, on: date, kind: str
) -> None:
    found = of(book(rule("outside_check", PLAIN, IN_TWO_YEARS)), _with(gold, on))
    assert [f.kind for f in found] == [kind]
    assert found[0].facts[0].zh == f"查询的记录：{on.year}年{on.month}月{on.day}日"


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2019, 12, 31), "ok"),
        (date(2020, 1, 1), "obstacle"),
        (date(2021, 12, 31), "obstacle"),
        (date(2022, 1, 1), "ok"),
    ],
)
def test_from_one_day_to_another(book: Book, gold: Facts, on: date, kind: str) -> None:
    rulebook = book(rule("outside_check", PLAIN, "from = 2020-01-01", "to = 2021-12-31"))
    assert kinds(rulebook, _with(gold, on, day=None)) == [kind]
    assert any("只看2020年1月1日至2021年12月31日" in line.words.zh for line in lines(rulebook))


def test_since_a_day_an_entry_without_date_is_judged(book: Book, gold: Facts) -> None:
    assert kinds(book(rule("outside_check", PLAIN, "from = 2020-01-01")), _with(gold)) == ["judge"]


def test_a_fixed_day_to_look_back_from(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", PLAIN, IN_TWO_YEARS, "as_of = 2021-12-31"))
    assert kinds(rulebook, _with(gold, date(2019, 12, 30))) == ["ok"]
    found = of(rulebook, _with(gold, date(2019, 12, 31), day=None))
    assert [(f.kind, f.remedy.zh) for f in found] == [("obstacle", "与事实不符的，请先向查询申请更正。")]


def test_the_remedy_names_the_first_free_day(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", PLAIN, IN_TWO_YEARS))
    found = of(rulebook, _with(gold, date(2020, 8, 5), date(2021, 1, 31)))
    assert found[0].remedy.zh == "2023年2月1日起这些记录不再计入。"
    free = _with(gold, date(2020, 8, 5), date(2021, 1, 31), day=date(2023, 2, 1))
    assert kinds(rulebook, free) == ["ok"]
    assert kinds(rulebook, dataclasses.replace(free, day=date(2023, 1, 31))) == ["obstacle"]


@pytest.mark.parametrize(("n", "kind"), [(2, "ok"), (3, "obstacle")])
def test_so_many_entries_are_put_up_with(book: Book, gold: Facts, n: int, kind: str) -> None:
    dates = [date(2021, month, 1) for month in range(1, n + 1)]
    found = of(book(rule("outside_check", PLAIN, "at_most = 2")), _with(gold, *dates))
    assert [f.kind for f in found] == [kind]
    assert found[0].text == f"甲：查询有 {n} 条记录，不得多于 2 条。"


def test_the_oldest_of_too_many_gets_free_first(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", PLAIN, IN_TWO_YEARS, "at_most = 1"))
    found = of(rulebook, _with(gold, date(2020, 8, 5), date(2021, 1, 31)))
    assert found[0].remedy.zh == "2022年8月6日起这些记录不再计入。"


@pytest.mark.parametrize("lines_", [IN_TWO_YEARS, "at_most = 1"])
def test_an_entry_without_a_date_is_for_the_reviewers(book: Book, gold: Facts, lines_: str) -> None:
    assert kinds(book(rule("outside_check", PLAIN, lines_)), _with(gold)) == ["judge"]


def test_without_a_day_of_submission_nobody_can_look_back(book: Book, gold: Facts) -> None:
    facts = _with(gold, date(2022, 1, 1), day=None)
    assert kinds(book(rule("outside_check", PLAIN, IN_TWO_YEARS)), facts) == ["judge"]
    assert kinds(book(rule("outside_check", PLAIN, "at_most = 1")), facts) == ["ok"]


@pytest.mark.parametrize(("found", "kind"), [("listed", "ok"), ("clear", "obstacle")])
def test_a_pool_to_be_in(book: Book, gold: Facts, found: str, kind: str) -> None:
    said = of(book(rule("outside_check", POOL), LISTS), _with(gold, found=found))
    assert [f.kind for f in said] == [kind]
    assert said[0].remedy.zh == ("" if kind == "ok" else "请先列入服务商库网。")


def test_a_member_of_a_list_is_listed_without_a_look_up(book: Book, gold: Facts) -> None:
    member = dataclasses.replace(gold, members=frozenset({"pool"}))
    assert kinds(book(rule("outside_check", POOL), LISTS), member) == ["ok"]
    assert kinds(book(rule("outside_check", POOL, 'subject = "providers"'), LISTS), member) == ["hint"]
    assert kinds(book(rule("outside_check", POOL), LISTS), gold) == ["hint"]


FAULTS = [
    (PLAIN + "\nrepeat_within_days = -1", "from 0 to 366 days"),
    (PLAIN + "\nrepeat_within_days = 367", "from 0 to 366 days"),
    ('checked_by = "town"', "either source with source_en, or list"),
    (PLAIN + '\nlist = "pool"', "either source with source_en, or list"),
    ('source = "a"\nchecked_by = "town"', "either source with source_en, or list"),
    (PLAIN + "\nlook_back_months = 0", "from 1 to 1200 months"),
    (PLAIN + "\nlook_back_months = 1201", "from 1 to 1200 months"),
    (PLAIN + "\nas_of = 2021-01-01", "as_of goes with look_back_months"),
    (PLAIN + "\nat_most = -1", "can't be negative"),
    (POOL + "\nlook_back_months = 1", "no look-back and no count"),
    (POOL + "\nat_most = 1", "no look-back and no count"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("outside_check", lines_), LISTS)
    assert len(found) == 1
    assert said in found[0]


def test_what_is_just_inside_the_bounds(book: Book) -> None:
    for n in (1, 1200):
        assert book(rule("outside_check", PLAIN, f"look_back_months = {n}", "as_of = 2021-01-01"))


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("outside_check", PLAIN, IN_TWO_YEARS, "at_most = 1"),
        rule("outside_check", PLAIN, IN_TWO_YEARS, "as_of = 2021-12-31", key="b"),
        rule("outside_check", POOL, key="c"),
        LISTS,
    )
    said = [line.words.zh for line in lines(rulebook)]
    assert "甲；由乡镇查查询；只看提交之日前24个月；容许1条" in said
    assert "甲；由乡镇查查询；只看2021年12月31日前24个月" in said
    assert "甲；由乡镇核对：须列入服务商库网" in said


def test_of_three_too_many_the_middle_one_decides_when(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", PLAIN, IN_TWO_YEARS, "at_most = 1"))
    found = of(rulebook, _with(gold, date(2020, 8, 5), date(2020, 11, 7), date(2021, 1, 31)))
    assert found[0].remedy.zh == "2022年11月8日起这些记录不再计入。"


@pytest.mark.parametrize(
    ("on", "kind"),
    [(None, "hint"), (date(2022, 5, 21), "hint"), (date(2022, 5, 22), "ok"), (date(2022, 6, 1), "ok")],
)
def test_before_the_announcement_an_old_answer_is_none(
    book: Book, gold: Facts, on: date | None, kind: str
) -> None:
    rulebook = book(rule("outside_check", PLAIN, "repeat_within_days = 10"))
    told = dataclasses.replace(gold, outside={"it": LookUp("clear", (), on)}, day=date(2022, 3, 1))
    assert kinds(rulebook, told) == ["ok"], "nobody announces yet"
    assert kinds(rulebook, dataclasses.replace(told, announced=date(2022, 6, 1))) == [kind]
    assert any("答复不早于公布前10天" in line.words.zh for line in lines(rulebook))


def test_an_answer_without_a_repeat_stays_good(book: Book, gold: Facts) -> None:
    facts = dataclasses.replace(_with(gold, found="clear"), announced=date(2030, 1, 1))
    assert kinds(book(rule("outside_check", PLAIN)), facts) == ["ok"]


def test_a_pool_is_looked_into_again_too(book: Book, gold: Facts) -> None:
    rulebook = book(rule("outside_check", POOL, "repeat_within_days = 0"), LISTS)
    found = of(rulebook, dataclasses.replace(_with(gold), announced=date(2022, 6, 1)))
    assert [f.kind for f in found] == ["hint"]
    assert found[0].text.endswith("2022年6月1日以前的答复不算。")
