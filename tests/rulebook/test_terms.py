"""Batches, sanctions' terms, cited documents, places by authority: both sides of every edge."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.conftest import Edit

from xingyun.rulebook import Facts, PlacesUsed, Rulebook, evaluate, quotas
from xingyun.rulebook.checks import lengths
from xingyun.rulebook.checks.documents import expired
from xingyun.rulebook.engine.sanctions import shut_out_until
from xingyun.rulebook.explain import lines
from xingyun.rulebook.schema.programme import CitedDocument, Sanction

Faults = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("day", "batch"),
    [
        (date(2023, 3, 31), "spring"),
        (date(2023, 4, 15), "spring"),
        (date(2023, 4, 16), "late"),
        (date(2023, 4, 30), "late"),
        (date(2023, 5, 1), None),
    ],
)
def test_a_batch_takes_its_last_day_in(manual: Rulebook, day: date, batch: str | None) -> None:
    found = manual.batch(day)
    assert (found.key if found else None) == batch


def test_no_batches_no_batch(first: Rulebook) -> None:
    assert (first.batches, first.batch(date(2020, 10, 1))) == ((), None)


TOWN = 'set_by = "town"\nbefore = "town-report"'
ENTRIES = 'batches = [{ key = "one", label = "一", label_en = "One", closes = %s }]'
MONTH = """batches = [
  { key = "spring", label = "第一批", label_en = "First batch", closes = 2023-04-15 },
  { key = "late", opens = 2023-04-16, label = "第二批", label_en = "Second batch", closes = 2023-04-30 },
]"""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("closes = 2023-04-30 }", "closes = 2023-04-29 }")], "the last batch must end on 2023-04-30"),
        ([("closes = 2023-04-15 }", "closes = 2023-04-30 }")], "it must end after 2023-04-30"),
        ([("closes = 2023-04-15 }", "closes = 2023-03-31 }")], "it must end after 2023-03-31"),
        ([(TOWN, TOWN + "\n" + ENTRIES % "2023-05-31")], "another window has batches"),
        ([(TOWN, TOWN + "\n" + ENTRIES % "2023-05-30")], "the last batch must end on 2023-05-31"),
    ],
)
def test_batches_follow_each_other_and_end_with_the_window(
    manual_faults: Faults, changes: list[tuple[str, str]], said: str
) -> None:
    assert any(said in line for line in manual_faults(*changes))


@pytest.mark.parametrize(("inclusive", "closes"), [("true", "2023-05-31"), ("false", "2023-05-30")])
def test_batches_of_a_window_that_a_tier_sets(manual_edited: Edit, inclusive: str, closes: str) -> None:
    book = manual_edited(
        (TOWN, f"{TOWN}\n{ENTRIES % closes}"),
        ("on = 2023-05-31\ninclusive = true", f"on = 2023-05-31\ninclusive = {inclusive}"),
        (MONTH, ""),
    )
    assert [b.key for b in book.batches] == ["one"]


def sanction(**term: int) -> Sanction:
    """A sanction with that term."""
    shape = {"key": "s", "label": "s", "label_en": "s", "clause": ("二",), "text": "-", "text_en": "-"}
    said = {"subject": "applicant", "cause": "-", "cause_en": "-", "shut_out_of": "-", "shut_out_of_en": "-"}
    return Sanction(**shape, **said, **term)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("term", "decided", "until"),
    [
        ({"years": 2}, date(2020, 3, 15), date(2022, 3, 15)),
        ({"years": 1}, date(2020, 2, 29), date(2021, 2, 28)),
        ({"months": 6}, date(2020, 8, 31), date(2021, 2, 28)),
        ({"months": 6}, date(2020, 8, 28), date(2021, 2, 28)),
        ({"years": 1, "months": 1}, date(2020, 12, 31), date(2022, 1, 31)),
        ({}, date(2020, 12, 31), None),
    ],
)
def test_the_last_day_of_a_term(term: dict[str, int], decided: date, until: date | None) -> None:
    assert shut_out_until(sanction(**term), decided) == until


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 20), st.integers(1, 11))
def test_a_longer_term_never_ends_earlier(day: date, years: int, months: int) -> None:
    short = shut_out_until(sanction(years=years), day)
    long = shut_out_until(sanction(years=years, months=months), day)
    assert short is not None
    assert long is not None
    assert day < short < long


@pytest.mark.parametrize("term", ["years = 0", "months = 0"])
def test_a_term_is_at_least_one(manual_faults: Faults, term: str) -> None:
    faults = manual_faults(("years = 1\nmonths = 6", term))
    assert any("a term is at least 1" in line for line in faults)


CITED = CitedDocument(
    key="d", label="d", label_en="d", valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31)
)


@pytest.mark.parametrize(
    ("on", "holds", "is_expired"),
    [
        (date(2019, 12, 31), False, False),
        (date(2020, 1, 1), True, False),
        (date(2020, 12, 31), True, False),
        (date(2021, 1, 1), False, True),
    ],
)
def test_a_document_holds_on_its_first_and_last_day(on: date, holds: bool, is_expired: bool) -> None:
    assert (CITED.holds(on), CITED.is_expired(on)) == (holds, is_expired)


def test_a_document_without_days_holds() -> None:
    assert CitedDocument(key="d", label="d", label_en="d").holds(date(1900, 1, 1))


@pytest.mark.parametrize(
    ("valid", "said"),
    [
        ("valid_from = 2021-07-01\nvalid_to = 2023-05-31", []),
        ("valid_from = 2021-07-01\nvalid_to = 2023-05-30", ["it expires before 2023-05-31"]),
        ("valid_from = 2021-07-01\nvalid_to = 2023-03-01", ["it expires before 2023-05-31"]),
        ("valid_from = 2021-07-01\nvalid_to = 2023-02-28", ["expired when the notice was issued"]),
        ("valid_from = 2023-03-01", []),
        ("valid_from = 2023-03-02", ["not in force yet when the notice was issued"]),
    ],
)
def test_documents_that_do_not_hold_are_pointed_out(manual_edited: Edit, valid: str, said: list[str]) -> None:
    book = manual_edited(("valid_from = 2021-07-01\nvalid_to = 2024-06-30", valid))
    assert [fault.problem.en for fault in expired(book)] == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_to = 2024-06-30", "valid_to = 2021-06-30", "it ends before it begins"),
        ('document = "workshop-plan"', 'document = "plan"', "documents has no plan"),
        ("{ reed = 3 }", "{ willow = 3 }", "willow is no authority of town"),
        ("{ reed = 3 }", "{ nobody = 3 }", "nobody is no authority of town"),
        ("{ reed = 3 }", "{ reed = -1 }", "a quota can't be negative"),
    ],
)
def test_faults(manual_faults: Faults, old: str, new: str, said: str) -> None:
    assert any(said in line for line in manual_faults((old, new)))


def test_a_quota_by_batch_needs_batches(faults: Faults) -> None:
    assert any("no window has batches" in line for line in faults(('per = "year"', 'per = "batch"')))


def test_places_by_authority(manual: Rulebook) -> None:
    quota = manual.quota("second-places")
    assert quotas.cap(quota, 0, "reed") == 3
    assert quotas.cap(quota, 0, "other") == quotas.cap(quota, 0) == 2
    named = dataclasses.replace(quota, fixed=None)
    assert quotas.places(named, 0, "reed").words.en == "3 allotted"
    assert quotas.places(named, 0, "other") == (0, ("没有分配名额", "no places were allotted"))
    none = dataclasses.replace(quota, fixed=None, fixed_by_authority={"reed": 0})
    assert quotas.cap(none, 0, "reed") == 0
    assert [q.is_limited for q in (quota, named, none)] == [True, True, True]
    assert not dataclasses.replace(quota, fixed=None, fixed_by_authority={}).is_limited


@pytest.mark.parametrize(("authority", "cap"), [("reed", 3), ("nowhere", 2)])
def test_the_way_tells_the_places_of_the_own_office(
    manual: Rulebook, weaver: Facts, authority: str, cap: int
) -> None:
    places = {"second-places": PlacesUsed(0, 1)}
    verdict = evaluate(manual, dataclasses.replace(weaver, authority=authority, places=places))
    (told,) = [f for f in verdict.findings if f.rule == "quota.second-places"]
    assert f"“Recommendations for the second grade”: {cap} places" in told.text_en


WHOLE = """number = "柳政〔2021〕5号"
issued_on = 2021-06-20
valid_from = 2021-07-01
valid_to = 2024-06-30"""
PLAN = "Three-year plan for workshops"


def test_terms_in_words(manual: Rulebook) -> None:
    told = {line.name.en: line.words.en for line in lines(manual)}
    assert told["Fraud"].endswith("this programme, 1 year 6 months, also for whoever is jointly responsible")
    assert told["Corrections"].endswith(
        "First batch until 2023-04-15, Second batch from 2023-04-16 to 2023-04-30"
    )
    assert told["Recommendations for the second grade"].endswith("counted by the year, Reed Town 3")
    assert told[PLAN] == (
        "柳政〔2021〕5号, issued 2021-06-20, in force since 2021-07-01, valid until 2024-06-30"
    )


@pytest.mark.parametrize(
    ("old", "new", "name", "said"),
    [
        ("valid_to = 2024-06-30", "valid_to = 2022-06-30", PLAN, "expired: please check"),
        ("valid_from = 2021-07-01", "valid_from = 2023-07-01", PLAN, "not in force yet: please check"),
        ("years = 1\nmonths = 6\njoint = true", "joint = false", "Fraud", "this programme, no term is set"),
        ("years = 1\nmonths = 6", "years = 2", "Fraud", "2 years, also for whoever is jointly responsible"),
        (WHOLE, "", PLAN, ""),
    ],
)
def test_doubts_in_words(manual_edited: Edit, old: str, new: str, name: str, said: str) -> None:
    told = {line.name.en: line.words.en for line in lines(manual_edited((old, new)))}
    assert told[name].endswith(said)
    assert bool(told[name]) is bool(said)


@pytest.mark.parametrize(
    ("per", "signs", "is_fault"),
    [
        ("year", 40, False),
        ("year", 41, True),
        ("round", 36, False),
        ("round", 37, True),
        ("batch", 29, False),
        ("batch", 30, True),
    ],
)
def test_a_quotas_key_leaves_room_for_round_and_batch(
    manual_edited: Edit, manual_faults: Faults, per: str, signs: int, is_fault: bool
) -> None:
    changes = (
        ('key = "second-places"', f'key = "{"q" * signs}"'),
        ("fixed = 2\n", f'fixed = 2\nper = "{per}"\n'),
    )
    if is_fault:
        assert any("at most" in line for line in manual_faults(*changes))
    else:
        assert manual_edited(*changes).quota("q" * signs).per == per


@pytest.mark.parametrize(("signs", "is_fault"), [(20, False), (21, True)])
def test_a_tiers_key_is_short(second: Rulebook, signs: int, is_fault: bool) -> None:
    tiers = (dataclasses.replace(second.tiers[0], key="t" * signs), *second.tiers[1:])
    assert bool([*lengths.tiers(dataclasses.replace(second, tiers=tiers))]) is is_fault


@pytest.mark.parametrize(
    ("day", "batch"),
    [
        (date(2023, 4, 1), "spring"),
        (date(2023, 4, 15), "spring"),
        (date(2023, 4, 16), None),
        (date(2023, 4, 20), "late"),
    ],
)
def test_between_two_batches_nothing_is_taken(manual_edited: Edit, day: date, batch: str | None) -> None:
    book = manual_edited(("opens = 2023-04-16", "opens = 2023-04-20"))
    found = book.batch(day)
    assert (found and found.key) == batch
    assert any("第二批2023年4月20日至2023年4月30日" in line.words.zh for line in lines(book))


def test_a_batch_that_opens_too_soon(manual_faults: Callable[..., list[str]]) -> None:
    found = manual_faults(("opens = 2023-04-16", "opens = 2023-04-15"))
    assert "after the batch before" in found[0]
