"""Two officials at one report at the same moment: one of them is told, and nothing is half done."""

import pytest
from tests.factories.ground import make_ground
from tests.reviews.office import Office, fresh
from tests.reviews.test_races import together

from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, Refused
from xingyun.papers.models import Paper
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.actions import ArrivalData
from xingyun.reviews.models import Arrival, Decision, Report, ReturnedRow
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground(now):
    return make_ground(now, rosters={"licheng": 100})


@pytest.fixture
def office(ground, now):
    return Office(ground, "licheng", now)


@pytest.fixture
def city(ground, now):
    return Office(ground, "city", now)


def giving_back(city, report, made, role=Role.PREPARER):
    actor, rows = city.actor(role), {made.application.uid: "核对支出"}
    return lambda: actions.return_report(
        report=Report.objects.get(pk=report.pk), rows=rows, actor=actor, now=city.now
    )


def test_rows_are_given_back_once(office, city):
    first, second = office.accepted("star-3"), office.accepted("star-3")
    for made in (first, second):
        office.decide(made, "star-3", "decide")
    report = office.sent()
    results = together(giving_back(city, report, first), giving_back(city, report, second, Role.REVIEWER))
    assert sum(r is None for r in results) == 1, results
    assert all(r is None or isinstance(r, Conflict) for r in results), results
    row = ReturnedRow.objects.get()
    back = {made.application.pk: fresh(made).state for made in (first, second)}
    assert back.pop(row.application_id) == State.ACCEPTED
    assert list(back.values()) == [State.REPORTED]


def test_receiving_and_giving_back_exclude_each_other_or_follow(office, city):
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report = office.sent()
    receiver = city.actor(Role.REVIEWER)
    received, returned = together(
        lambda: actions.receive(report=Report.objects.get(pk=report.pk), actor=receiver, now=city.now),
        giving_back(city, report, made),
    )
    assert returned is None, (received, returned)
    assert received is None or isinstance(received, Conflict)
    report.refresh_from_db()
    application = fresh(made)
    assert (report.state, application.state, application.holder.key) == (
        ReportState.RETURNED,
        State.ACCEPTED,
        "licheng",
    )


def test_a_decision_of_the_city_and_giving_back_exclude_each_other(office, city):
    made = office.accepted("star-4")
    office.decide(made, "star-3", "decide")
    office.decide(made, "star-4", "recommend")
    report = office.sent()
    city.receive(report)
    application, decider = fresh(made), city.actor()
    decided, returned = together(
        lambda: actions.prepare(
            application=application,
            level="star-4",
            kind="decide",
            outcome=Outcome.DECLINED,
            reason="核心系统未上云",
            actor=decider,
            now=city.now,
        ),
        giving_back(city, report, made, Role.REVIEWER),
    )
    assert isinstance(decided, Decision) != (returned is None), (decided, returned)
    assert all(r is None or isinstance(r, Decision | Refused) for r in (decided, returned))


def test_the_next_report_is_drafted_once(office, city):
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report = office.sent()
    giving_back(city, report, made)()
    given = {"round": office.ground.round, "authority": office.authority, "actor": office.actor()}
    drafts = together(*[lambda: actions.draft_report(now=office.now, **given) for _n in range(2)])
    assert Report.objects.filter(supersedes=report).count() == 1, drafts
    line = QuotaLine.objects.get(authority=office.authority, group="district-three")
    assert line.used == 1


def test_a_booklet_is_taken_in_once(office):
    made = office.accepted("star-3")
    application = fresh(made)
    data = ArrivalData(
        version=1, pages=3, copies=1, seals=("enterprise",), condition="whole", brought_by="王某",
        shelf="B 柜", arrived_at=office.now,
    )  # fmt: skip
    people = [office.actor(role) for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)]
    results = together(
        *[
            lambda a=actor: actions.record_arrival(
                application=application, data=data, seen=None, actor=a, now=office.now
            )
            for actor in people
        ]
    )
    assert sum(isinstance(r, Arrival) for r in results) == 1, results
    assert sum(isinstance(r, Conflict) for r in results) == 2, results
    assert Arrival.objects.count() == 1
    assert Paper.objects.filter(kind="paper_receipt").count() == 1


def test_sending_and_taking_back_to_the_draft_exclude_each_other(office):
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report = office.countersigned()
    sender, finance = office.actor(), office.actor(Role.COUNTERSIGNER)
    sent, back = together(
        lambda: actions.send_report(report=Report.objects.get(pk=report.pk), actor=sender, now=office.now),
        lambda: actions.send_back(
            report=Report.objects.get(pk=report.pk), reason="金额有误", actor=finance, now=office.now
        ),
    )
    assert (sent is None) != (back is None), (sent, back)
    report.refresh_from_db()
    state = ReportState.SENT if sent is None else ReportState.DRAFT
    assert (report.state, fresh(made).state == State.REPORTED) == (state, sent is None)


def test_receiving_and_returning_whole_exclude_each_other(office, city):
    """What was received is returned by rows only: a whole return of it would return nothing."""
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report, receiver, returner = office.sent(), city.actor(Role.REVIEWER), city.actor()
    received, returned = together(
        lambda: actions.receive(report=Report.objects.get(pk=report.pk), actor=receiver, now=city.now),
        lambda: actions.return_report(
            report=Report.objects.get(pk=report.pk), reason="重做", actor=returner, now=city.now
        ),
    )
    assert (received is None) != (returned is None), (received, returned)
    assert ReturnedRow.objects.count() == int(returned is None)
    state = State.EVALUATING if received is None else State.ACCEPTED
    assert fresh(made).state == state
