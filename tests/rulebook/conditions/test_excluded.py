"""Who is shut out by another title, by funding, by a relation."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from tests.rulebook.conditions.conftest import Book, kinds, of
from tests.rulebook.conditions.conftest import rule as condition

from xingyun.rulebook import Facts, HeldTitle, LookUp
from xingyun.rulebook.explain import lines

DAY = date(2022, 3, 1)
TITLE = 'by = "title"\nprogrammes = ["tide"]\ntitle_levels = ["high"]'
CHECKED = 'checked_by = "town"'
FUNDED = 'by = "funding"\nlook_back_months = 12'


def excluded(*lines_: str, key: str = "it") -> str:
    """An exclusion that the town looks up."""
    return condition("excluded", *lines_, CHECKED, key=key)


def _holding(facts: Facts, *titles: HeldTitle, related: bool = False, day: date | None = DAY) -> Facts:
    key = "related_titles" if related else "other_titles"
    return dataclasses.replace(facts, day=day, **{key: titles})


def _title(first: date | None = None, last: date | None = None, level: str = "high") -> HeldTitle:
    return HeldTitle(programme="tide", level=level, valid_from=first, valid_to=last)


SIDES = [
    (_title(), "obstacle"),
    (_title(level="low"), "ok"),
    (HeldTitle(programme="wave", level="high"), "ok"),
    (_title(last=date(2022, 3, 1)), "obstacle"),
    (_title(last=date(2022, 2, 28)), "ok"),
    (_title(first=date(2022, 3, 1)), "obstacle"),
    (_title(first=date(2022, 3, 2)), "ok"),
]


@pytest.mark.parametrize(("title", "kind"), SIDES)
def test_a_title_while_it_holds(book: Book, gold: Facts, title: HeldTitle, kind: str) -> None:
    assert kinds(book(excluded(TITLE)), _holding(gold, title)) == [kind]


def test_a_title_that_has_ended_may_count_too(book: Book, gold: Facts) -> None:
    rulebook = book(excluded(TITLE, "while_valid = false"))
    found = of(rulebook, _holding(gold, _title(last=date(2020, 1, 1)), day=None))
    assert [f.say() for f in found] == ["甲：查到tide的high。 与事实不符的，请向受理机关说明。"]
    assert found[0].facts[0].zh == "持有的称号：tide的high"


def test_any_title_of_any_programme(book: Book, gold: Facts) -> None:
    rulebook = book(excluded('by = "title"'))
    assert kinds(rulebook, _holding(gold, HeldTitle(programme="wave"))) == ["obstacle"]
    assert of(rulebook, _holding(gold, HeldTitle(programme="wave")))[0].text == "甲：查到wave。"
    assert kinds(rulebook, _holding(gold)) == ["ok"]


def test_the_remedy_says_until_when(book: Book, gold: Facts) -> None:
    rulebook = book(excluded('by = "title"'))
    ends = [_title(last=date(2022, 12, 31)), _title(last=date(2023, 6, 30))]
    assert of(rulebook, _holding(gold, *ends))[0].remedy.zh == "2023年6月30日以后不再受限。"
    assert of(rulebook, _holding(gold, *ends, _title()))[0].remedy.zh.startswith("与事实不符的")


def test_being_related_to_a_holder(book: Book, gold: Facts) -> None:
    rulebook = book(excluded('by = "relation"', 'programmes = ["tide"]', 'otherwise = "judge"'))
    found = of(rulebook, _holding(gold, _title(), related=True))
    assert [(f.kind, f.facts[0].zh) for f in found] == [("judge", "关联企业持有的称号：tide的high")]
    assert kinds(rulebook, _holding(gold, _title())) == ["hint"]


@pytest.mark.parametrize("by", ["title", "relation", "funding"])
def test_what_nobody_knows_officers_look_up(book: Book, gold: Facts, by: str) -> None:
    rulebook = book(excluded(f'by = "{by}"'))
    assert kinds(rulebook, gold) == ["hint"]
    for found, kind in (("clear", "ok"), ("listed", "obstacle")):
        entry = LookUp("clear" if found == "clear" else "listed")
        assert kinds(rulebook, dataclasses.replace(gold, outside={"it": entry})) == [kind]


def test_a_title_is_found_whatever_the_officers_saw(book: Book, gold: Facts) -> None:
    facts = dataclasses.replace(_holding(gold, _title()), outside={"it": LookUp("clear")})
    assert kinds(book(excluded(TITLE)), facts) == ["obstacle"]


def test_before_the_day_is_known_it_is_only_a_hint(book: Book, gold: Facts) -> None:
    assert kinds(book(excluded(TITLE)), _holding(gold, _title(), day=None)) == ["hint"]
    assert kinds(book(excluded(TITLE)), _holding(gold, _title(level="low"), day=None)) == ["ok"]
    funded = dataclasses.replace(gold, fundings=(DAY,), day=None)
    assert kinds(book(excluded(FUNDED)), funded) == ["hint"]
    assert kinds(book(excluded(FUNDED)), dataclasses.replace(funded, fundings=())) == ["ok"]
    fixed = book(excluded(FUNDED, "as_of = 2022-03-01"))
    assert kinds(fixed, funded) == ["obstacle"]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2021, 2, 28), "ok"),
        (date(2021, 3, 1), "obstacle"),
        (date(2022, 3, 1), "obstacle"),
        (date(2022, 3, 2), "ok"),
    ],
)
def test_funding_in_the_time_looked_back_at(book: Book, gold: Facts, on: date, kind: str) -> None:
    facts = dataclasses.replace(gold, fundings=(on,), day=DAY)
    assert kinds(book(excluded(FUNDED)), facts) == [kind]


def test_funding_at_any_time(book: Book, gold: Facts) -> None:
    facts = dataclasses.replace(gold, fundings=(date(1999, 1, 1),), day=None)
    found = of(book(excluded('by = "funding"')), facts)
    assert [(f.kind, f.remedy.zh) for f in found] == [("obstacle", "与事实不符的，请向受理机关说明。")]


@pytest.mark.parametrize(("n", "kind"), [(1, "ok"), (2, "obstacle")])
def test_so_many_fundings_are_put_up_with(book: Book, gold: Facts, n: int, kind: str) -> None:
    facts = dataclasses.replace(gold, fundings=(date(2021, 5, 1), date(2021, 8, 1))[:n], day=DAY)
    found = of(book(excluded(FUNDED, "at_most = 1")), facts)
    assert [f.kind for f in found] == [kind]
    if kind == "obstacle":
        assert found[0].remedy.zh == "2022年5月2日起不再受限。"
        assert [f.zh for f in found[0].facts] == ["资助：2021年5月1日", "资助：2021年8月1日"]


def _looked_up(facts: Facts, *dates: date, found: bool = True) -> Facts:
    entry = LookUp("listed" if found else "clear", dates)
    return dataclasses.replace(facts, outside={"it": entry}, day=DAY)


def test_fundings_that_officers_found_count_with_those_known(book: Book, gold: Facts) -> None:
    rulebook = book(excluded(FUNDED, "at_most = 1"))
    once = _looked_up(gold, date(2021, 5, 1))
    assert kinds(rulebook, once) == ["ok"]
    assert kinds(rulebook, dataclasses.replace(once, fundings=(date(2021, 5, 1),))) == ["ok"]
    assert kinds(rulebook, dataclasses.replace(once, fundings=(date(2021, 6, 1),))) == ["obstacle"]
    assert kinds(rulebook, _looked_up(gold, date(2021, 5, 1), date(2021, 6, 1))) == ["obstacle"]
    assert kinds(rulebook, _looked_up(gold, date(2020, 5, 1), date(2021, 6, 1))) == ["ok"]
    assert kinds(rulebook, _looked_up(gold, found=False)) == ["ok"]


@pytest.mark.parametrize(
    ("lines_", "kind"), [("", "obstacle"), ("look_back_months = 12", "judge"), ("at_most = 1", "judge")]
)
def test_a_funding_of_an_unknown_day(book: Book, gold: Facts, lines_: str, kind: str) -> None:
    assert kinds(book(excluded('by = "funding"', lines_)), _looked_up(gold)) == [kind]


def test_where_it_is_looked_up(book: Book, gold: Facts) -> None:
    said = of(book(excluded(TITLE, 'source = "公示网"', 'source_en = "site"')), gold)[0]
    assert said.text == "甲：由工作人员核对（公示网）。"
    rulebook = book(excluded(TITLE))
    assert of(rulebook, gold)[0].text == "甲：由工作人员核对（甲）。"
    assert [c.key for c in rulebook.looked_up] == ["tax-record", "it"]


def test_a_fixed_day_gives_nothing_to_wait_for(book: Book, gold: Facts) -> None:
    facts = dataclasses.replace(gold, fundings=(DAY,), day=DAY)
    found = of(book(excluded(FUNDED, "as_of = 2022-03-01")), facts)
    assert found[0].remedy.zh == "与事实不符的，请向受理机关说明。"


@pytest.mark.parametrize(
    ("on", "kind"),
    [(date(2020, 12, 31), "ok"), (date(2021, 1, 1), "obstacle"), (date(2022, 12, 31), "obstacle")],
)
def test_funding_since_a_day(book: Book, gold: Facts, on: date, kind: str) -> None:
    made = book(excluded('by = "funding"\nfrom = 2021-01-01'))
    assert kinds(made, dataclasses.replace(gold, fundings=(on,), day=None)) == [kind]
    assert any("只看2021年1月1日以来" in line.words.zh for line in lines(made))


@pytest.mark.parametrize(
    ("given", "kind"), [(date(2021, 2, 28), "ok"), (date(2021, 3, 1), "obstacle"), (None, "obstacle")]
)
def test_titles_given_in_the_time_looked_back_at(
    book: Book, gold: Facts, given: date | None, kind: str
) -> None:
    titles = (HeldTitle(programme="tide", level="high", valid_from=given),)
    facts = dataclasses.replace(gold, other_titles=titles, day=DAY)
    assert kinds(book(excluded(TITLE, "look_back_months = 12")), facts) == [kind]


@pytest.mark.parametrize(("n", "kind"), [(1, "ok"), (2, "obstacle")])
def test_so_many_titles_of_a_group_are_put_up_with(book: Book, gold: Facts, n: int, kind: str) -> None:
    ends = (date(2023, 1, 1), date(2024, 1, 1))
    titles = tuple(HeldTitle(programme="tide", level="high", valid_to=end) for end in ends[:n])
    facts = dataclasses.replace(gold, related_titles=titles, day=DAY)
    found = of(book(excluded('by = "relation"\nat_most = 1')), facts)
    assert [f.kind for f in found] == [kind]
    if kind == "obstacle":
        assert found[0].remedy.zh == "2023年1月1日以后不再受限。"


FAULTS = [
    (FUNDED + '\nprogrammes = ["tide"]', "names no titles"),
    (FUNDED + '\ntitle_levels = ["high"]', "names no titles"),
    (FUNDED + "\nwhile_valid = false", "names no titles"),
    (FUNDED + "\nat_most = -1", "can't be negative"),
    ('by = "funding"\nlook_back_months = 0', "from 1 to 1200 months"),
    ('by = "funding"\nlook_back_months = 1201', "from 1 to 1200 months"),
    ('by = "funding"\nas_of = 2022-01-01', "as_of goes with look_back_months"),
    (TITLE + '\nsource = "a"', "both or neither"),
    (FUNDED + "\nfrom = 2022-01-01", "either months or from and to"),
    (TITLE + "\nfrom = 2022-01-02\nto = 2022-01-01", "ends before it starts"),
    (TITLE + "\nas_of = 2022-01-01", "as_of goes with look_back_months"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(excluded(lines_))
    assert len(found) == 1
    assert said in found[0]


def test_explained(book: Book) -> None:
    rulebook = book(
        excluded(TITLE),
        excluded('by = "relation"', "while_valid = false", key="b"),
        excluded(FUNDED, "at_most = 1", key="c"),
        excluded('by = "funding"', key="d"),
    )
    said = [line.words.zh for line in lines(rulebook)]
    assert "甲；持有tide的high的不能申报；由乡镇查" in said
    assert "甲；关联企业持有其他项目的称号的不能申报；过期的也算；由乡镇查" in said
    assert "甲；按已获资助；只看提交之日前12个月；容许1次；由乡镇查" in said
    assert "甲；按已获资助；由乡镇查" in said


def test_of_three_titles_too_many_the_middle_one_decides_when(book: Book, gold: Facts) -> None:
    ends = (date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1))
    titles = tuple(HeldTitle(programme="tide", level="high", valid_to=end) for end in ends)
    facts = dataclasses.replace(gold, related_titles=titles, day=DAY)
    found = of(book(excluded('by = "relation"\nat_most = 1')), facts)
    assert found[0].remedy.zh == "2024年1月1日以后不再受限。"
