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


def bounds(doc: Document) -> Iterator[Fault]:
    """The most places are no fewer than the least, and bound a share."""
    for n, quota in enumerate(doc.quotas):
        if quota.maximum is not None and quota.percent is None:
            yield fault(("quotas", n, "maximum"), "与 percent 一起写", "maximum goes with percent")
        elif quota.maximum is not None and quota.maximum < max(quota.minimum, 1):
            yield fault(("quotas", n, "maximum"), "少于保底名额", "fewer than the least number")


def batches(doc: Document) -> Iterator[Fault]:
    """A quota by batch needs batches."""
    known = any(window.batches for window in doc.windows)
    for n, quota in enumerate(doc.quotas):
        if quota.per == "batch" and not known:
            yield fault(("quotas", n, "per"), "没有时段分批", "no window has batches")
