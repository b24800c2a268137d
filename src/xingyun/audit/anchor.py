"""The anchor: where every chain stood, on a file that is kept elsewhere.

JSON lines: a header with the last checkpoint and the public key, one `[stream, seq, hash]` for each
stream, and a last line with the digest of all before it, signed. Yesterday's anchor finds what no look
at today's database can: a tail that was cut off, a record that was rewritten as a whole.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xingyun.audit import hashing, keys
from xingyun.audit.models import GENESIS, Stream
from xingyun.audit.queries import last_checkpoint

KIND = "xingyun audit anchor"
Head = tuple[str, int, str]


class AnchorError(ValueError):
    """The file is no anchor, or was damaged; the message says so to its reader."""


@dataclass(frozen=True, slots=True)
class Header:
    """What an anchor says of the whole record."""

    at: str
    checkpoint: int
    checkpoint_hash: str
    public_key: str


def write(path: Path, now: datetime) -> int:
    """Write an anchor of the record as it stands; returns the number of streams."""
    key, last = keys.signing_key(), last_checkpoint()
    header = Header(
        at=hashing.moment(now),
        checkpoint=last.n if last else 0,
        checkpoint_hash=last.hash if last else GENESIS,
        public_key=keys.public(key),
    )
    partial = path.with_name(f"{path.name}.partial")
    hasher, count = hashlib.sha256(), 0
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(header):
            hasher.update(line.encode())
            file.write(line)
            count += 1
        total = hasher.hexdigest()
        file.write(hashing.canonical({"sha256": total, "signature": keys.sign(key, KIND, total)}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return count - 1


def read(path: Path) -> Header:
    """Check the whole file and return its header; raises AnchorError."""
    hasher, header, last = hashlib.sha256(), None, ""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                header = header or _header(line)
                hasher.update(last.encode())
                last = line
        end = json.loads(last)
        total, signature = str(end["sha256"]), str(end["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise AnchorError("这不是完整的存证锚文件。请换用导出时的原件。") from error
    if header is None or total != hasher.hexdigest():
        raise AnchorError("存证锚文件的内容与其摘要不符，文件已损坏或被改动。请换用导出时的原件。")
    if not keys.signed(header.public_key, signature, KIND, total):
        raise AnchorError("存证锚文件的签名不对，文件已被改动。请换用导出时的原件。")
    return header


def heads(path: Path) -> Iterator[Head]:
    """The heads of a file that `read` has checked, one at a time."""
    with path.open(encoding="utf-8", newline="\n") as file:
        next(file)
        for line in file:
            value = json.loads(line)
            if isinstance(value, list):
                yield str(value[0]), int(value[1]), str(value[2])


def _lines(header: Header) -> Iterator[str]:
    shown: dict[str, Any] = {
        "kind": KIND,
        "version": 1,
        "at": header.at,
        "checkpoint": header.checkpoint,
        "checkpoint_hash": header.checkpoint_hash,
        "public_key": header.public_key,
    }
    yield hashing.canonical(shown) + "\n"
    standing = Stream.objects.filter(seq__gt=0).order_by("name").values_list("name", "seq", "head")
    for name, seq, head in standing.iterator(chunk_size=2_000):
        yield hashing.canonical([name, seq, head]) + "\n"


def _header(line: str) -> Header:
    found = json.loads(line)
    if found["kind"] != KIND:
        raise ValueError(found["kind"])
    return Header(
        at=str(found["at"]),
        checkpoint=int(found["checkpoint"]),
        checkpoint_hash=str(found["checkpoint_hash"]),
        public_key=str(found["public_key"]),
    )
