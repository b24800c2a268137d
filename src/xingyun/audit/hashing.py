"""How the record is hashed: one spelling for every value, SHA-256 over it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def canonical(value: object) -> str:
    """The one way to write `value` as JSON: keys sorted, no spaces, no fractions (spelled in many ways)."""
    _refuse_fractions(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """How a time is hashed: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def of_entry(
    stream: str, seq: int, at: datetime, actor: str, label: str, act: str, body: str, prev: str
) -> str:
    """What an entry's hash must be."""
    return digest([stream, seq, moment(at), actor, label, act, body, prev])


def of_checkpoint(n: int, at: datetime, prev: str, heads: str, key: str) -> str:
    """What a checkpoint's hash must be."""
    return digest([n, moment(at), prev, heads, key])


def digest(covered: list[object]) -> str:
    """SHA-256 over the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


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
