"""Samples, panels, filings: numbers that can be carried out."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document

LONGEST = 250


def samples(doc: Document) -> Iterator[Fault]:
    """A least number is a number of visits."""
    for n, sample in enumerate(doc.samples):
        if sample.minimum < 0:
            yield fault(("samples", n, "minimum"), "不能是负数", "it can't be negative")
        if sample.maximum is not None and sample.maximum < max(sample.minimum, 1):
            yield fault(("samples", n, "maximum"), "少于至少的家数", "less than the least number")


def panels(doc: Document) -> Iterator[Fault]:
    """Some score is left after the highest and lowest are dropped, and there is something to score."""
    for n, panel in enumerate(doc.panels):
        if min(panel.drop_highest, panel.drop_lowest) < 0:
            yield fault(("panels", n), "去掉的个数不能是负数", "what is dropped can't be negative")
        elif panel.experts <= panel.drop_highest + panel.drop_lowest:
            path = ("panels", n, "experts")
            yield fault(path, "去掉以后没有剩下评分", "no score is left after those dropped")
        if len(panel.recusal) != len(panel.recusal_en):
            yield fault(("panels", n, "recusal_en"), "中英文条数不同", "not as many as in Chinese")
        if panel.pass_at is not None and not 0 <= panel.pass_at <= panel.scale:
            yield fault(("panels", n, "pass_at"), "不在满分以内", "not within full marks")
        if panel.scale < 1:
            yield fault(("panels", n, "scale"), "满分至少为 1", "full marks are at least 1")


def filings(doc: Document) -> Iterator[Fault]:
    """A filing goes to a higher tier, within a term."""
    tiers = [tier.key for tier in doc.tiers]
    for n, filing in enumerate(doc.filings):
        known = {filing.from_, filing.to} <= set(tiers)
        if known and tiers.index(filing.from_) >= tiers.index(filing.to):
            yield fault(("filings", n, "to"), "备案要报给更高的层级", "a filing goes to a higher tier")
        if not 1 <= filing.within_days <= LONGEST:
            yield fault(("filings", n, "within_days"), "1 至 {n} 天", "from 1 to {n} days", n=LONGEST)
