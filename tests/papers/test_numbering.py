"""Document numbers of an office: in order, without gaps, never twice, whatever is undone or made at once."""

import threading
from datetime import datetime
from functools import partial

import pytest
from django.db import transaction
from tests.factories.ground import make_ground
from tests.reviews.office import Office
from tests.reviews.test_races import lingering, together

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.clock import ZONE
from xingyun.papers import actions
from xingyun.papers.models import DocumentNumber, Series
from xingyun.papers.queries.numbers import number_of, refuse_foreign, series
from xingyun.registry.states import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground(now):
    return make_ground(now)


@pytest.fixture
def office(ground, now):
    return Office(ground, "licheng", now)


def begin(office, prefix="历工信", after=0, now=None):
    return actions.number_here(
        authority=office.authority, prefix=prefix, after=after, actor=office.actor(), now=now or office.now
    )


def issue(office, about, *kinds, now=None, fail=False):
    """Take numbers as issuing does; returns them. With `fail` the transaction is undone."""
    when = now or office.now

    def act(numbers):
        with transaction.atomic():
            actions.take_numbers(authority=office.authority, about=about, numbers=numbers, now=when)
            if fail:
                raise RuntimeError("undone")
        return dict(numbers)

    return actions.in_turn(
        act, authority=office.authority, about=about, kinds=kinds or ("announcement",), now=when
    )


def numbers(office, year=2020):
    found = DocumentNumber.objects.filter(authority=office.authority, year=year).order_by("n")
    return list(found.values_list("n", flat=True))


def test_papers_are_numbered_in_order(office):
    begin(office)
    assert issue(office, "notice:1") == {"announcement": "历工信〔2020〕1号"}
    assert issue(office, "report:1", "report", "decision") == {
        "report": "历工信〔2020〕2号",
        "decision": "历工信〔2020〕3号",
    }
    assert numbers(office) == [1, 2, 3]
    assert number_of("report:1", "decision") == "历工信〔2020〕3号"
    assert number_of("report:1", "recommendation") == ""


def test_what_is_undone_leaves_no_gap(office):
    begin(office)
    issue(office, "notice:1")
    with pytest.raises(RuntimeError):
        issue(office, "notice:2", fail=True)
    assert issue(office, "notice:3") == {"announcement": "历工信〔2020〕2号"}


def test_a_paper_that_is_made_anew_keeps_its_number(office):
    begin(office)
    first = issue(office, "report:1", "report", "decision")
    issue(office, "notice:1")
    assert issue(office, "report:1", "report", "decision") == first
    assert numbers(office) == [1, 2, 3]


def test_the_number_of_a_paper_that_fell_away_is_given_to_the_next(office):
    begin(office)
    issue(office, "report:1", "report", "decision")
    issue(office, "notice:1")
    assert issue(office, "report:1", "report") == {"report": "历工信〔2020〕1号"}
    assert issue(office, "notice:2") == {"announcement": "历工信〔2020〕2号"}
    assert issue(office, "notice:3") == {"announcement": "历工信〔2020〕4号"}
    assert numbers(office) == [1, 2, 3, 4]


def test_every_year_begins_anew_in_local_time(office):
    begin(office)
    issue(office, "notice:1")
    late = datetime(2020, 12, 31, 23, 59, tzinfo=ZONE)
    early = datetime(2021, 1, 1, 0, 0, tzinfo=ZONE)
    assert issue(office, "notice:2", now=late) == {"announcement": "历工信〔2020〕2号"}
    assert issue(office, "notice:3", now=early) == {"announcement": "历工信〔2021〕1号"}


def test_numbers_given_elsewhere_this_year_are_left_out(office):
    begin(office, after=11)
    assert issue(office, "notice:1") == {"announcement": "历工信〔2020〕12号"}
    with pytest.raises(Refused) as refused:
        begin(office, after=20)
    assert refused.value.field == "after"
    begin(office, prefix="历工信发", after=11)
    assert issue(office, "notice:2") == {"announcement": "历工信发〔2020〕13号"}
    next_year = datetime(2021, 3, 1, tzinfo=ZONE)
    assert issue(office, "notice:3", now=next_year) == {"announcement": "历工信发〔2021〕1号"}


