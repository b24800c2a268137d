"""Levels, the ladder, quotas, tiers and authorities."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.levels import Level, Quota


def _tier(doc: Document, key: str) -> int:
    keys = [t.key for t in doc.tiers]
    return keys.index(key) if key in keys else -1


def not_empty(doc: Document) -> Iterator[Fault]:
    """There is at least one of each of these."""
    for name in ("tiers", "levels", "clauses", "windows", "materials"):
        if not getattr(doc, name):
            yield fault((name,), "至少要有一条", "at least one entry is needed")


def ranks(doc: Document) -> Iterator[Fault]:
    """No two levels of one rank."""
    seen: dict[int, str] = {}
    for n, level in enumerate(doc.levels):
        if level.rank in seen:
            yield fault(("levels", n, "rank"), "与“{k}”同级", "the same rank as {k}", k=seen[level.rank])
        seen[level.rank] = level.key


def ladder(doc: Document) -> Iterator[Fault]:
    """A level needs a lower one, decided no higher up, so that every level can be reached."""
    known = {lv.key: lv for lv in doc.levels}
    for n, level in enumerate(doc.levels):
        needed = known.get(level.requires or "")
        if needed is None:
            continue
        if needed.rank >= level.rank:
            yield _unreachable(n, level, needed)
        elif level.same_round_counts and _tier(doc, needed.decided_by) > _tier(doc, level.decided_by):
            yield fault(
                ("levels", n, "same_round_counts"),
                "“{k}”由更高的层级决定，本级决定时还没有结果",
                "{k} is decided higher up and not yet known when this level is decided",
                k=needed.key,
            )


def _unreachable(n: int, level: Level, needed: Level) -> Fault:
    return fault(
        ("levels", n, "requires"),
        "“{a}”要先有“{b}”，而“{b}”不比它低，永远达不到",
        "{a} can never be reached: it needs {b}, which is not lower",
        a=level.key,
        b=needed.key,
    )


def deciders(doc: Document) -> Iterator[Fault]:
    """Who recommends stands below who decides."""
    for n, level in enumerate(doc.levels):
        for m, tier in enumerate(level.recommended_by):
            if _tier(doc, tier) >= _tier(doc, level.decided_by):
                yield fault(
                    ("levels", n, "recommended_by", m),
                    "推荐的层级要低于决定的层级",
                    "the tier that recommends must be below the one that decides",
                )


def quota_sums(doc: Document) -> Iterator[Fault]:
    """A quota is a share of something, or a number, not both."""
    for n, quota in enumerate(doc.quotas):
        if quota.percent is not None and quota.fixed is not None:
            yield fault(
                ("quotas", n, "fixed"), "percent 与 fixed 只能写一个", "either percent or fixed, not both"
            )
        if quota.percent is not None and quota.base is None:
            yield fault(("quotas", n), "有百分数就要写基数：base", "a share needs its base", k="base")
        if min(quota.fixed or 0, quota.minimum) < 0:
            yield fault(("quotas", n), "名额不能是负数", "a quota can't be negative")


def quota_acts(doc: Document) -> Iterator[Fault]:
    """A quota limits an act that its tier really performs, and no act has two."""
    taken: dict[tuple[str, str, str], str] = {}
    for n, quota in enumerate(doc.quotas):
        for m, level in enumerate(quota.levels):
            act = (quota.tier, quota.act, level)
            if act in taken:
                yield fault(
                    ("quotas", n, "levels", m), "已受“{k}”限制", "already limited by {k}", k=taken[act]
                )
            taken[act] = quota.key
            if not _performs(doc, quota, level):
                yield fault(
                    ("quotas", n, "levels", m),
                    "“{t}”对“{k}”没有这个动作（{a}）",
                    "{t} does not {a} {k}",
                    t=quota.tier,
                    k=level,
                    a=quota.act,
                )


def _performs(doc: Document, quota: Quota, key: str) -> bool:
    level = next((lv for lv in doc.levels if lv.key == key), None)
    if level is None:
        return True  # the dangling key has its own error
    return quota.tier == level.decided_by if quota.act == "decide" else quota.tier in level.recommended_by


def authorities(doc: Document) -> Iterator[Fault]:
    """Every authority's parent stands on a higher tier."""
    tiers = {a.key: _tier(doc, a.tier) for a in doc.authorities}
    for n, one in enumerate(doc.authorities):
        if one.parent and tiers.get(one.parent, 99) <= tiers[one.key]:
            yield fault(
                ("authorities", n, "parent"), "上级要在更高的层级", "the parent must stand on a higher tier"
            )
        if one.parent is None and tiers[one.key] < len(doc.tiers) - 1:
            yield fault(("authorities", n), "缺少上级：parent", "its parent is missing")


def reports(doc: Document) -> Iterator[Fault]:
    """A report goes up."""
    for n, report in enumerate(doc.reports):
        if _tier(doc, report.from_) >= _tier(doc, report.to):
            yield fault(("reports", n, "to"), "报告要报给更高的层级", "a report goes to a higher tier")
