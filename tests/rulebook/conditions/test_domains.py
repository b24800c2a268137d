"""The checklist: so many domains, in so many branches, or certain ones."""

import dataclasses
from collections.abc import Callable

import pytest
from tests.rulebook.conditions.conftest import Book, kinds, of, rule

from xingyun.rulebook import Facts
from xingyun.rulebook.explain import lines


def _proved(facts: Facts, *domains: str) -> Facts:
    claims = {**dict.fromkeys(("mail", "planning", "stock"), False), **dict.fromkeys(domains, True)}
    return dataclasses.replace(facts, claims=claims)


SIDES = [
    ("at_least = 2", ("mail",), "obstacle"),
    ("at_least = 2", ("mail", "stock"), "ok"),
    ('at_least = 2\nwithin = "shop-floor"', ("planning", "stock"), "obstacle"),
    ('at_least = 2\nwithin = "shop-floor"', ("planning", "quality"), "ok"),
    ('at_least = 2\nwithin = "making"', ("planning", "stock"), "ok"),
    ('at_least = 2\nin_branches = "category"', ("mail", "files"), "obstacle"),
    ('at_least = 2\nin_branches = "category"', ("mail", "stock"), "ok"),
    ('at_least = 2\nin_branches = "category"\neach = 2', ("mail", "files", "stock"), "obstacle"),
    ('at_least = 2\nin_branches = "category"\neach = 2', ("mail", "files", "stock", "quality"), "ok"),
    ('at_least = 2\nin_branches = "subcategory"\nwithin = "making"', ("mail", "stock"), "obstacle"),
    ('at_least = 2\nin_branches = "subcategory"\nwithin = "making"', ("quality", "stock"), "ok"),
    ('at_least = 3\nin_branches = "subcategory"', ("mail", "stock"), "obstacle"),
    ('at_least = 3\nin_branches = "subcategory"', ("mail", "stock", "planning"), "ok"),
    ('all_of = ["store", "mail"]', ("mail",), "obstacle"),
    ('all_of = ["store", "mail"]', ("mail", "stock"), "ok"),
    ('all_of = ["making"]', ("planning", "tracking", "stock"), "obstacle"),
    ('all_of = ["making"]', ("planning", "tracking", "quality", "stock"), "ok"),
    ('all_of = ["mail"]\nat_least = 2', ("mail",), "obstacle"),
    ('all_of = ["mail"]\nat_least = 2', ("stock", "files"), "obstacle"),
    ('all_of = ["mail"]\nat_least = 2', ("mail", "stock"), "ok"),
]


@pytest.mark.parametrize(("lines_", "domains", "kind"), SIDES)
def test_both_sides(book: Book, gold: Facts, lines_: str, domains: tuple[str, ...], kind: str) -> None:
    assert kinds(book(rule("domains", lines_)), _proved(gold, *domains)) == [kind]


def test_what_is_lacking_is_named(book: Book, gold: Facts) -> None:
    found = of(book(rule("domains", 'all_of = ["stock", "desk"]')), _proved(gold, "files"))[0]
    assert found.say() == "甲：还没有证明的有邮件、账务、库存。 请证明邮件、账务、库存。"
    assert found.facts[0].zh == "有证明的域：1"


def test_how_many_are_lacking_is_said(book: Book, gold: Facts) -> None:
    found = of(book(rule("domains", "at_least = 3")), _proved(gold, "files"))[0]
    assert found.say() == "甲：有证明的 1 个，要求至少 3 个。 还差 2 个。"
    within = 'at_least = 2\nin_branches = "category"\neach = 2'
    found = of(book(rule("domains", within)), _proved(gold, "files", "mail"))[0]
    assert found.say() == "甲：有 2 个以上有证明的大类 1 个，要求至少 2 个。 还差 1 个。"


def test_without_a_checklist_nothing_is_proved(book: Book, gold: Facts) -> None:
    rulebook = book(rule("domains", "at_least = 1"), rule("domains", 'all_of = ["mail"]', key="all"))
    bare = dataclasses.replace(rulebook, checklist=None)
    assert kinds(bare, gold) == ["obstacle"]
    assert kinds(bare, gold, "condition.all") == ["ok"]


FAULTS = [
    ("", "at_least or all_of is needed"),
    ('at_least = -1\nall_of = ["mail"]', "at_least or all_of is needed"),
    ("at_least = 1\neach = 2", "each goes with in_branches"),
    ('at_least = 1\neach = 0\nin_branches = "category"', "at least 1"),
    ('all_of = ["mail"]\nin_branches = "category"', "in_branches goes with at_least"),
    ('at_least = 1\nin_branches = "category"\nwithin = "making"', "counted in the whole checklist"),
    ('at_least = 1\nin_branches = "subcategory"\nwithin = "store"', "it must be a category"),
    ("at_least = 8", "only 7 in the list"),
    ('at_least = 3\nin_branches = "category"', "only 2 in the list"),
    ('at_least = 3\nin_branches = "subcategory"\neach = 2', "only 2 in the list"),
    ('all_of = ["mailing"]', "checklist has no mailing"),
]


@pytest.mark.parametrize(("lines_", "said"), FAULTS)
def test_faults(wrong: Callable[..., list[str]], lines_: str, said: str) -> None:
    found = wrong(rule("domains", lines_))
    assert len(found) == 1
    assert said in found[0]


def test_explained(book: Book) -> None:
    rulebook = book(
        rule("domains", "at_least = 1", 'within = "making"'),
        rule("domains", 'all_of = ["mail"]', key="c"),
        rule("domains", "at_least = 2", 'in_branches = "category"', 'all_of = ["stock", "desk"]', key="b"),
    )
    said = [line.words.zh for line in lines(rulebook)]
    assert "甲；生产里至少1个域有证明" in said
    assert "甲；须全部有证明：邮件" in said
    assert "甲；清单里至少2个大类各有1个以上域有证明；须全部有证明：库存、办公" in said
