"""Writing the record. An entry is part of the act's own transaction: both are there, or neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from xingyun.audit import Acting, hashing, keys
from xingyun.audit.models import GENESIS, Checkpoint, Entry, Stream

AT_ONCE = 1_000
CHECKPOINT = "xingyun checkpoint"


class OutsideTransactionError(RuntimeError):
    """An entry was written outside the transaction of the act that it records."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written. `body` holds text, whole numbers, booleans, None, lists and tables of them."""

    stream: str
    act: str
    body: Mapping[str, Any] = field(default_factory=dict)


def append(*, stream: str, act: str, actor: Acting, body: Mapping[str, Any], now: datetime) -> Entry:
    """Record one act at the end of `stream`, which begins with its first entry.

    Call it last in the transaction: the stream's head stays locked until the commit. A transaction that
    touches several streams calls `append_many` once, which locks them in one order.
    """
    return append_many(drafts=[Draft(stream, act, body)], actor=actor, now=now)[0]


def append_many(*, drafts: Iterable[Draft], actor: Acting, now: datetime) -> list[Entry]:
    """Record several acts of one actor; returns the entries in the order given."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("an audit entry belongs into the transaction of its act")
    drafts = list(drafts)
    heads = _locked({draft.stream for draft in drafts})
    entries = [_entry(heads[draft.stream], draft, actor, now) for draft in drafts]
    Entry.objects.bulk_create(entries)
    for stream in heads.values():
        stream.save(update_fields=["seq", "head"])
    return entries


def checkpoint(*, now: datetime) -> Checkpoint | None:
    """Sign the heads that changed since the last checkpoint; None when none did."""
    made = None
    while True:
        try:
            signed = _checkpoint(now)
        except IntegrityError:
            # Somebody else signed this number in the same moment; what he left is signed next.
            continue
        if signed is None:
            return made
        made = signed


def _checkpoint(now: datetime) -> Checkpoint | None:
    with transaction.atomic():
        last = Checkpoint.objects.order_by("-n").first()
        # In name order, as append_many locks them; a bounded number, so that nobody waits long.
        changed = Stream.objects.select_for_update().filter(signed_seq__lt=F("seq"))
        streams = list(changed.order_by("name")[:AT_ONCE])
        if not streams:
            return None
        signed = _sign(last, streams, now)
        signed.save(force_insert=True)
        for stream in streams:
            stream.signed_seq = stream.seq
        Stream.objects.bulk_update(streams, ["signed_seq"], batch_size=200)
        return signed


def _sign(last: Checkpoint | None, streams: list[Stream], now: datetime) -> Checkpoint:
    key = keys.signing_key()
    made = Checkpoint(
        n=last.n + 1 if last else 1,
        at=now,
        prev=last.hash if last else GENESIS,
        heads=hashing.canonical([[stream.name, stream.seq, stream.head] for stream in streams]),
        key=keys.public(key),
    )
    made.hash = hashing.of_checkpoint(made.n, made.at, made.prev, made.heads, made.key)
    made.signature = keys.sign(key, CHECKPOINT, made.hash)
    return made


def _locked(names: set[str]) -> dict[str, Stream]:
    found = _lock(names)
    if len(found) < len(names):
        # Somebody else may be starting the same stream: then its row is there once he commits.
        Stream.objects.bulk_create(
            [Stream(name=name) for name in sorted(names - set(found))], ignore_conflicts=True
        )
        found = _lock(names)
    return found


def _lock(names: set[str]) -> dict[str, Stream]:
    rows = Stream.objects.select_for_update().filter(name__in=names).order_by("name")
    return {stream.name: stream for stream in rows}


def _entry(stream: Stream, draft: Draft, actor: Acting, now: datetime) -> Entry:
    entry = Entry(
        stream=stream,
        seq=stream.seq + 1,
        at=now,
        actor=actor.id,
        label=actor.label,
        act=draft.act,
        body=hashing.canonical(dict(draft.body)),
        prev=stream.head,
    )
    entry.hash = hashing.of_entry(
        stream.name, entry.seq, entry.at, entry.actor, entry.label, entry.act, entry.body, entry.prev
    )
    stream.seq, stream.head = entry.seq, entry.hash
    return entry
