"""One change between two editions, as data and in words."""

from dataclasses import dataclass
from typing import Literal, get_args

from xingyun.rulebook.text import EMPTY, Text

What = Literal["added", "removed", "changed", "reordered"]

# What a change touches, by which an office decides what becomes of running applications.
ChangeKind = Literal[
    "wording",
    "citations",
    "title_page",
    "offices",
    "levels",
    "quota",
    "conditions",
    "points",
    "materials",
    "form",
    "checklist",
    "dates",
    "procedure",
    "notice",
    "aftercare",
    "self_check",
]

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

KIND_NAMES: dict[ChangeKind, Text] = {
    "wording": Text("文字", "Wording"),
    "citations": Text("依据和解释", "Clauses and readings"),
    "title_page": Text("题名页", "Title page"),
    "offices": Text("机关和层级", "Authorities and tiers"),
    "levels": Text("等级和上云形式", "Levels and deployment models"),
    "quota": Text("名额和排序", "Places and ranking"),
    "conditions": Text("申报条件", "Conditions"),
    "points": Text("评分", "Points"),
    "materials": Text("材料", "Materials"),
    "form": Text("申请表", "Form"),
    "checklist": Text("清单", "Checklist"),
    "dates": Text("日期", "Dates"),
    "procedure": Text("程序", "Procedure"),
    "notice": Text("公示", "Public notice"),
    "aftercare": Text("称号、奖补和处理", "Titles, subsidies, sanctions"),
    "self_check": Text("自测", "Self-check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `path` leads there by keys: ("deadlines", "district-report", "on").

    `old` and `new` are the values in words (empty where there is none); `clauses` are those that the changed
    entry follows from, as the new edition cites them where it still has the entry.
    """

    kind: ChangeKind
    what: What
    path: tuple[str, ...]
    old: Text = EMPTY
    new: Text = EMPTY
    clauses: tuple[str, ...] = ()
    words: Text

    @property
    def table(self) -> str:
        """The table of the rulebook that it stands in."""
        return self.path[0]
