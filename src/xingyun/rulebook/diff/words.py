"""A difference in words: "期限“区县上报截止”的日期由10月26日改为10月31日"."""

from dataclasses import fields, is_dataclass
from typing import Any

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.diff.compare import Difference, Step
from xingyun.rulebook.names import key_name, table_name
from xingyun.rulebook.schema.form import Field
from xingyun.rulebook.shape import is_empty
from xingyun.rulebook.text import EMPTY, Text, join
from xingyun.rulebook.wording import form
from xingyun.rulebook.wording.particulars import in_one, particulars
from xingyun.rulebook.wording.values import Values

ADDED = Text("新增{subject}{said}", "new {subject}{said}")
REMOVED = Text("删去{subject}", "dropped: {subject}")
REORDERED = Text("{subject}的先后次序有变化", "{subject}: another order")
CHANGED = Text("{subject}的{key}由{old}改为{new}", "{subject}: {key} changes from {old} to {new}")
SET = Text("{subject}的{key}定为{new}（原来没有写）", "{subject}: {key} is now {new} (it was not given)")
UNSET = Text("{subject}不再写{key}（原为{old}）", "{subject}: {key} is no longer given (it was {old})")
MEMBERS = Text("{subject}的{key}{change}", "{subject}: {key}: {change}")
PLUS = Text("增加{names}", "{names} added")
MINUS = Text("去掉{names}", "{names} dropped")


class Speaker:
    """Says differences between two editions; a key is named as the edition it stands in names it."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.names = {old.digest: Values(old), new.digest: Values(new)}
        self.before, self.after = self.names[old.digest], self.names[new.digest]

    def plain(self, one: Difference, value: Any, book: Rulebook) -> Text:
        """One of the two values in words; empty where there is none."""
        if is_empty(value) or one.what == "reordered":
            return EMPTY
        return self.names[book.digest].say(one.way[-1].column, value)

    def say(self, one: Difference) -> Text:
        """The whole difference as a sentence without a full stop."""
        match one.what:
            case "added":
                return ADDED.fill(subject=self._subject(one.way, self.after), said=_said(one.new, self.after))
            case "removed":
                return REMOVED.fill(subject=self._subject(one.way, self.before))
            case "reordered":
                return REORDERED.fill(subject=self._subject(one.way, self.after))
            case _:
                return self._changed(one)

    def _changed(self, one: Difference) -> Text:
        last = one.way[-1]
        subject = self._subject(one.way[:-1], self.after) if one.way[:-1] else EMPTY
        key = key_name(last.cls, last.column.toml)
        old, new = one.old, one.new
        if is_empty(old) or is_empty(new):
            form = SET if is_empty(old) else UNSET
            return form.fill(
                subject=subject,
                key=key,
                old=self._say(last, old, self.before),
                new=self._say(last, new, self.after),
            )
        if (
            isinstance(old, tuple)
            and isinstance(new, tuple)
            and not isinstance(old, Text)
            and set(old) != set(new)
        ):
            return MEMBERS.fill(subject=subject, key=key, change=self._members(last, old, new))
        said_old, said_new = self.before.pair(last.column, old, new, self.after)
        return CHANGED.fill(subject=subject, key=key, old=said_old, new=said_new)

    def _members(self, last: Step, old: tuple[Any, ...], new: tuple[Any, ...]) -> Text:
        plus = tuple(v for v in new if v not in old)
        minus = tuple(v for v in old if v not in new)
        said = [PLUS.fill(names=self._say(last, plus, self.after))] if plus else []
        said += [MINUS.fill(names=self._say(last, minus, self.before))] if minus else []
        return join(said, "，", ", ")

    def _say(self, last: Step, value: Any, names: Values) -> Text:
        return EMPTY if is_empty(value) else names.say(last.column, value)

    def _subject(self, way: tuple[Step, ...], names: Values) -> Text:
        """The entries on the way, outermost first: 材料“投入证明”的分项“合同”."""
        return join([_noun(step, names) for step in way], "的", ", ")


def _noun(step: Step, names: Values) -> Text:
    noun = table_name(step.cls, step.column.toml)
    if step.id is None:
        return noun
    return Text("{noun}“{name}”", "{noun} “{name}”").fill(noun=noun, name=names.entry(step.entry, step.id))


def _said(entry: Any, names: Values) -> Text:
    """What a new entry says, after a colon: its sentence, and the keys that decide."""
    zh, en = getattr(entry, "text", ""), getattr(entry, "text_en", "")
    said = [Text(zh.rstrip("。"), en.rstrip("."))] if zh else []
    if isinstance(entry, Field):
        said.append(form.field(entry))
    elif is_dataclass(entry) and (own := particulars(names, entry, *_unsaid(entry))):
        said.append(in_one(own))
    told = join(said, "；", "; ")
    return Text(f"：{told.zh}", f": {told.en}") if said else EMPTY


def _unsaid(entry: Any) -> list[str]:
    """Keys that say what holds anyway, and those that only pages need."""
    return [f.name.rstrip("_") for f in fields(entry) if getattr(entry, f.name) == f.default] + ["anchor"]
