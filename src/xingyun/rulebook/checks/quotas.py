"""Quotas by authority and by batch."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document


def by_authority(doc: Document) -> Iterator[Fault]:
    """Places are allotted to authorities of the quota's tier, never fewer than none."""
    tiers = {a.key: a.tier for a in doc.authorities}
    for n, quota in enumerate(doc.quotas):
        for key, places in quota.fixed_by_authority.items():
            path = ("quotas", n, "fixed_by_authority", key)
            if tiers.get(key) != quota.tier:
                yield fault(path, "“{t}”一级没有“{k}”", "{k} is no authority of {t}", t=quota.tier, k=key)
            if places < 0:
                yield fault(path, "名额不能是负数", "a quota can't be negative")


def batches(doc: Document) -> Iterator[Fault]:
    """A quota by batch needs batches."""
    known = any(window.batches for window in doc.windows)
    for n, quota in enumerate(doc.quotas):
        if quota.per == "batch" and not known:
            yield fault(("quotas", n, "per"), "没有时段分批", "no window has batches")
