"""What becomes of a title: terms, re-checks, lists, confirmations, both sides of every edge."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import Edit

from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.titles import History, Listing, Recheck, standing, term_end
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.aftercare import Confirmation, Titles

AWARDED = date(2020, 2, 29)
PLAIN: dict[str, object] = {
    "years": None,
    "recheck_years": None,
    "extension_years": None,
    "demotion": "none",
    "confirmation": None,
}


def with_titles(book: Rulebook, **rule: object) -> Rulebook:
    """The rulebook with such a rule on titles and no other."""
    return dataclasses.replace(book, titles=dataclasses.replace(book.titles, **{**PLAIN, **rule}))  # type: ignore[arg-type]


def state(book: Rulebook, on: date, **history: object) -> tuple[str, str | None]:
    """State and level on that day of a title of the second level."""
    found = standing(book, History(**{"level": "second", "awarded_on": AWARDED, **history}), on)  # type: ignore[arg-type]
    return found.state, found.level


@pytest.mark.parametrize(
    ("term", "end"),
    [
        ({"years": 1}, date(2021, 2, 28)),
        ({"years": 4}, date(2024, 2, 28)),
        ({"months": 6}, date(2020, 8, 28)),
        ({"years": 1, "months": 1}, date(2021, 3, 28)),
        ({}, None),
    ],
)
def test_the_last_day_of_the_term_holds(manual: Rulebook, term: dict[str, int], end: date | None) -> None:
    book = with_titles(manual, **term)
    assert term_end(book.titles, AWARDED) == end
    if end is None:
        assert state(book, date(2999, 1, 1)) == ("valid", "second")
        return
    assert state(book, end) == ("valid", "second")
    assert state(book, end.replace(day=end.day - 1) if end.day > 1 else end) == ("valid", "second")
    assert standing(book, History(level="second", awarded_on=AWARDED), end).until == end
    after = date.fromordinal(end.toordinal() + 1)
    assert state(book, after) == ("expired", None)


def test_before_the_award_there_is_no_title(manual: Rulebook) -> None:
    assert state(manual, date(2020, 2, 28)) == ("not_yet", None)
    assert state(manual, AWARDED) == ("valid", "second")


RECHECKED = {"years": 3, "recheck_years": 3, "extension_years": 3}
PASSED = Recheck(date(2023, 2, 1), "second")


@pytest.mark.parametrize(
    ("on", "rechecks", "told"),
    [
        (date(2023, 2, 28), (), ("valid", "second")),
        (date(2023, 3, 1), (), ("expired", None)),
        (date(2023, 3, 1), (PASSED,), ("valid", "second")),
        (date(2023, 1, 31), (PASSED,), ("valid", "second")),
        (date(2026, 2, 28), (PASSED,), ("valid", "second")),
        (date(2026, 3, 1), (PASSED,), ("expired", None)),
        (date(2026, 3, 1), (PASSED, Recheck(date(2023, 2, 1), "second")), ("valid", "second")),
        (date(2023, 3, 2), (Recheck(date(2023, 2, 28), "second"),), ("valid", "second")),
        (date(2023, 3, 2), (Recheck(date(2023, 3, 1), "second"),), ("expired", None)),
        (date(2023, 3, 2), (Recheck(date(2020, 2, 28), "second"),), ("expired", None)),
        (date(2023, 2, 2), (Recheck(date(2023, 2, 1), None),), ("cancelled", None)),
        (date(2023, 1, 31), (Recheck(date(2023, 2, 1), None),), ("valid", "second")),
        (date(2023, 2, 2), (Recheck(date(2023, 2, 1), "first"),), ("cancelled", None)),
        (
            date(2023, 2, 3),
            (Recheck(date(2023, 2, 1), None), Recheck(date(2023, 2, 2), "second")),
            ("cancelled", None),
        ),
    ],
)
def test_re_checks(
    manual: Rulebook, on: date, rechecks: tuple[Recheck, ...], told: tuple[str, str | None]
) -> None:
    assert state(with_titles(manual, **RECHECKED), on, rechecks=rechecks) == told


@pytest.mark.parametrize(
    ("on", "rechecks", "told"),
    [
        (date(2022, 2, 28), (), "valid"),
        (date(2022, 3, 1), (), "recheck_due"),
        (date(2022, 3, 1), (Recheck(date(2021, 6, 1), "second"),), "valid"),
        (date(2024, 2, 28), (Recheck(date(2021, 6, 1), "second"),), "valid"),
        (date(2024, 2, 29), (Recheck(date(2021, 6, 1), "second"),), "recheck_due"),
    ],
)
def test_a_re_check_is_due_by_the_award_and_what_was_passed(
    manual: Rulebook, on: date, rechecks: tuple[Recheck, ...], told: str
) -> None:
    assert state(with_titles(manual, recheck_years=2), on, rechecks=rechecks) == (told, "second")


@pytest.mark.parametrize(
    ("on", "rechecks", "told"),
    [
        (date(2023, 1, 31), (Recheck(date(2023, 2, 1), "first"),), ("valid", "second")),
        (date(2023, 2, 1), (Recheck(date(2023, 2, 1), "first"),), ("demoted", "first")),
        (date(2026, 2, 28), (Recheck(date(2023, 2, 1), "first"),), ("demoted", "first")),
        (date(2026, 3, 1), (Recheck(date(2023, 2, 1), "first"),), ("expired", None)),
        (date(2023, 2, 1), (Recheck(date(2023, 2, 1), None),), ("cancelled", None)),
        (
            date(2026, 2, 1),
            (Recheck(date(2023, 2, 1), "first"), Recheck(date(2026, 1, 1), "second")),
            ("demoted", "first"),
        ),
    ],
)
def test_down_to_the_level_still_met(
    manual: Rulebook, on: date, rechecks: tuple[Recheck, ...], told: tuple[str, str | None]
) -> None:
    book = with_titles(manual, **RECHECKED, demotion="level_met")
    assert state(book, on, rechecks=rechecks) == told


@pytest.mark.parametrize(
    ("lists", "on", "told"),
    [
        ((Listing(date(2021, 6, 1), False),), date(2021, 5, 31), "valid"),
        ((Listing(date(2021, 6, 1), False),), date(2021, 6, 1), "lapsed"),
        ((Listing(date(2021, 6, 1), True),), date(2021, 6, 1), "valid"),
        ((Listing(date(2021, 6, 1), True), Listing(date(2022, 6, 1), False)), date(2022, 6, 1), "lapsed"),
        ((Listing(AWARDED, False),), date(2021, 6, 1), "valid"),
    ],
)
def test_what_is_not_on_the_next_list_lapses(
    manual: Rulebook, lists: tuple[Listing, ...], on: date, told: str
) -> None:
    assert state(with_titles(manual, lapse="unless_listed"), on, lists=lists)[0] == told
    assert state(with_titles(manual, lapse="none"), on, lists=lists)[0] == "valid"


CONFIRMED = {"confirmation": Confirmation(every_years=1, misses=2)}


@pytest.mark.parametrize(
    ("confirmations", "on", "told"),
    [
        ((), date(2022, 2, 28), "valid"),
        ((), date(2022, 3, 1), "cancelled"),
        ((AWARDED,), date(2022, 3, 1), "valid"),
        ((AWARDED,), date(2023, 3, 1), "cancelled"),
        ((date(2021, 2, 28),), date(2023, 2, 28), "valid"),
        ((date(2021, 2, 28),), date(2023, 3, 1), "cancelled"),
        ((date(2021, 3, 1),), date(2024, 2, 28), "valid"),
        ((date(2021, 3, 1),), date(2024, 2, 29), "cancelled"),
        ((date(2020, 2, 28),), date(2022, 3, 1), "cancelled"),
    ],
)
def test_misses_in_a_row_cancel(
    manual: Rulebook, confirmations: tuple[date, ...], on: date, told: str
) -> None:
    assert state(with_titles(manual, **CONFIRMED), on, confirmations=confirmations)[0] == told


def test_no_misses_beyond_the_calendar(manual: Rulebook) -> None:
    book = with_titles(manual, confirmation=Confirmation(every_years=9000, misses=3))
    assert state(book, date.max)[0] == "valid"


def test_cancelled_by_the_office(manual: Rulebook) -> None:
    book = with_titles(manual, years=3)
    day = date(2021, 5, 5)
    assert state(book, date(2021, 5, 4), cancelled_on=day) == ("valid", "second")
    assert state(book, day, cancelled_on=day) == ("cancelled", None)


def test_the_first_end_is_told(manual: Rulebook) -> None:
    book = with_titles(manual, years=3, lapse="unless_listed", **CONFIRMED)
    lists = (Listing(date(2021, 6, 1), False),)
    late = date(2030, 1, 1)
    assert state(book, late, lists=lists)[0] == "lapsed"
    assert state(book, late, lists=lists, cancelled_on=date(2021, 5, 5))[0] == "cancelled"
    assert state(book, late, confirmations=(date(2021, 1, 1), date(2022, 1, 1)))[0] == "expired"
    assert state(book, late)[0] == "cancelled"
    failed = (Recheck(date(2021, 1, 1), None),)
    told = standing(book, History(level="second", awarded_on=AWARDED, rechecks=failed, lists=lists), late)
    assert told.words.en == "Cancelled: the re-check of 2021-01-01 was not passed."


def test_a_re_check_after_the_end_changes_nothing(manual: Rulebook) -> None:
    book = with_titles(manual, **RECHECKED)
    told = state(book, date(2023, 2, 2), cancelled_on=date(2023, 1, 1), rechecks=(PASSED,))
    assert told == ("cancelled", None)


@pytest.mark.parametrize(
    ("rule", "on", "history", "said"),
    [
        ({}, AWARDED, {}, "Valid; no term is set."),
        ({"years": 1}, AWARDED, {}, "Valid until 2021-02-28."),
        ({"years": 1}, date(2020, 1, 1), {}, "Valid from 2020-02-29."),
        ({"recheck_years": 1}, date(2021, 3, 1), {}, "A re-check was due by 2021-02-28."),
        ({"years": 1}, date(2022, 1, 1), {}, "The term ended on 2021-02-28."),
        (CONFIRMED, date(2022, 3, 1), {}, "Cancelled: not confirmed 2 times in a row."),
        ({}, date(2022, 3, 1), {"cancelled_on": date(2021, 1, 1)}, "Cancelled on 2021-01-01."),
        (
            {"lapse": "unless_listed"},
            date(2022, 3, 1),
            {"lists": (Listing(date(2021, 1, 1), False),)},
            "Not on the list of 2021-01-01, so the title has lapsed.",
        ),
        (
            {"demotion": "level_met"},
            date(2022, 3, 1),
            {"rechecks": (Recheck(date(2021, 1, 1), "first"),)},
            "Taken down to “First grade” by the re-check of 2021-01-01.",
        ),
    ],
)
def test_why(
    manual: Rulebook, rule: dict[str, object], on: date, history: dict[str, object], said: str
) -> None:
    told = History(**{"level": "second", "awarded_on": AWARDED, **history})  # type: ignore[arg-type]
    found = standing(with_titles(manual, **rule), told, on)
    assert (found.words.en, found.clause) == (said, "二")


DAYS = st.dates(date(2019, 1, 1), date(2035, 1, 1))


@given(
    DAYS,
    st.lists(st.builds(Recheck, DAYS, st.sampled_from(["first", "second", None])), max_size=4),
    st.lists(DAYS, max_size=4),
    st.lists(st.builds(Listing, DAYS, st.booleans()), max_size=3),
    st.one_of(st.none(), DAYS),
)
def test_what_has_ended_never_comes_back(
    manual: Rulebook,
    on: date,
    rechecks: list[Recheck],
    confirmations: list[date],
    lists: list[Listing],
    cancelled_on: date | None,
) -> None:
    book = with_titles(manual, **RECHECKED, demotion="level_met", lapse="unless_listed", **CONFIRMED)
    history = {
        "rechecks": tuple(rechecks),
        "confirmations": tuple(confirmations),
        "lists": tuple(lists),
        "cancelled_on": cancelled_on,
    }
    _, level = state(book, on, **history)
    later = state(book, date.fromordinal(on.toordinal() + 400), **history)
    if level is None and on >= AWARDED:
        assert later == state(book, date.fromordinal(on.toordinal() + 1), **history)
    if level == "first":
        assert later[1] in ("first", None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("years = 3\nrecheck", "years = 0\nrecheck", "a term is at least 1"),
        ("recheck_years = 3", "recheck_years = 0", "a term is at least 1"),
        ("extension_years = 3", "extension_years = 0", "a term is at least 1"),
        ("years = 3\nrecheck", "recheck", "there is no term or no re-check to extend it"),
        ("recheck_years = 3\n", "", "there is no term or no re-check to extend it"),
        ("every_years = 1, misses = 2", "every_years = 0, misses = 2", "at least 1"),
        ("every_years = 1, misses = 2", "every_years = 1, misses = 0", "at least 1"),
    ],
)
def test_faults(manual_faults: Callable[..., list[str]], old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "; no term is set"),
        ({"years": 1, "months": 6}, "valid for 1 year 6 months"),
        ({"recheck_years": 2}, "a re-check every 2 years; one that is not passed cancels the title"),
        (
            {"recheck_years": 2, "demotion": "level_met"},
            "one that shows a lower level takes the title down to it",
        ),
        ({**RECHECKED}, "each that is passed adds 3 years"),
        ({"lapse": "unless_listed"}, "titles not on the next list lapse"),
        (CONFIRMED, "confirmed every 1 year, cancelled after 2 misses in a row"),
    ],
)
def test_in_words(manual: Rulebook, rule: dict[str, object], said: str) -> None:
    told = {line.name.en: line.words.en for line in lines(with_titles(manual, **rule))}
    assert said in told["Titles"]


def test_a_rule_without_a_term_says_so() -> None:
    assert Titles(clause="二", text="-", text_en="-").term_months is None


def test_a_level_may_have_a_term_of_its_own(manual_edited: Edit) -> None:
    book = manual_edited(("years_by_level = { first = 3 }", "years_by_level = { first = 2 }"))
    ends = [term_end(book.titles, AWARDED, level=level) for level in ("first", "second", None)]
    assert ends == [date(2022, 2, 28), date(2023, 2, 28), date(2023, 2, 28)]
    assert term_end(book.titles, AWARDED, 1, "first") == date(2025, 2, 28)
    assert any("一级 2年" in line.words.zh for line in lines(book))


@pytest.mark.parametrize(
    ("written", "said"), [("{ third = 2 }", "no level third"), ("{ first = 0 }", "at least 1")]
)
def test_terms_of_levels_that_are_none(
    manual_faults: Callable[..., list[str]], written: str, said: str
) -> None:
    found = manual_faults(("years_by_level = { first = 3 }", f"years_by_level = {written}"))
    assert said in found[0]


def test_a_level_with_a_term_of_its_own_keeps_it_after_re_checks(manual: Rulebook) -> None:
    book = with_titles(manual, years=3, extension_years=3, years_by_level={"second": 5})
    assert state(book, date(2025, 2, 28)) == ("valid", "second")
    assert state(book, date(2025, 3, 1)) == ("expired", None)
    assert state(book, date(2028, 2, 28), rechecks=(PASSED,)) == ("valid", "second")
    assert state(book, date(2028, 2, 29), rechecks=(PASSED,)) == ("expired", None)
    assert state(book, date(2023, 3, 1), level="first") == ("expired", None)


def test_a_re_check_on_the_day_of_the_award_counts(manual: Rulebook) -> None:
    book = with_titles(manual, **RECHECKED)
    assert state(book, date(2023, 3, 1), rechecks=(Recheck(AWARDED, "second"),)) == ("valid", "second")


def test_a_re_check_on_the_day_that_a_title_is_cancelled_changes_nothing(manual: Rulebook) -> None:
    book = with_titles(manual, **RECHECKED, demotion="level_met")
    day = date(2023, 2, 1)
    found = standing(
        book,
        History(level="second", awarded_on=AWARDED, cancelled_on=day, rechecks=(Recheck(day, "second"),)),
        date(2026, 1, 1),
    )
    assert (found.state, found.level, found.until) == ("cancelled", None, date(2023, 2, 28))


def test_of_two_ends_the_first_one_is_told(manual: Rulebook) -> None:
    book = with_titles(manual, years=1, lapse="unless_listed")
    history = {"cancelled_on": date(2022, 1, 1), "lists": (Listing(date(2020, 6, 1), False),)}
    assert state(book, date(2023, 1, 1), **history) == ("lapsed", None)
    assert state(with_titles(manual, years=1), date(2023, 1, 1), cancelled_on=date(2020, 5, 1)) == (
        "cancelled",
        None,
    )


def test_of_ends_on_one_day_what_was_announced_is_told(manual: Rulebook) -> None:
    """A list tells more than a confirmation that did not come, and than a term that ended anyway."""
    book = with_titles(
        manual, years=1, lapse="unless_listed", confirmation=Confirmation(every_years=1, misses=1)
    )
    day = date(2021, 3, 1)
    assert state(book, day) == ("cancelled", None)
    assert state(book, day, lists=(Listing(day, False),)) == ("lapsed", None)
    assert state(book, day, lists=(Listing(day, False),), cancelled_on=day) == ("cancelled", None)


def test_a_re_check_adds_nothing_where_no_extension_is_said(manual: Rulebook) -> None:
    book = with_titles(manual, years=3, recheck_years=1)
    assert state(book, date(2023, 3, 1), rechecks=(PASSED,)) == ("expired", None)
