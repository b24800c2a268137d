"""Asking for work, doing it, and who may say that it is done."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from xingyun.clock import machine_now
from xingyun.jobs import FencedError, JobError, StoppedError, actions, queries, registry
from xingyun.jobs.models import Beat, Job
from xingyun.jobs.registry import Kind
from xingyun.jobs.states import State
from xingyun.jobs.worker import Worker

pytestmark = pytest.mark.django_db


def kinds(work=lambda _run: None, **options):
    return {"test": Kind("test", work, **{"lease": 60, "max_attempts": 3, **options})}


@pytest.fixture
def ask(now):
    def enqueue(key="1", **options):
        return actions.enqueue(kind="test", key=key, **{"now": now, **options})

    return enqueue


@pytest.fixture
def claim(now):
    def take(**options):
        return actions.claim(kinds=kinds(**options), now=now)

    return take


def fall_silent():
    """As if the worker had died and its lease had run out."""
    Job.objects.filter(state=State.RUNNING).update(lease_until=machine_now() - timedelta(seconds=1))


def test_asked_for_claimed_reported_done(ask, claim, now):
    job = ask(payload={"application": 5})
    assert (job.state, job.created_at, job.run_after) == (State.QUEUED, now, now)
    run = claim()
    assert (run.kind, run.key, run.payload, run.attempt) == ("test", "1", {"application": 5}, 1)
    run.progress(2, 5)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total) == (State.RUNNING, 2, 5)
    actions.complete(run=run)
    job.refresh_from_db()
    assert (job.state, job.progress, job.finished_at, job.lease_until) == (State.DONE, 5, now, None)
    assert claim() is None


def test_an_open_job_is_joined_and_an_ended_one_is_not(ask, claim):
    first = ask()
    assert ask().pk == first.pk
    run = claim()
    assert ask().pk == first.pk
    actions.complete(run=run)
    assert ask().pk != first.pk
    assert queries.latest(kind="test", key="1").state == State.QUEUED


def test_the_database_forbids_two_open_jobs(ask, now):
    ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="test", key="1", run_after=now, created_at=now)


def test_a_waiting_job_takes_the_new_payload_and_the_earlier_time(ask, claim, now):
    ask(payload={"n": 1}, run_after=now + timedelta(hours=1))
    assert claim() is None
    ask(payload={"n": 2}, run_after=now)
    assert claim().payload == {"n": 2}


@pytest.mark.parametrize(("later", "runs"), [({}, 1), ({"again": True}, 2), ({"payload": {"n": 2}}, 2)])
def test_a_running_job_is_done_again_when_its_input_changed(ask, claim, later, runs):
    ask()
    run, count = claim(), 0
    ask(**later)
    while run:
        count += 1
        actions.complete(run=run)
        last, run = run, claim()
    assert count == runs
    assert last.payload == later.get("payload", {})


def test_what_was_asked_again_runs_even_if_the_first_try_fails_for_good(ask, claim):
    ask()
    run = claim()
    ask(again=True)
    actions.fail(run=run, error="no", final=True)
    assert claim() is not None


def test_work_due_later_waits_for_the_products_time(ask, claim, at, now):
    ask(run_after=now + timedelta(minutes=5))
    assert claim() is None
    assert actions.claim(kinds=kinds(), now=at("2020-10-12 09:05")) is not None


def test_the_oldest_due_work_comes_first_and_foreign_kinds_are_left(ask, claim, now):
    ask("late", run_after=now - timedelta(seconds=1))
    ask("early", run_after=now - timedelta(seconds=9))
    actions.enqueue(kind="foreign", key="x", now=now - timedelta(days=1))
    assert [claim().key, claim().key, claim()] == ["early", "late", None]


def test_work_of_a_silent_worker_is_taken_over_and_the_old_one_is_fenced(ask, claim):
    ask()
    old = claim()
    assert claim() is None
    fall_silent()
    new = claim()
    assert new.attempt == 2
    for report in (
        lambda: old.progress(1, 2),
        old.check,
        old.finish,
        lambda: actions.fail(run=old, error="x"),
    ):
        with pytest.raises(FencedError):
            report()
    actions.release(run=old)
    new.check()
    actions.complete(run=new)
    job = queries.latest(kind="test", key="1")
    assert (job.state, job.failures, job.error) == (State.DONE, 1, "")


def test_a_sign_of_life_renews_the_lease(ask, claim):
    ask()
    run = claim()
    fall_silent()
    run.check()
    assert claim() is None
    fall_silent()
    run.progress(1, 2)
    assert claim() is None


def test_work_that_keeps_killing_its_worker_ends_visibly(ask, claim):
    ask()
    for _ in range(3):
        assert claim() is not None
        fall_silent()
    assert claim() is None
    job = queries.latest(kind="test", key="1")
    assert (job.state, job.failures) == (State.FAILED, 3)
    assert "中途退出" in job.reason
    assert job.finished_at is not None


def test_a_failed_try_is_repeated_after_a_growing_pause_and_then_fails_for_good(ask, claim, at):
    ask()
    pauses = []
    for _ in range(3):
        run = actions.claim(kinds=kinds(), now=at("2020-10-12 12:00"))
        actions.fail(run=run, error="disk full")
        job = queries.latest(kind="test", key="1")
        pauses.append((job.run_after - at("2020-10-12 12:00")).total_seconds())
        Job.objects.filter(state=State.QUEUED).update(run_after=at("2020-10-12 12:00"))
    assert pauses[:2] == [5, 30]
    assert (job.state, job.failures, job.error) == (State.FAILED, 3, "disk full")
    again = actions.retry(job=job, now=at("2020-10-12 13:00"))
    assert (again.pk != job.pk, again.state) == (True, State.QUEUED)


def test_owners_see_their_own_jobs(ask, person):
    mine, other = person("a"), person("b")
    ask("1", owner=mine.pk)
    ask("2", owner=other.pk)
    assert [job.key for job in queries.visible_to(mine.pk)] == ["1"]


@pytest.mark.parametrize(("error", "state", "text"), [
    (None, State.DONE, ""),
    (JobError("第 3 页没有签章"), State.FAILED, "第 3 页没有签章"),
    (ValueError("secret detail"), State.QUEUED, "告诉管理员"),
    (StoppedError(), State.QUEUED, ""),
])  # fmt: skip
def test_how_a_worker_ends_an_attempt(ask, claim, error, state, text):
    def work(_run):
        if error:
            raise error

    ask()
    Worker(kinds(work)).do(claim())
    job = queries.latest(kind="test", key="1")
    assert job.state == state
    assert text in job.reason
    assert "secret" not in job.error + job.reason
    assert job.failures == (1 if isinstance(error, JobError | ValueError) else 0)


def test_a_stopping_worker_gets_its_work_back_at_the_next_sign_of_life(ask, claim):
    ask()
    worker = Worker(kinds(lambda run: run.check()))
    worker.stop()
    worker.do(claim())
    job = queries.latest(kind="test", key="1")
    assert (job.state, job.failures) == (State.QUEUED, 0)


def test_effect_and_end_are_one(ask, claim):
    def work(run):
        with transaction.atomic():
            Beat.objects.create(kind="effect", due_at=machine_now())
            run.finish()

    ask()
    Worker(kinds(work)).do(claim())
    assert queries.latest(kind="test", key="1").state == State.DONE
    ask()
    late = claim()
    fall_silent()
    claim()
    Beat.objects.filter(kind="effect").delete()
    Worker(kinds(work)).do(late)
    assert not Beat.objects.filter(kind="effect").exists(), "a fenced attempt leaves no effect"


def test_drain_does_all_that_is_due(ask):
    seen = []
    for key in ("1", "2", "3"):
        ask(key)
    assert Worker(kinds(lambda run: seen.append(run.key))).drain() == 3
    assert sorted(seen) == ["1", "2", "3"]
    assert queries.worker_alive()


def test_a_worker_is_alive_for_some_seconds():
    assert not queries.worker_alive()
    actions.sign_on(name="w", machine=machine_now() - timedelta(seconds=16))
    assert not queries.worker_alive()
    actions.sign_on(name="w", machine=machine_now())
    assert queries.worker_alive()
    actions.sign_off(name="w")
    assert not queries.worker_alive()


def test_repeated_work_is_queued_once_in_its_time(now):
    rhythm, start = kinds(every=60), machine_now()

    def beat(seconds):
        return actions.beat(kinds=rhythm, machine=start + timedelta(seconds=seconds), now=now)

    assert [beat(0), beat(0), beat(59)] == [1, 0, 0]
    actions.complete(run=actions.claim(kinds=rhythm, now=now))
    assert [beat(60), beat(61)] == [1, 0]
    assert Job.objects.count() == 2


def test_repeated_work_that_still_runs_is_not_doubled(now):
    rhythm, start = kinds(every=60), machine_now()
    actions.beat(kinds=rhythm, machine=start, now=now)
    actions.claim(kinds=rhythm, now=now)
    actions.beat(kinds=rhythm, machine=start + timedelta(seconds=61), now=now)
    assert Job.objects.count() == 1


def test_done_repeated_work_is_forgotten_after_a_day(now, monkeypatch):
    monkeypatch.setattr(registry, "KINDS", kinds(every=60))
    monkeypatch.setattr(actions, "KINDS", kinds(every=60))
    actions.enqueue(kind="test", key="periodic", now=now)
    actions.enqueue(kind="kept", key="x", now=now)
    for _ in range(2):
        actions.complete(run=actions.claim(kinds={**kinds(), "kept": kinds()["test"]}, now=now))
    assert actions.purge(now=now + timedelta(hours=23)) == 0
    assert actions.purge(now=now + timedelta(hours=25)) == 1
    assert Job.objects.get().kind == "kept"


def test_kinds_are_found_in_the_rooms():
    found = registry.discover()
    assert {"audit.checkpoint", "jobs.purge", "files.purge"} <= set(found)
    assert found["audit.checkpoint"].every == 60


def test_two_kinds_of_one_name_are_a_fault():
    name = next(iter(registry.discover()))
    with pytest.raises(ValueError, match="two kinds"):
        registry.job(name)(lambda _run: None)


def test_a_look_for_work_costs_one_query(claim, django_assert_num_queries):
    with django_assert_num_queries(1):
        claim()


def race(act, hands=4):
    """Let several hands act at the same moment; returns what each got."""
    barrier, got = threading.Barrier(hands), []

    def hand():
        try:
            barrier.wait(10)
            got.append(act())
        except Exception as error:
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got


@pytest.mark.django_db(transaction=True)
def test_one_of_many_workers_gets_the_job(ask, claim):
    for number in range(5):
        ask(str(number))
        assert sum(run is not None for run in race(claim)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_get_the_same_job(ask):
    jobs = race(ask)
    assert len({job.pk for job in jobs}) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_starts_what_repeats(now):
    machine = machine_now()
    started = race(lambda: actions.beat(kinds=kinds(every=60), machine=machine, now=now))
    assert sorted(started) == [0, 0, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_check_inside_a_transaction_keeps_others_away_until_the_commit(ask, claim):
    """The lease runs out while the effect is being written: the other worker waits, then finds it renewed."""
    ask()
    run = claim()
    fall_silent()
    inside, taken = threading.Event(), []

    def rival():
        inside.wait(10)
        taken.append(claim())
        connection.close()

    thread = threading.Thread(target=rival)
    thread.start()
    with transaction.atomic():
        run.check()
        inside.set()
        thread.join(0.5)
        run.finish()
    thread.join(30)
    assert taken == [None]
    assert queries.latest(kind="test", key="1").attempt == 1