def test_an_office_that_numbers_elsewhere_takes_none(office):
    assert issue(office, "notice:1") == {}
    begin(office)
    issue(office, "notice:2")
    actions.number_elsewhere(authority=office.authority, actor=office.actor(), now=office.now)
    assert issue(office, "notice:3") == {}
    assert issue(office, "notice:2") == {"announcement": "历工信〔2020〕1号"}
    begin(office)
    assert issue(office, "notice:3") == {"announcement": "历工信〔2020〕2号"}
    acts = (
        Entry.objects.filter(stream__name="authority:licheng").order_by("seq").values_list("act", flat=True)
    )
    assert [a for a in acts if a.startswith("numbers.")] == [
        "numbers.given_here", "numbers.given_elsewhere", "numbers.given_here",
    ]  # fmt: skip


def test_offices_number_each_for_itself(office, ground, now):
    other = Office(ground, "tianqiao", now)
    begin(office)
    with pytest.raises(Refused) as refused:
        begin(other)
    assert refused.value.field == "prefix"
    begin(other, prefix="天工信")
    assert issue(office, "notice:1") == {"announcement": "历工信〔2020〕1号"}
    assert issue(other, "notice:2") == {"announcement": "天工信〔2020〕1号"}


@pytest.mark.parametrize("prefix", ["", "  ", "历工信〔2020〕", "历工信2020", "历" * 41, "历 工信"])
def test_a_prefix_is_only_that(office, prefix):
    with pytest.raises(Refused) as refused:
        begin(office, prefix=prefix)
    assert refused.value.field == "prefix"
    assert series(office.authority) is None


def test_typed_numbers_are_none_of_those_given_here(office, ground, now):
    begin(office)
    other = Office(ground, "tianqiao", now)
    refuse_foreign("天工信〔2020〕7号", series(other.authority))
    for typed, kept in (
        ("历工信〔2020〕9号", series(other.authority)),
        ("甲〔2020〕1号", series(office.authority)),
    ):
        with pytest.raises(Refused) as refused:
            refuse_foreign(typed, kept)
        assert refused.value.field == "number"


def test_only_the_office_itself_sees_to_its_numbers(office, ground, now):
    stranger = Office(ground, "tianqiao", now).actor(Role.SIGNATORY)
    with pytest.raises(NotAllowed):
        actions.number_here(
            authority=office.authority, prefix="历工信", after=0, actor=stranger, now=office.now
        )
    begin(office)
    with pytest.raises(NotAllowed):
        actions.number_elsewhere(authority=office.authority, actor=stranger, now=office.now)
    assert Series.objects.count() == 1


def test_who_issues_at_the_same_moment_gets_the_next_one(office):
    begin(office)
    together(*[partial(issue, office, f"notice:{n}") for n in range(8)])
    assert numbers(office) == list(range(1, 9))


def test_some_undone_at_the_same_moment_leave_no_gap(office):
    begin(office)
    issuing = [partial(issue, office, f"notice:{n}", fail=n % 2 == 1) for n in range(8)]
    results = together(*issuing)
    assert sum(isinstance(r, RuntimeError) for r in results) == 4
    assert numbers(office) == [1, 2, 3, 4]
    assert len({r["announcement"] for r in results if isinstance(r, dict)}) == 4


def test_a_first_number_and_where_to_begin_exclude_each_other(office):
    """Where numbers begin is changed before the first one was given, or it is too late."""
    begin(office)
    looked = threading.Event()

    def beginning():
        with lingering('AS "a" FROM "papers_documentnumber"', looked):
            return begin(office, after=10)

    def issuing():
        assert looked.wait(30), "whether a number was given"
        return issue(office, "notice:1")

    begun, given = together(beginning, issuing)
    assert isinstance(begun, Series), begun
    assert isinstance(given, dict), given
    assert numbers(office) == [11]
