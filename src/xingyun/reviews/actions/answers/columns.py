"""Which column of a table of answers holds what: as it was matched last time, else told by its headings."""

from collections.abc import Mapping, Sequence

from xingyun.registry.actions.roster.columns import Columns, digest
from xingyun.registry.models import Authority
from xingyun.reviews.models import AnswerSheet
from xingyun.reviews.states import AnswerField

# The first word that a heading holds decides; our own headings of the asking letter come first.
WORDS: Mapping[str, tuple[str, ...]] = {
    AnswerField.USCC: ("信用代码", "统一代码", "社会信用", "税号", "uscc", "credit code"),
    AnswerField.ENTRIES: ("记录的日期", "记录日期", "处罚日期", "entry dates"),
    AnswerField.ANSWERED_ON: ("答复日期", "查询日期", "核查日期", "日期", "date"),
    AnswerField.SOURCE: ("答复单位", "查询单位", "核查单位", "body"),
    AnswerField.OFFICER: ("答复人", "经办人", "核查人", "officer"),
    AnswerField.NUMBER: ("文号", "编号（答复）", "document"),
    AnswerField.FOUND: ("结果", "核查情况", "有无", "是否", "result"),
    AnswerField.REMARK: ("说明", "备注", "remark", "note"),
    AnswerField.NAME: ("企业名称", "单位名称", "公司名称", "名称", "name", "enterprise"),
}


def guess(authority: Authority, condition: str, heads: Sequence[str]) -> Columns:
    """What this office chose for these headings last time, else what they tell."""
    if not heads:
        return {}
    known = AnswerSheet.objects.filter(authority=authority, condition=condition, heads=digest(heads))
    last = known.exclude(started_at=None).order_by("-id").values_list("columns", flat=True).first()
    if last is not None and all(place < len(heads) for place in last.values()):
        return dict(last)
    return by_words(heads)


def by_words(heads: Sequence[str]) -> Columns:
    """The places that the headings tell."""
    low, found = [head.lower() for head in heads], Columns()
    for field, words in WORDS.items():
        for word in words:
            places = [n for n, head in enumerate(low) if word in head and n not in found.values()]
            if places:
                found[field] = places[0]
                break
    return found
