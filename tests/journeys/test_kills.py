"""kill -9, twenty times each: what was acknowledged is there, every job ends, nothing is there twice."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest
from tests.journeys.house import House
from tests.journeys.killing import Barn, Request, Web
from tests.serving import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
KILLS = 20
ROOM = "/enterprise/applications"


def state_of(house: House) -> dict[str, tuple[str, int, int, int]]:
    """Application → state, submissions, steps into 已提交, entries of the record about it."""
    rows = house.sql("""
        SELECT a.uid, a.state,
               (SELECT count(*) FROM applications_submission s WHERE s.application_id = a.id),
               (SELECT count(*) FROM applications_statechange c
                 WHERE c.application_id = a.id AND c.target = 'submitted'),
               (SELECT count(*) FROM audit_entry e JOIN audit_stream t ON t.id = e.stream_id
                 WHERE e.act = 'application.submit'
                   AND replace(t.name, '-', '') = 'application:' || replace(CAST(a.uid AS TEXT), '-', ''))
          FROM applications_application a""")
    return {str(uid).replace("-", ""): tuple(rest) for uid, *rest in rows}  # type: ignore[misc]  # four of them


def test_the_server_dies_while_an_application_is_handed_in(houses: Callable[..., House]) -> None:
    """It is there wholly or not at all; where the receipt was promised it is there."""
    house = houses(neighbours=["lixia:star-3:bound"] * KILLS, served=False)
    chance = random.Random(20201012)
    acknowledged, cut = set(), 0
    with Barn(house) as barn:
        web = Web(barn)
        for family in house.families:
            request = Request(web, f"{ROOM}/{family.application}/submit/", family.session, sure="yes")
            time.sleep(chance.uniform(0.0, 0.12))
            web.kill()
            request.join()
            if request.answer:
                assert request.answer[1].endswith("/receipt/"), request.answer
                acknowledged.add(family.application.replace("-", ""))
            cut += request.answer is None
            web.begin()
        assert cut, "no kill hit a submission: the test proves nothing"
        whole, none = ("submitted", 1, 1, 1), ("draft", 0, 0, 0)
        for uid, found in state_of(house).items():
            assert found in ((whole,) if uid in acknowledged else (whole, none)), (uid, found)
        for family in house.families:
            web.ask("POST", f"{ROOM}/{family.application}/submit/", family.session, sure="yes")
        assert set(state_of(house).values()) == {whole}
    house.command("audit", "verify")


def test_workers_die_while_they_make_booklets(houses: Callable[..., House]) -> None:
    """Every booklet that was asked for is made, once; every job ends."""
    house = houses(neighbours=["lixia:star-3:filled"] * KILLS, served=False)
    chance = random.Random(20201026)
    with Barn(house) as barn:
        web = Web(barn)
        hit = 0
        for family in house.families:
            path = f"{ROOM}/{family.application}/booklet/make/"
            status, _where = web.ask("POST", path, family.session)
            assert status == 302
            worker = barn.bear("worker")
            wait_until(lambda: bool(jobs(house, "running")))
            time.sleep(chance.uniform(0.0, 0.8))
            barn.kill(worker)
            hit += bool(jobs(house, "running"))
            house.sql(RUN_OUT)
        assert hit, "no kill hit a job: the test proves nothing"
        last = barn.bear("worker")
        wait_until(lambda: not jobs(house, "queued", "running"), 300)
        for (uid,) in house.sql(FAILED):
            family = next(f for f in house.families if same(f.application, uid))
            web.ask("POST", f"{ROOM}/{family.application}/booklet/make/", family.session)
        wait_until(lambda: not jobs(house, "queued", "running"), 300)
        os.kill(last, signal.SIGTERM)
    # A job killed three times has ended as failed; asked for again, its booklet was made all the same.
    assert not jobs(house, "queued", "running")
    books = house.sql("SELECT application_id, state FROM applications_booklet")
    assert Counter(books) == {(book[0], "ready"): 1 for book in books}
    assert len(books) == KILLS
    made = "SELECT stream_id, count(*) FROM audit_entry WHERE act = 'application.booklet.made' GROUP BY 1"
    assert sorted(n for _stream, n in house.sql(made)) == [1] * KILLS
    house.command("audit", "verify")


# Nobody waits two minutes for every lease of a dead worker.
RUN_OUT = "UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'running'"
FAILED = """SELECT a.uid FROM applications_booklet b JOIN applications_application a ON a.id = b.application_id
             WHERE b.state <> 'ready'"""


def same(one: object, other: object) -> bool:
    """Whether two writings of a uid mean the same."""
    return str(one).replace("-", "") == str(other).replace("-", "")


def jobs(house: House, *states: str) -> list[tuple[object, ...]]:
    """The booklet jobs in these states."""
    listed = ", ".join(f"'{state}'" for state in states)
    return house.sql(
        f"SELECT id, key FROM jobs_job WHERE kind = 'applications.booklet' AND state IN ({listed})"
    )
