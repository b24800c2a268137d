"""The paper desk: codes are read, the right version is taken in and receipted, corrections are added."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import bind
from tests.factories.codes import payload
from tests.reviews.crowd import crowd
from tests.reviews.office import fresh

from xingyun.applications import actions as applications
from xingyun.applications.queries import Code, latest_submission, read_code
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.documents.stamped import PageCode
from xingyun.papers.models import Paper
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import ArrivalData, DefectData
from xingyun.reviews.models import Arrival

pytestmark = pytest.mark.django_db


def told(office, **changes):
    """What an official saw."""
    given = ArrivalData(
        version=1,
        pages=3,
        copies=1,
        seals=("enterprise", "seam"),
        condition="whole",
        brought_by="王某",
        shelf="B 柜 3 层",
        arrived_at=office.now,
    )
    return replace(given, **changes)


PAGE = PageCode("370112-2020-0087", 21, "0123ABCDEF", 3, 8)


def take_in(office, made, seen=None, actor=None, **changes):
    """Record a booklet."""
    return actions.record_arrival(
        application=fresh(made),
        data=told(office, **changes),
        seen=seen,
        actor=actor or office.actor(),
        now=office.now,
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XY1|370112-2020-0087|2|1", Code("370112-2020-0087", 2)),
        (" xy1｜370112-2020-0087｜２｜1\r\n", Code("370112-2020-0087", 2)),
        ("370112-2020-0087", Code("370112-2020-0087")),
        ("XY1|370103-2020.2-0004|1|1", Code("370103-2020.2-0004", 1)),
        ("01,10,044031,12840663,100.00,20200315,1234,74AE", None),
        ("https://example.com/verify/x", None),
        ("XY1|370112-2020-0087", None),
        ("XY1|370112-2020-0087|x|1", None),
        ("XY2|370112-2020-0087|2|1", None),
        ("XY2:370112-2020-0087:21:0123ABCDEF:3:8", Code("370112-2020-0087", page=PAGE)),
        (" xy2：370112-2020-0087：21：0123abcdef：3：8\r\n", Code("370112-2020-0087", page=PAGE)),
        ("XY2:370112-2020-0087:21:0123ABCDEF:9:8", None),
        ("", None),
    ],
)
def test_what_a_scanner_types(text, found):
    assert read_code(text) == found


def test_taken_in_with_a_numbered_receipt(district):
    made = district.accepted("star-3")
    arrival = take_in(district, made)
    assert (arrival.authority.key, arrival.version, arrival.seals) == ("licheng", 1, ["enterprise", "seam"])
    receipt = Paper.objects.get(kind="paper_receipt")
    assert (arrival.receipt, receipt.number) == (receipt, f"{made.application.number}-P1")
    entry = Entry.objects.filter(act="booklet.arrived").get()
    assert "王某" not in entry.body
    assert "B 柜" not in entry.body


def test_a_superseded_version_is_refused_with_what_to_do(district, at):
    made = district.accepted("star-3")
    with pytest.raises(Refused, match="先在线提交第 2 版") as refused:
        take_in(district, made, version=2)
    assert refused.value.field == "version"
    other = district.accepted("star-3")
    from tests.reviews.office import Office
    from tests.reviews.test_returned_rows import give_back, revoke

    district.decide(other, "star-3", "decide")
    city = Office(district.ground, "city", district.now)
    give_back(city, district.sent(), other)
    revoke(district, other, "star-3")
    actions.return_for_correction(
        application=fresh(other),
        defects=[DefectData("form:scope", "附件1", "请写清。")],
        due=at("2020-10-24 00:00"),
        actor=district.actor(),
        now=district.now,
    )
    with pytest.raises(Refused, match="退回补正"):
        take_in(district, other)
    seen = applications.digest(other.fresh().answers["scope"])
    applications.save_answer(
        application=other.fresh(), field="scope", raw="写清了", seen=seen, actor=other.actor, now=district.now
    )
    other.application = other.fresh()
    bind(other, now=district.now)
    applications.submit(application=other.application, actor=other.actor, now=district.now)
    assert latest_submission(fresh(other)).booklet.version == 2
    with pytest.raises(Refused, match="请企业打印第 2 版"):
        take_in(district, other, version=1)
    assert take_in(district, other, version=2).version == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pages": 0}, "pages"),
        ({"pages": 2}, "remark"),
        ({"copies": 0}, "copies"),
        ({"seals": ("nothing",)}, "seals"),
        ({"seals": ()}, "remark"),
        ({"condition": "x"}, "condition"),
        ({"condition": "damaged"}, "remark"),
        ({"brought_by": " "}, "brought_by"),
        ({"shelf": ""}, "shelf"),
        ({"shelf": "柜" * 81}, "shelf"),
    ],
)
def test_what_is_not_recorded(district, changes, field):
    made = district.accepted("star-3")
    with pytest.raises(Refused) as refused:
        take_in(district, made, **changes)
    assert refused.value.field == field
    with pytest.raises(Refused):
        take_in(district, made, arrived_at=district.now + timedelta(minutes=1))
    assert not Arrival.objects.exists()


def test_a_correction_is_a_new_row_with_its_reason(district):
    made = district.accepted("star-3")
    first = take_in(district, made)
    with pytest.raises(Conflict):
        take_in(district, made)
    with pytest.raises(Refused) as refused:
        take_in(district, made, seen=first.pk, shelf="C 柜")
    assert refused.value.field == "reason"
    second = take_in(district, made, seen=first.pk, shelf="C 柜", reason="放错柜")
    assert (second.supersedes, second.receipt.number[-2:]) == (first, "P2")
    first.refresh_from_db()
    assert first.shelf == "B 柜 3 层"
    with pytest.raises(Conflict):
        take_in(district, made, seen=first.pk, reason="又改")
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.filter(pk=second.pk).update(reason="")
    (booklet,) = queries.shelf(district.authority, district.ground.round).rows
    assert booklet.arrival == second


def test_each_office_has_its_own_desk(ground, district, abroad, city):
    made, three = district.accepted("star-4"), district.accepted("star-3")
    code = payload(made.application.number, 1, 1)
    for one in (made, three):
        district.decide(one, "star-3", "decide")
    district.decide(made, "star-4", "recommend")
    with pytest.raises(Refused, match="没有找到"):
        queries.scanned(city.actor(), code)
    take_in(district, made)
    report = district.sent()
    assert queries.report_page(district.actor(), report.uid, district.now).unarrived == (
        three.enterprise.name,
    )
    take_in(district, three)
    assert queries.scanned(city.actor(), code) == (fresh(made), 1)
    assert queries.report_page(district.actor(), report.uid, district.now).unarrived == ()
    page = queries.report_page(city.actor(), report.uid, city.now)
    assert (page.booklets, page.unarrived) == (1, (made.enterprise.name,)), "three stars are not the city's"
    arrival = take_in(city, made)
    assert arrival.authority.key == "city"
    assert queries.report_page(city.actor(), report.uid, city.now).unarrived == ()
    shelf = queries.shelf(city.authority, ground.round)
    assert (shelf.total, shelf.missing) == (1, 0)
    with pytest.raises(Refused, match="没有找到"):
        queries.scanned(abroad.actor(), code)


def test_only_the_offices_own_people_take_in(ground, district, abroad, city):
    made = district.accepted("star-3")
    wrong = [
        abroad.actor(),
        city.actor(),
        ground.actor("licheng", Role.READER),
        ground.actor("licheng", Role.COUNTERSIGNER),
        ground.actor("city", Role.AUDITOR),
        made.actor,
    ]
    for actor in wrong:
        with pytest.raises(NotAllowed):
            take_in(district, made, actor=actor)
    assert not Arrival.objects.exists()


def test_what_is_over_is_not_taken_in(district):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide", "declined", "不足")
    district.sent()
    assert fresh(made).state == State.NOT_AWARDED
    with pytest.raises(Refused, match="不用再收"):
        take_in(district, made)


def test_the_list_costs_the_same_with_many(district):
    made = district.accepted("star-3")
    take_in(district, made)
    authority = district.authority

    def count():
        with CaptureQueriesContext(connection) as asked:
            found = queries.shelf(authority, district.ground.round)
        return len(asked), found

    few, found = count()
    assert (found.total, found.arrived) == (1, 1)
    for _n in range(12):
        district.accepted("star-3")
    crowd(district.ground, "licheng", 50)
    many, found = count()
    assert many == few == 3
    assert (found.total, found.arrived, found.missing) == (13, 1, 12), "without a booklet nothing is expected"
