"""A thousand times two people at one moment: the second is told, nothing overwritten, no place too many.

A small edition runs always; XINGYUN_TEST_FULL=1 runs all thousand.
"""

import os
import threading
from collections.abc import Callable

import pytest
from django.db import connections
from tests.factories.ground import make_ground
from tests.reviews.crowd import crowd
from tests.reviews.office import Office, fresh
from tests.reviews.test_races import together

from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.verify import verify
from xingyun.reviews import actions, queries
from xingyun.reviews.models import Bulk, BulkRow, Decision, RankingBasis, Shift
from xingyun.reviews.queries import Wish
from xingyun.reviews.states import Outcome
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db(transaction=True)
RACES = 1000 if os.environ.get("XINGYUN_TEST_FULL") == "1" else 24
ACT = {"level": "star-3", "kind": "decide"}


class Pair:
    """Two people, each at a connection of its own, who do something at the same moment again and again."""

    def __init__(self) -> None:
        self.start, self.end = threading.Barrier(3), threading.Barrier(3)
        self.calls: list[Callable[[], object] | None] = [None, None]
        self.results: list[object] = [None, None]
        self.threads = [threading.Thread(target=self._run, args=(n,), daemon=True) for n in (0, 1)]
        for thread in self.threads:
            thread.start()

    def _run(self, n: int) -> None:
        while True:
            self.start.wait()
            call = self.calls[n]
            if call is None:
                connections.close_all()
                return
            try:
                self.results[n] = call()
            except Exception as error:
                self.results[n] = error
            self.end.wait()

    def race(self, first: Callable[[], object], second: Callable[[], object]) -> list[object]:
        """Both at once; what came of each."""
        self.calls = [first, second]
        self.start.wait()
        self.end.wait()
        return list(self.results)

    def stop(self) -> None:
        """Send both home."""
        self.calls = [None, None]
        self.start.wait()
        for thread in self.threads:
            thread.join()


def grant(office, made):
    actor, application = office.actor(), fresh(made)
    return lambda: actions.prepare(
        application=application, outcome=Outcome.GRANTED, actor=actor, now=office.now, **ACT
    )


def revoke(office, decision):
    actor, found = office.actor(), Decision.objects.select_related("application").get(pk=decision.pk)
    return lambda: actions.revoke(decision=found, reason="重议", actor=actor, now=office.now)


def lines():
    """Places that are counted as used, and those that live decisions hold; never more than there are."""
    found = []
    for line in QuotaLine.objects.order_by("pk"):
        held = Decision.objects.filter(quota_line=line, revoked_at=None).count()
        assert line.used == held <= line.cap, (line.group, line.used, held, line.cap)
        found.append(line.used)
    return found


def test_no_place_too_many_in_a_thousand_races(now):
    """By turns: the last place, one file in two tabs, two districts at once, two revocations."""
    ground = make_ground(now, rosters={"tianqiao": 34, "lixia": 34})
    home, abroad = Office(ground, "tianqiao", now), Office(ground, "lixia", now)
    one, other, foreign = home.accepted("star-3"), home.accepted("star-3"), abroad.accepted("star-3")
    pair = Pair()
    told = won = 0
    for n in range(RACES):
        kind = n % 4
        if kind == 3:
            held = home.prepare(one, **ACT)
            results = pair.race(revoke(home, held), revoke(home, held))
        else:
            rival = (other, one, foreign)[kind]
            results = pair.race(grant(home, one), grant(abroad if kind == 2 else home, rival))
        refused = [r for r in results if isinstance(r, Refused)]
        done = [r for r in results if r is None or isinstance(r, Decision)]
        assert len(refused) + len(done) == 2, results
        assert len(done) == (2 if kind == 2 else 1), (kind, results)
        assert all(r.message for r in refused)
        told, won = told + len(refused), won + len(done)
        lines()
        for decision in [r for r in done if r is not None]:
            revoke(abroad if decision.authority_id == abroad.authority.pk else home, decision)()
        assert sum(lines()) == 0
    pair.stop()
    assert told == RACES - RACES // 4
    assert not list(verify())
    assert not Decision.objects.filter(revoked_at=None).exists()
    assert won


def test_two_shifts_at_once_the_second_is_told(now):
    office = Office(make_ground(now, rosters={"tianqiao": 67}), "tianqiao", now)
    files = crowd(office.ground, "tianqiao", 4)
    actor = office.actor()

    def shift(application, was):
        return lambda: actions.shift_row(
            authority=office.authority,
            round=office.ground.round,
            application=application,
            was=was,
            position=1,
            seen=0,
            reason="集体研究",
            actor=actor,
            now=now,
            **ACT,
        )

    results = together(shift(files[0], 4), shift(files[1], 3), shift(files[1], 3))
    assert sum(isinstance(r, Shift) for r in results) == 1, results
    assert all(isinstance(r, Shift | Conflict) for r in results), results
    assert Shift.objects.count() == 1


def test_an_order_is_published_once_at_a_time(now):
    ground = make_ground(now, opened=False)
    office = Office(ground, "tianqiao", now)
    actor = office.actor()

    def publish(key):
        return lambda: actions.publish_basis(
            round=ground.round, authority=office.authority, by=[key], seen=None, actor=actor, now=now
        )

    results = together(publish("spend"), publish("domains_proved"), publish("spend"))
    assert sum(isinstance(r, RankingBasis) for r in results) == 1, results
    assert all(isinstance(r, RankingBasis | Conflict) for r in results), results


def test_two_bulks_on_the_same_places_and_one_bulk_carried_out_twice(now):
    """Rows and places are nobody's twice; whatever failed says why."""
    office = Office(make_ground(now, rosters={"tianqiao": 67}), "tianqiao", now)
    files = [office.accepted("star-3") for _n in range(4)]
    actor, wishes = office.actor(), [Wish(made.application.pk, **ACT) for made in files]
    given = {"authority": office.authority, "round": office.ground.round, "outcome": "granted", "reason": ""}

    def ask(some):
        return lambda: actions.prepare_together(wishes=some, actor=actor, now=now, **given)

    first, second = together(ask(wishes), ask(wishes[::-1]))
    assert isinstance(first, Bulk), first
    assert isinstance(second, Bulk), second
    assert Decision.objects.filter(revoked_at=None).count() == 2
    assert BulkRow.objects.exclude(decision=None).count() == 2
    assert BulkRow.objects.exclude(message="").count() == 6
    lines()
    again = Bulk.objects.create(
        round=office.ground.round,
        authority=office.authority,
        outcome=Outcome.DECLINED,
        reason="不足",
        asked_by_id=actor.person,
        asked_at=now,
    )
    undecided = [made for made in files if not Decision.objects.filter(application=made.application).exists()]
    for n, made in enumerate(undecided):
        BulkRow.objects.create(bulk=again, seq=n, application=made.application, **ACT)
    copies = [Bulk.objects.select_related("authority", "round").get(pk=again.pk) for _n in range(2)]
    results = together(*[lambda b=b: actions.carry_out(bulk=b, actor=actor, now=now) for b in copies])
    assert results == [None, None]
    assert BulkRow.objects.filter(bulk=again, decision__outcome="declined").count() == 2
    assert not queries.bulk_page(actor, again.uid).failed
