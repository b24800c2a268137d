"""Writing the record. An entry is part of the act's own transaction: both are there, or neither."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from xingyun.audit import Acting
from xingyun.audit.models import Entry, Stream


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


def canonical(value: object) -> str:
    """The one way to write `value` as JSON: keys sorted, no spaces, no fractions (spelled in many ways)."""
    _refuse_fractions(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """How a time is hashed: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(stream: str, entry: Entry) -> str:
    """What the entry's hash must be."""
    covered = [
        stream,
        entry.seq,
        moment(entry.at),
        entry.actor,
        entry.label,
        entry.act,
        entry.body,
        entry.prev,
    ]
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


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
        body=canonical(dict(draft.body)),
        prev=stream.head,
    )
    entry.hash = digest(stream.name, entry)
    stream.seq, stream.head = entry.seq, entry.hash
    return entry


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r}: write fractions as text or in a smaller unit")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{key!r}: keys are text")
            _refuse_fractions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_fractions(item)
