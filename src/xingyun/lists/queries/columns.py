"""The columns that an exported list can have: where each value comes from and how it is written.

Most are read straight from the tables, which keeps a long list quick; what other rooms say is asked for in
batches. Labels and values are in the language of whoever asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xingyun.applications.states import State
from xingyun.clock import ZONE
from xingyun.documents.tables import Column, Kind, Value
from xingyun.rulebook import Rulebook
from xingyun.rulebook.text import Text

CONTACT = "contact:"
# What a form's fields of these kinds hold is personal data.
PERSONAL = ("person", "phone", "email", "address")
# Chosen before anybody chooses.
USUAL = ("number", "name", "uscc", "authority", "level", "state", "submitted_at")
Source = Literal["table", "points", "doubts", "results", "contact"]
Tell = Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class Known:
    """A column: `path` is its place in the tables, or the form's field; `tell` makes the value of it."""

    key: str
    label: str | Promise
    path: str
    kind: Kind = "text"
    width: int = 14
    source: Source = "table"
    tell: Tell | None = None

    @property
    def column(self) -> Column:
        """As the writers of tables know it."""
        return Column(str(self.label), self.kind, self.width)

    @property
    def personal(self) -> bool:
        """Whether it says how to reach somebody."""
        return self.source == "contact"


def known(book: Rulebook) -> Mapping[str, Known]:
    """Every column of a list of this edition's applications by key, in the order in which they stand."""
    return {one.key: one for one in (*_plain(book), *_contacts(book))}


def _plain(book: Rulebook) -> tuple[Known, ...]:
    levels = {level.key: _said(level.name) for level in book.levels}
    deployments = {one.key: _said(one.name) for one in book.deployments}
    states = {state.value: str(state.label) for state in State}
    return (
        Known("number", _("申请编号"), "number", width=20),
        Known("name", _("企业名称"), "enterprise__name", width=34),
        Known("uscc", _("统一社会信用代码"), "enterprise__uscc", width=22),
        Known("authority", _("受理单位"), "authority__name"),
        Known("holder", _("现在由"), "holder__name"),
        Known("level", _("申报级别"), "level", tell=lambda key: levels.get(key, key)),
        Known("state", _("状态"), "state", width=12, tell=lambda key: states.get(key, key)),
        Known("submitted_at", _("提交时间"), "submitted_at", width=18, tell=moment),
        Known("due", _("补正期限"), "due", width=18, tell=moment),
        *(
            (Known("deployments", _("部署方式"), "deployments", tell=lambda keys: _names(keys, deployments)),)
            if deployments
            else ()
        ),
        Known("industry", _("行业代码"), "industry", width=10),
        Known("capital", _("注册资本（万元）"), "capital_fen", "wan", 16),
        *((Known("spend", _("上云支出（万元）"), "spend_fen", "wan", 16),) if book.keeps_ledger else ()),
        *((Known("domains", _("勾选的域"), "domains", "int", 10),) if book.domains else ()),
        *((Known("points", _("得分"), "pk", "int", 8, "points"),) if book.points else ()),
        Known("doubts", _("未裁定的疑点"), "dossier_id", "int", 12, "doubts"),
        Known("results", _("决定和推荐"), "pk", "text", 44, "results"),
    )


def _contacts(book: Rulebook) -> tuple[Known, ...]:
    fields = (field for field in book.form.fields if field.kind in PERSONAL)
    return tuple(
        Known(f"{CONTACT}{field.key}", _said(field.name), field.key, width=20, source="contact")
        for field in fields
    )


def moment(at: datetime | None) -> str:
    """2020-10-12 09:00, in Asia/Shanghai."""
    if at is None:
        return ""
    return at.astimezone(ZONE).isoformat(" ", "minutes")[:16]


def _names(keys: str, names: Mapping[str, str]) -> str:
    return "、".join(names.get(key, key) for key in keys.split(",") if key)


def _said(text: Text) -> str:
    return text.say(get_language() or "zh")
