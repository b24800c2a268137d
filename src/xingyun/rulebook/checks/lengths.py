"""Keys that become part of longer names, which are kept with at most so many signs."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.reading import LONGEST_KEY
from xingyun.rulebook.schema.document import Document

LONGEST_TIER = 20
# Behind a quota's key stand the number of the round and, where it is given by the batch, the batch's key.
ROUND = len("-999")


def tiers(doc: Document) -> Iterator[Fault]:
    """The key of a tier is short."""
    for n, tier in enumerate(doc.tiers):
        if len(tier.key) > LONGEST_TIER:
            yield fault(("tiers", n, "key"), "最多 {n} 个字符", "at most {n} signs", n=LONGEST_TIER)


def quotas(doc: Document) -> Iterator[Fault]:
    """The key of a quota leaves room for the round's number and the batch."""
    batch = max((len(b.key) + 1 for w in doc.windows for b in w.batches), default=0)
    for n, quota in enumerate(doc.quotas):
        most = LONGEST_KEY - {"year": 0, "round": ROUND, "batch": ROUND + batch}[quota.per]
        if len(quota.key) > most:
            yield fault(("quotas", n, "key"), "最多 {n} 个字符", "at most {n} signs", n=most)
