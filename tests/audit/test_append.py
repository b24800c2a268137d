"""Writing entries: one chain per stream, inside the act's own transaction."""

import hashlib
import json
import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from xingyun.audit import SYSTEM, Named, actions, hashing, queries
from xingyun.audit.actions import Draft
from xingyun.audit.models import GENESIS, Checkpoint, Entry, Stream

CLERK = Named("user:7", "审核岗 02")


def append(stream="application:1", act="submit", body=None, at=datetime(2020, 10, 12, 1, tzinfo=UTC)):
    with transaction.atomic():
        return actions.append(stream=stream, act=act, actor=CLERK, body=body or {}, now=at)


@pytest.mark.django_db
def test_an_entry_holds_who_did_what_when():
    entry = append(body={"版本": 2, "fen": 12_345})
    entry.refresh_from_db()
    assert (entry.seq, entry.actor, entry.label, entry.act) == (1, "user:7", "审核岗 02", "submit")
    assert entry.facts == {"版本": 2, "fen": 12_345}
    assert entry.body == '{"fen":12345,"版本":2}'
    assert entry.prev == GENESIS


@pytest.mark.django_db
def test_entries_of_one_stream_are_a_chain_and_streams_are_apart():
    first, other, second = append(), append("round:1"), append()
    assert (second.seq, second.prev) == (2, first.hash)
    assert (other.seq, other.prev) == (1, GENESIS)
    stream = Stream.objects.get(name="application:1")
    assert (stream.seq, stream.head) == (2, second.hash)
    assert [entry.seq for entry in queries.of_stream("application:1")] == [1, 2]


@pytest.mark.django_db
def test_the_hash_is_the_documented_one():
    entry = append(body={"b": 1, "a": [True, None, "丙"]})
    text = json.dumps(
        ["application:1", 1, "2020-10-12T01:00:00.000000+00:00", "user:7", "审核岗 02", "submit",
         '{"a":[true,null,"丙"],"b":1}', GENESIS],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"seq": 2}, {"actor": "user:8"}, {"label": "x"}, {"act": "y"}, {"body": "{}"}, {"prev": "1" * 64},
     {"stream": "application:2"}, {"at": datetime(2020, 10, 12, 1, 0, 0, 1, tzinfo=UTC)}],
)  # fmt: skip
def test_the_hash_covers_everything(change):
    same = {"stream": "application:1", "seq": 1, "at": datetime(2020, 10, 12, 1, tzinfo=UTC),
            "actor": "user:7", "label": "审核岗 02", "act": "submit", "body": '{"a":1}',
            "prev": GENESIS}  # fmt: skip
    assert hashing.of_entry(**same) != hashing.of_entry(**{**same, **change})


@pytest.mark.django_db
def test_several_streams_in_one_call():
    with transaction.atomic():
        drafts = [Draft("b", "two"), Draft("a", "one", {"n": 1}), Draft("b", "three")]
        entries = actions.append_many(drafts=drafts, actor=SYSTEM, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert [(entry.stream.name, entry.seq, entry.act) for entry in entries] == [
        ("b", 1, "two"),
        ("a", 1, "one"),
        ("b", 2, "three"),
    ]
    assert all(entry.pk for entry in entries)


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"share": 0.03}, {"list": [{"deep": 1.5}]}, {1: "key"}])
def test_fractions_and_odd_keys_are_refused(body):
    with pytest.raises(TypeError):
        append(body=body)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(actions.OutsideTransactionError):
        actions.append(stream="a", act="b", actor=SYSTEM, body={}, now=datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
def test_a_failed_act_leaves_no_entry():
    with transaction.atomic():
        actions.append(stream="a", act="b", actor=SYSTEM, body={}, now=datetime(2020, 1, 1, tzinfo=UTC))
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert append("a").seq == 1


@pytest.mark.django_db(transaction=True)
def test_many_hands_at_once_make_one_whole_chain():
    barrier, faults = threading.Barrier(4), []

    def work():
        try:
            barrier.wait(10)
            for _ in range(5):
                append("shared")
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    entries = list(queries.of_stream("shared"))
    assert [entry.seq for entry in entries] == list(range(1, 21))
    assert all(after.prev == before.hash for before, after in pairwise(entries))


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [
    "UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry",
    "UPDATE audit_checkpoint SET prev = ''", "DELETE FROM audit_checkpoint",
])  # fmt: skip
def test_the_database_forbids_changing_and_removing(deed, now):
    append()
    actions.checkpoint(now=now)
    cursor = connection.cursor()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(deed)
    assert Entry.objects.count() == Checkpoint.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_in_a_transactional_test_too():
    append()
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_an_append_costs_three_queries(django_assert_num_queries):
    append()
    with django_assert_num_queries(3 + 2):  # lock, insert, head; savepoint and its release by this test
        append()
