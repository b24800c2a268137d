"""What a kind of paper has that can be worded, and the places that most of them know."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Shape(Enum):
    """What a passage is: one line, a title whose line breaks are kept, paragraphs, or one plain text."""

    LINE = "line"
    TITLE = "title"
    PARAGRAPHS = "paragraphs"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; `example` fills it in the preview."""

    name: str
    meaning: str | Promise
    example: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of wording: its key in the paper's data, what it is called, how long it may be."""

    key: str
    label: str | Promise
    shape: Shape
    default: str = ""
    hint: str | Promise = ""
    needed: bool = True

    @property
    def most(self) -> int:
        """How many characters it may have."""
        return 80 if self.shape is Shape.LINE else 160 if self.shape is Shape.TITLE else 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper. `kept` are places that must not be left out: without them the paper says too little.

    `top` kinds are the leading office's, the others of those that report to one; None means everybody's.
    `joint` ones name the co-issuer, too. `sample` is the rest of the paper's data, invented, for the preview.
    """

    key: str
    label: str | Promise
    about: str | Promise
    passages: tuple[Passage, ...]
    places: tuple[Place, ...]
    sample: Mapping[str, object]
    kept: tuple[str, ...] = ()
    top: bool | None = None
    numbered: bool = False
    joint: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its places."""
        return tuple(place.name for place in self.places)

    @property
    def defaults(self) -> dict[str, str]:
        """Its passages as they are worded until an office words them anew."""
        return {passage.key: passage.default for passage in self.passages}

    @property
    def examples(self) -> dict[str, str]:
        """A value for each place, invented."""
        return {place.name: place.example for place in self.places}


COMMON = (
    Place("年度", _("评定的年份"), "2020"),
    Place("评定名称", _("评定的称号"), "上云示范企业"),
    Place("通知文号", _("申报通知的文号"), "云工信〔2020〕3号"),
    Place("发文单位", _("本单位的发文名称"), "云州市工业和信息化局"),
    Place("联系电话", _("本单位对外公布的电话"), "0500-66600001"),
)
AWARD = Place("评定全称", _("地区和称号连在一起"), "云州市上云示范企业")
COUNT = Place("家数", _("名单上有几家"), "3")
LEVELS = Place("级别", _("名单上的级别"), "乙级")
ABOVE = Place("上级单位", _("收文的上级单位"), "云州市工业和信息化局")
ENTERPRISE = (
    Place("企业名称", _("这家企业的名称"), "云州市云岫智能制造有限公司"),
    Place("申请编号", _("这份申请的编号"), "YZ-2020-00012"),
)
CLOSING_HINT = _("写在名单后面；每行一段")
BODY_HINT = _("每行一段；“一、”“（一）”开头、不带句号的一行排成标题")


def addressed(default: str = "", *, needed: bool = False) -> Passage:
    """Whom an official document is addressed to."""
    return Passage(
        "addressees", _("主送机关"), Shape.LINE, default, _("末尾用全角冒号；没有就空着"), needed=needed
    )


def contact() -> Passage:
    """The line with whom to ask, below the annexes."""
    return Passage(
        "contact",
        _("联系人"),
        Shape.LINE,
        hint=_("附注，例如：（联系人：张某，电话：｛联系电话｝）；没有就空着"),
        needed=False,
    )


def listing(*columns: str) -> list[dict[str, object]]:
    """A table with three invented enterprises, the last column a level."""
    names = ("云州市云岫智能制造有限公司", "云州市折柳纺织有限公司", "云州市青禾食品有限公司")
    cells = {"推荐单位": "新城区", "统一社会信用代码": "91370199MA3TQ5XK8Y", "级别": "乙级"}
    rows = [[str(n), name, *(cells[column] for column in columns)] for n, name in enumerate(names, start=1)]
    widths = {"推荐单位": 34, "统一社会信用代码": 54, "级别": 26}
    return [
        {
            "columns": [
                {"label": "序号", "width": 14},
                {"label": "企业名称", "align": "left"},
                *({"label": column, "width": widths[column]} for column in columns),
            ],
            "rows": rows,
        }
    ]
