"""Signing while others sign and append: every number once, and no two wait for each other."""

import threading
import time

import pytest
from django.db import connection, connections, transaction
from tests.reviews.test_races import together

from xingyun.audit import SYSTEM, actions
from xingyun.audit.actions import Draft
from xingyun.audit.models import Checkpoint, Stream
from xingyun.audit.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30


def appending(*streams, now):
    with transaction.atomic():
        drafts = [Draft(stream, "done", {}) for stream in streams]
        actions.append_many(drafts=drafts, actor=SYSTEM, now=now)


def test_many_who_sign_at_once_leave_one_line_of_checkpoints(now):
    for n in range(3):
        appending(*(f"stream:{n}:{m}" for m in range(3)), now=now)
        acts = [lambda: actions.checkpoint(now=now)] * 3
        acts.append(lambda n=n: appending(f"stream:{n}:0", now=now))
        results = together(*acts)
        assert all(r is None or isinstance(r, Checkpoint) for r in results), results
    actions.checkpoint(now=now)
    numbers = list(Checkpoint.objects.order_by("n").values_list("n", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert not list(verify())


def waiting():
    """How many of the server's processes wait for a row; now, not when this transaction first looked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def begun(act, results, there):
    """Somebody else's act, once he waits (`there` of them do)."""

    def run():
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    end = time.monotonic() + PATIENCE
    while waiting() < there and time.monotonic() < end:
        time.sleep(0.01)
    return thread


def test_who_signs_takes_the_streams_in_the_order_of_those_who_append(now, on_postgres):
    """Else: one holds the second and waits for the first, which the other holds, who waits for the second."""
    if not on_postgres:
        # SQLite has one writer at a time: nobody waits while he holds anything.
        assert connection.features.has_select_for_update is False
        return
    for stream in ("b", "a"):
        appending(stream, now=now)
    results = []
    with transaction.atomic():
        # Whoever holds the first makes both wait for it.
        Stream.objects.select_for_update().get(name="a")
        first = begun(lambda: appending("a", "b", now=now), results, 1)
        second = begun(lambda: actions.checkpoint(now=now), results, 2)
    for thread in (first, second):
        thread.join(PATIENCE)
    assert not [r for r in results if isinstance(r, Exception)], results
    assert len(results) == 2
    assert not list(verify())
