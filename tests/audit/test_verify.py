"""Tampering in SQL, as somebody with the database's password would, and what finds it."""

import json
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from xingyun.audit import Named, actions, anchor, command, hashing, keys
from xingyun.audit.migrations import _guards as guards
from xingyun.audit.models import GENESIS, Checkpoint, Entry, Stream
from xingyun.audit.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def sql():
    """Tamper: guards away, then any statement."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in guards.remove(connection.vendor):
        run(statement)
    return run


@pytest.fixture
def record(now):
    """Three chains, two checkpoints: `a` has six entries, four of them under the first."""

    def write(stream, count):
        for number in range(count):
            with transaction.atomic():
                actions.append(
                    stream=stream, act="step", actor=Named("user:1", "经办"), body={"n": number}, now=now
                )

    for stream, count in {"a": 4, "b": 2, "c": 1}.items():
        write(stream, count)
    actions.checkpoint(now=now)
    write("a", 2)
    actions.checkpoint(now=now)


@pytest.fixture
def anchored(record, now, tmp_path):
    """An anchor written before anything happens."""
    path = tmp_path / "anchor.jsonl"
    anchor.write(path, now)
    return path


def kinds(findings):
    return {finding.kind for finding in findings}


def entry(stream, seq):
    return Entry.objects.get(stream__name=stream, seq=seq)


def rewrite(sql, stream, bodies):
    """Make the whole chain anew, every hash right, as one with full access would."""
    row = Stream.objects.get(name=stream)
    entries = list(Entry.objects.filter(stream=row).order_by("seq"))
    sql("DELETE FROM audit_entry WHERE stream_id = %s", row.pk)
    prev = GENESIS
    for seq, body in enumerate(bodies, 1):
        old = entries[min(seq, len(entries)) - 1]
        prev = forge(row, seq, old, body, prev)
    heads = (len(bodies), prev, len(bodies), row.pk)
    sql("UPDATE audit_stream SET seq = %s, head = %s, signed_seq = %s WHERE id = %s", *heads)


def forge(stream, seq, like, body, prev):
    """Write an entry with a right hash; returns the hash."""
    said = (like.at, like.actor, like.label, like.act)
    fresh = Entry(stream=stream, seq=seq, body=body, prev=prev, hash="")
    fresh.at, fresh.actor, fresh.label, fresh.act = said
    fresh.hash = hashing.of_entry(stream.name, seq, *said, body, prev)
    fresh.save(force_insert=True)
    return fresh.hash


def seen(findings):
    """Findings without their words."""
    return {(item.kind, item.stream, item.seq) for item in findings}


def test_an_untouched_record_is_whole(anchored):
    assert list(verify()) == []
    assert list(verify(anchored)) == []


@pytest.mark.parametrize(("column", "value"), [
    ("body", '{"n":9}'), ("actor", "user:2"), ("label", "x"), ("act", "y"), ("at", "2019-01-01T00:00:00Z"),
])  # fmt: skip
def test_an_altered_entry_is_found(record, sql, column, value):
    sql(f'UPDATE audit_entry SET "{column}" = %s WHERE id = %s', value, entry("a", 2).pk)
    [finding] = verify()
    assert (finding.kind, finding.stream, finding.seq) == ("altered", "a", 2)


def test_an_altered_entry_with_its_hash_made_right_is_found(record, sql):
    row = entry("a", 2)
    row.body = '{"n":9}'
    right = hashing.of_entry("a", 2, row.at, row.actor, row.label, row.act, row.body, row.prev)
    sql("UPDATE audit_entry SET body = %s, hash = %s WHERE id = %s", row.body, right, row.pk)
    assert ("inserted", "a", 3) in seen(verify())


def test_a_removed_entry_is_found(record, sql):
    sql("DELETE FROM audit_entry WHERE id = %s", entry("a", 3).pk)
    assert ("removed", "a", 3) in seen(verify())


def test_an_inserted_entry_is_found(record, sql):
    for seq in (6, 5, 4, 3):
        sql("UPDATE audit_entry SET seq = %s WHERE id = %s", seq + 1, entry("a", seq).pk)
    before = entry("a", 2)
    forge(before.stream, 3, before, "{}", before.hash)
    sql("UPDATE audit_stream SET seq = 7 WHERE name = 'a'")
    assert {("inserted", "a", 4), ("altered", "a", 4)} <= seen(verify())


def test_an_entry_behind_the_head_is_found(record, sql):
    last = entry("b", 2)
    forge(last.stream, 3, last, "{}", last.hash)
    [finding] = verify()
    assert (finding.kind, finding.stream, finding.seq) == ("inserted", "b", 3)


def test_a_cut_tail_is_found(record, sql):
    sql("DELETE FROM audit_entry WHERE id = %s", entry("a", 6).pk)
    assert "cut" in kinds(verify())


def test_a_cut_tail_with_the_head_moved_back_is_found_by_the_checkpoints(record, sql):
    sql("DELETE FROM audit_entry WHERE id = %s", entry("a", 6).pk)
    sql("UPDATE audit_stream SET seq = 5, signed_seq = 5, head = %s WHERE name = 'a'", entry("a", 5).hash)
    [finding] = verify()
    assert (finding.kind, finding.stream, finding.seq) == ("cut", "a", 6)


def test_a_tail_cut_together_with_its_checkpoint_is_found_by_the_anchor(anchored, sql):
    for seq in (6, 5):
        sql("DELETE FROM audit_entry WHERE id = %s", entry("a", seq).pk)
    sql("UPDATE audit_stream SET seq = 4, signed_seq = 4, head = %s WHERE name = 'a'", entry("a", 4).hash)
    sql("DELETE FROM audit_checkpoint WHERE n = 2")
    assert list(verify()) == [], "nothing in the database itself can tell"
    assert {("cut", "", 2), ("cut", "a", 6)} <= seen(verify(anchored))


def test_a_rewritten_chain_is_found_by_the_checkpoints(record, sql):
    rewrite(sql, "a", ["{}"] * 6)
    assert kinds(verify()) == {"rewritten"}


def test_a_record_rewritten_with_the_stolen_key_is_found_by_the_anchor(anchored, sql, now):
    rewrite(sql, "a", ["{}"] * 6)
    sql("DELETE FROM audit_checkpoint")
    sql("UPDATE audit_stream SET signed_seq = 0")
    actions.checkpoint(now=now)
    assert list(verify()) == [], "the forger had everything but the anchor"
    found = list(verify(anchored))
    assert ("rewritten", "a", 6) in seen(found)


def test_a_rewritten_record_grown_longer_is_found_by_the_anchor(anchored, sql, now):
    rewrite(sql, "a", ["{}"] * 9)
    sql("DELETE FROM audit_checkpoint")
    sql("UPDATE audit_stream SET signed_seq = 0")
    actions.checkpoint(now=now)
    assert "rewritten" in kinds(verify(anchored))


def test_a_whole_stream_that_is_gone_is_found(anchored, sql):
    row = Stream.objects.get(name="b")
    sql("DELETE FROM audit_entry WHERE stream_id = %s", row.pk)
    assert ("cut", "b") in {(item.kind, item.stream) for item in verify()}
    sql("DELETE FROM audit_stream WHERE id = %s", row.pk)
    assert ("cut", "b") in {(item.kind, item.stream) for item in verify()}
    assert ("cut", "b") in {(item.kind, item.stream) for item in verify(anchored)}


@pytest.mark.parametrize("change", [
    "UPDATE audit_checkpoint SET heads = '[]' WHERE n = 1",
    "UPDATE audit_checkpoint SET heads = 'x' WHERE n = 1",
    "UPDATE audit_checkpoint SET prev = 'x' WHERE n = 2",
    "DELETE FROM audit_checkpoint WHERE n = 1",
    "DELETE FROM audit_checkpoint",
])  # fmt: skip
def test_altered_and_removed_checkpoints_are_found(record, sql, change):
    sql(change)
    assert "checkpoint" in kinds(verify())


def test_a_checkpoint_signed_with_another_key_is_found(anchored, sql, settings, tmp_path):
    stranger = Ed25519PrivateKey.generate()
    point = Checkpoint.objects.get(n=2)
    point.key = keys.public(stranger)
    point.hash = hashing.of_checkpoint(2, point.at, point.prev, point.heads, point.key)
    signature = keys.sign(stranger, actions.CHECKPOINT, point.hash)
    sql(
        "UPDATE audit_checkpoint SET key = %s, hash = %s, signature = %s WHERE n = 2",
        point.key, point.hash, signature,
    )  # fmt: skip
    assert kinds(verify()) == {"key"}
    settings.AUDIT_KEY_FILE = tmp_path / "elsewhere.key"
    assert list(verify()) == [], "without the key file only the anchor knows the key"
    assert {"key", "rewritten"} <= kinds(verify(anchored))


def test_a_signature_is_for_its_own_checkpoint(record, sql):
    sql("UPDATE audit_checkpoint SET signature = %s WHERE n = 2", Checkpoint.objects.get(n=1).signature)
    assert kinds(verify()) == {"checkpoint"}


@pytest.mark.parametrize("harm", [
    lambda text: text[:-40], lambda text: text.replace('"c",1', '"c",2'), lambda _: "", lambda _: "{}",
    lambda text: "\n".join(line for line in text.split("\n") if '"b"' not in line), lambda _: "\x00\xff",
])  # fmt: skip
def test_a_damaged_anchor_is_refused(anchored, harm):
    anchored.write_text(harm(anchored.read_text()))
    with pytest.raises(anchor.AnchorError):
        list(verify(anchored))


def test_nothing_new_needs_no_checkpoint(record, now):
    assert actions.checkpoint(now=now) is None
    assert Checkpoint.objects.count() == 2


def test_a_checkpoint_holds_only_what_changed(record):
    assert [[head[0] for head in json.loads(point.heads)] for point in Checkpoint.objects.order_by("n")] == [
        ["a", "b", "c"],
        ["a"],
    ]


def test_many_streams_are_signed_in_several_checkpoints(now, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    drafts = [actions.Draft(f"s{number}", "x") for number in range(8)]
    with transaction.atomic():
        actions.append_many(drafts=drafts, actor=Named("a", "a"), now=now)
    assert actions.checkpoint(now=now).n == 3
    assert list(verify()) == []


def test_the_key_is_readable_by_its_owner_alone(record, settings):
    assert os.stat(settings.AUDIT_KEY_FILE).st_mode & 0o777 == 0o600


def test_the_commands(record, sql, tmp_path, capsys):
    path = tmp_path / "anchor.jsonl"
    assert command.run(["export", str(path)]) == 0
    assert command.run(["verify", "--anchor", str(path)]) == 0
    assert "记录完整：3 条链，9 条记录，2 个检查点" in capsys.readouterr().out
    sql("UPDATE audit_entry SET act = 'x' WHERE id = %s", entry("a", 2).pk)
    assert command.run(["verify", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] is False
    assert told["findings"][0] == {"kind": "altered", "stream": "a", "seq": 2, "text": "内容与其摘要不符"}
    assert command.run(["verify", "--anchor", str(tmp_path / "none")]) == 2


def test_the_number_of_queries_does_not_grow_with_the_record(record, now, django_assert_max_num_queries):
    drafts = [actions.Draft("a", "x", {"n": number}) for number in range(3_000)]
    with transaction.atomic():
        actions.append_many(drafts=drafts, actor=Named("a", "a"), now=now)
    with django_assert_max_num_queries(10):
        assert list(verify()) == []
