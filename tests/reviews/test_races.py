"""Several officers at the same moment: the database, not luck, keeps the places and the single decision."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from tests.factories.ground import make_ground
from tests.reviews.office import Office, fresh

from xingyun.audit.errors import Refused
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each on its own connection; the results, refusals among them."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(n: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[n] = call()
        except Exception as error:
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@contextmanager
def lingering(after: str, answered: threading.Event, seconds: float = 0.3) -> Iterator[None]:
    """Whoever asks for what has this in it tells when he has his answer, and stays before he goes on."""

    def stay(execute: Callable[..., object], sql: str, *more: object) -> object:
        answer = execute(sql, *more)
        if after in sql:
            answered.set()
            time.sleep(seconds)
        return answer

    with connection.execute_wrapper(stay):
        yield


@pytest.fixture
def office(now):
    """A district with two places."""
    return Office(make_ground(now, rosters={"tianqiao": 67}), "tianqiao", now)


def grants(office: Office, files: list) -> list[Callable[[], Decision]]:
    """Granting each of these files a place."""
    actor, loaded = office.actor(), [fresh(made) for made in files]
    return [
        lambda a=application: actions.prepare(
            application=a,
            level="star-3",
            kind="decide",
            outcome=Outcome.GRANTED,
            actor=actor,
            now=office.now,
        )
        for application in loaded
    ]


def test_two_officers_cannot_take_the_last_place_twice(office):
    files = [office.accepted("star-3") for _n in range(6)]
    office.prepare(files[0], "star-3", "decide")
    results = together(*grants(office, files[1:]))
    assert sum(isinstance(r, Decision) for r in results) == 1
    assert all(isinstance(r, Decision | Refused) for r in results), results
    line = QuotaLine.objects.get(authority=office.authority, group="district-three")
    live = Decision.objects.filter(quota_line=line, revoked_at=None).count()
    assert (line.used, live) == (2, 2)


def test_the_same_file_is_decided_once(office):
    made = office.accepted("star-3")
    results = together(*grants(office, [made] * 4))
    assert sum(isinstance(r, Decision) for r in results) == 1
    assert all(isinstance(r, Decision | Refused) for r in results), results
    assert QuotaLine.objects.get(authority=office.authority, group="district-three").used == 1


def test_a_place_is_freed_once(office):
    made = office.accepted("star-3")
    office.prepare(office.accepted("star-3"), "star-3", "decide")
    decision = office.prepare(made, "star-3", "decide")
    actor = office.actor()
    copies = [Decision.objects.select_related("application").get(pk=decision.pk) for _n in range(4)]
    results = together(
        *[
            lambda d=copy: actions.revoke(decision=d, reason="重议", actor=actor, now=office.now)
            for copy in copies
        ]
    )
    assert sum(r is None for r in results) == 1
    assert QuotaLine.objects.get(authority=office.authority, group="district-three").used == 1


def test_a_report_and_a_revocation_of_what_is_on_it_exclude_each_other(office):
    made = office.accepted("star-3")
    decision = office.decide(made, "star-3", "decide")
    report = office.countersigned()
    sender, signatory = office.actor(), office.actor(Role.SIGNATORY)
    decision = Decision.objects.select_related("application").get(pk=decision.pk)
    sent, revoked = together(
        lambda: actions.send_report(report=Report.objects.get(pk=report.pk), actor=sender, now=office.now),
        lambda: actions.revoke(decision=decision, reason="查实不符", actor=signatory, now=office.now),
    )
    assert (sent is None) != (revoked is None), (sent, revoked)
    report.refresh_from_db()
    decision.refresh_from_db()
    assert (report.state == ReportState.SENT) == (decision.revoked_at is None)


def test_a_report_is_sent_once_and_drafted_once(office):
    office.decide(office.accepted("star-3"), "star-3", "decide")
    given = {"round": office.ground.round, "authority": office.authority, "actor": office.actor()}
    drafts = together(*[lambda: actions.draft_report(now=office.now, **given) for _n in range(2)])
    assert Report.objects.count() == 1, drafts
    report = Report.objects.get()
    actions.countersign_online(report=report, actor=office.actor(Role.COUNTERSIGNER), now=office.now)
    actor = office.actor()
    results = together(
        *[
            lambda: actions.send_report(report=Report.objects.get(pk=report.pk), actor=actor, now=office.now)
            for _n in range(3)
        ]
    )
    assert sum(r is None for r in results) == 1, results
