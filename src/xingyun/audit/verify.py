"""Is the record what it was? Every chain link by link, every checkpoint, and an anchor kept elsewhere.

Findings are yielded as they are found; nothing is held in memory but one link and one batch of heads.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import groupby, islice
from operator import or_
from pathlib import Path
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from xingyun.audit import anchor, hashing, keys
from xingyun.audit.actions import CHECKPOINT
from xingyun.audit.anchor import Head
from xingyun.audit.models import GENESIS, Checkpoint, Entry, Stream

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit. `kind`: altered, inserted, removed, cut, rewritten, checkpoint, key."""

    kind: str
    stream: str
    seq: int
    text: str


class Link(NamedTuple):
    """An entry with what its stream says of its end."""

    stream: str
    last: int
    head: str
    seq: int
    at: datetime
    actor: str
    label: str
    act: str
    body: str
    prev: str
    hash: str


def verify(against: Path | None = None) -> Iterator[Finding]:
    """Every finding; none means that the record is whole. Raises anchor.AnchorError for an unusable file."""
    header = anchor.read(against) if against else None
    yield from _chains()
    yield from _lost()
    yield from _checkpoints(header.public_key if header else keys.known_public())
    if against and header:
        yield from _anchored(header, anchor.heads(against))


def size() -> dict[str, int]:
    """How much there is to verify."""
    return {
        "streams": Stream.objects.count(),
        "entries": Entry.objects.count(),
        "checkpoints": Checkpoint.objects.count(),
    }


def _chains() -> Iterator[Finding]:
    columns = ["stream__name", "stream__seq", "stream__head", *Link._fields[3:]]
    rows = Entry.objects.order_by("stream_id", "seq").values_list("stream_id", *columns)
    links = rows.iterator(chunk_size=2_000)
    for _pk, group in groupby(links, key=lambda row: row[0]):
        yield from _chain(Link(*row[1:]) for row in group)


def _chain(links: Iterable[Link]) -> Iterator[Finding]:
    seq, prev, link = 0, GENESIS, None
    for link in links:
        if link.seq != seq + 1:
            missing = f"第 {seq + 1} 至 {link.seq - 1} 条不见了" if link.seq > seq + 1 else "序号不合"
            yield Finding("removed", link.stream, seq + 1, missing)
        elif link.prev != prev:
            yield Finding("inserted", link.stream, link.seq, "与前一条不相接")
        if link.hash != hashing.of_entry(
            link.stream, link.seq, link.at, link.actor, link.label, link.act, link.body, link.prev
        ):
            yield Finding("altered", link.stream, link.seq, "内容与其摘要不符")
        seq, prev = link.seq, link.hash
    if link is not None:
        yield from _end(link)


def _end(link: Link) -> Iterator[Finding]:
    if link.seq < link.last:
        yield Finding("cut", link.stream, link.seq + 1, f"末尾缺第 {link.seq + 1} 至 {link.last} 条")
    elif link.seq > link.last:
        yield Finding("inserted", link.stream, link.last + 1, "末尾多出条目")
    elif link.hash != link.head:
        yield Finding("altered", link.stream, link.seq, "末条与链头不符")


def _lost() -> Iterator[Finding]:
    """Streams without entries, entries without their stream."""
    entries = Entry.objects.filter(stream=OuterRef("pk"))
    for stream in Stream.objects.filter(~Exists(entries), seq__gt=0).iterator():
        yield Finding("cut", stream.name, 1, f"全部 {stream.seq} 条都不见了")
    for stream in Stream.objects.filter(signed_seq__gt=F("seq")).iterator():
        yield Finding("cut", stream.name, stream.seq + 1, "链头退到了已签名的位置之前")
    owners = Stream.objects.filter(pk=OuterRef("stream_id"))
    for seq in Entry.objects.filter(~Exists(owners)).values_list("seq", flat=True).iterator():
        yield Finding("removed", "?", seq, "所属的链不见了")


def _checkpoints(public_key: str | None) -> Iterator[Finding]:
    n, prev = 0, GENESIS
    for point in Checkpoint.objects.order_by("n").iterator(chunk_size=500):
        yield from _checkpoint(point, n, prev, public_key)
        n, prev = point.n, point.hash
    if n == 0 and Stream.objects.filter(signed_seq__gt=0).exists():
        yield Finding("checkpoint", "", 1, "签过名的检查点都不见了")
    yield from _compare(_signed_heads(), "与已签名的检查点不符")


def _checkpoint(point: Checkpoint, n: int, prev: str, public_key: str | None) -> Iterator[Finding]:
    if point.n != n + 1 or point.prev != prev:
        yield Finding("checkpoint", "", point.n, "检查点与前一个不相接")
    if point.hash != hashing.of_checkpoint(point.n, point.at, point.prev, point.heads, point.key):
        yield Finding("checkpoint", "", point.n, "检查点的内容与其摘要不符")
    if not keys.signed(point.key, point.signature, CHECKPOINT, point.hash):
        yield Finding("checkpoint", "", point.n, "检查点的签名不对")
    if public_key is not None and point.key != public_key:
        yield Finding("key", "", point.n, "检查点是用另一把密钥签的")


def _signed_heads() -> Iterator[Head]:
    for text in Checkpoint.objects.order_by("n").values_list("heads", flat=True).iterator(chunk_size=500):
        try:
            yield from ((str(name), int(seq), str(head)) for name, seq, head in json.loads(text))
        except (ValueError, TypeError):
            # Unreadable heads were altered: their hash has said so.
            continue


def _anchored(header: anchor.Header, heads: Iterator[Head]) -> Iterator[Finding]:
    if header.checkpoint:
        point = Checkpoint.objects.filter(n=header.checkpoint).first()
        if point is None:
            yield Finding("cut", "", header.checkpoint, "存证锚记下的检查点不见了")
        elif point.hash != header.checkpoint_hash:
            yield Finding("rewritten", "", header.checkpoint, "检查点与存证锚不符")
    yield from _compare(heads, "与存证锚不符")


def _compare(heads: Iterator[Head], text: str) -> Iterator[Finding]:
    """Whether the entries at these places are there and have these hashes."""
    while batch := list(islice(heads, AT_ONCE)):
        places = reduce(or_, (Q(stream__name=name, seq=seq) for name, seq, _hash in batch))
        found = {
            (name, seq): digest
            for name, seq, digest in Entry.objects.filter(places).values_list("stream__name", "seq", "hash")
        }
        for name, seq, digest in batch:
            if (name, seq) not in found:
                yield Finding("cut", name, seq, text + "：这一条不见了")
            elif found[name, seq] != digest:
                yield Finding("rewritten", name, seq, text + "：摘要不同")
