"""The styles of all papers: fonts of the standard by name (GB/T 9704-2012, 小四宋体 for forms), in points.

Whoever opens a paper has these fonts in the office; nothing is embedded and nothing is set by hand.
"""

from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
RED = "C9211E"
PITCH = 225 / 22 / 25.4 * 72  # 22 lines on 225 mm
# 28 characters on 156 mm: each a quarter of a point closer (twentieths of one), whatever counts the grid.
GRID_SIZE, CLOSER = 16, -5


@dataclass(frozen=True)
class Style:
    """A paragraph style. `first` and `hang` are characters, `line` is exact (points), 0 means single."""

    key: str
    name: str
    font: str = SONG
    size: float = 12
    bold: bool = False
    align: Literal["left", "center", "right", "both", "distribute"] = "left"
    first: int = 0
    line: float = 0
    before: float = 0
    after: float = 0
    color: str = ""
    outline: int | None = None
    kept: bool = False


STYLES = (
    # Built-in ones, so that the outline of a document works.
    Style("Heading1", "heading 1", HEI, 16, first=2, line=PITCH, outline=0, kept=True),
    Style("Heading2", "heading 2", KAI, 16, first=2, line=PITCH, outline=1, kept=True),
    Style("Title", "Title", TITLE, 22, align="center", line=32),
    Style("Footer", "footer", SONG, 14),
    # Official documents.
    Style("Space", "空行", FANG, 16, line=PITCH),
    Style("Banner", "发文机关标志", TITLE, 42, align="center", color=RED),
    Style("Number", "发文字号", FANG, 16, align="center"),
    Style("Addressee", "主送机关", FANG, 16, align="both", line=PITCH),
    Style("Body", "公文正文", FANG, 16, align="both", first=2, line=PITCH),
    Style("AnnexNote", "附件说明", FANG, 16, line=PITCH),
    Style("AnnexLabel", "附件", HEI, 16, line=PITCH),
    Style("Signature", "发文机关署名", FANG, 16, align="right", line=PITCH, kept=True),
    Style("Date", "成文日期", FANG, 16, align="right", line=PITCH),
    Style("Imprint", "版记", FANG, 14),
    # Forms, receipts, tables.
    Style("Heading", "表题", TITLE, 18, align="center", after=12),
    Style("Cover", "封面题名", TITLE, 28, align="center"),
    Style("CoverLine", "封面项目", SONG, 16),
    Style("Text", "文本", SONG, 12, align="both", line=20),
    Style("Indented", "文本缩进", SONG, 12, align="both", first=2, line=20),
    Style("Label", "表内标题", SONG, 12, align="center"),
    Style("Value", "表内内容", SONG, 12, align="center"),
    Style("Head", "表头", HEI, 12, align="center"),
    Style("CellText", "表格", FANG, 12),
    Style("Small", "小字", SONG, 10.5),
    Style("SmallHead", "小字表头", HEI, 10.5, align="center"),
    Style("Tiny", "汇总表", SONG, 9),
    Style("TinyHead", "汇总表表头", HEI, 9, align="center"),
    Style("SmallTitle", "小标题", HEI, 12, before=10, kept=True),
)
BY_KEY = {style.key: style for style in STYLES}


def twips(points: float) -> int:
    """Points as twentieths of one."""
    return round(points * 20)


def fonts(name: str) -> str:
    """The font for every script, the east-asian one above all."""
    value = quoteattr(name)
    return f'<w:rFonts w:ascii={value} w:hAnsi={value} w:eastAsia={value} w:cs={value} w:hint="eastAsia"/>'


def defaults() -> str:
    """What everything begins with: 宋体 小四, single lines, Chinese."""
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(SONG)}<w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def basic() -> str:
    """The styles that every document has."""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "</w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_grid()}</w:tblBorders></w:tblPr></w:style>"
    )


def _grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="5" w:space="0" w:color="000000"/>' for side in sides)


def written(style: Style) -> str:
    """A style as WordprocessingML."""
    custom = "" if style.key in ("Heading1", "Heading2", "Title", "Footer") else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.key}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr>'
        f"<w:rPr>{_run(style)}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    line = f' w:line="{twips(style.line)}" w:lineRule="exact"' if style.line else ""
    before, after = twips(style.before), twips(style.after)
    first = f' w:firstLineChars="{style.first * 100}" w:firstLine="{twips(style.first * style.size)}"'
    return (
        ("<w:keepNext/>" if style.kept else "")
        + '<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>'
        + f'<w:spacing w:before="{before}" w:after="{after}"{line}/>'
        + (f"<w:ind{first}/>" if style.first else "")
        + f'<w:jc w:val="{style.align}"/>'
        + (f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "")
    )


def _run(style: Style) -> str:
    size = round(style.size * 2)
    return (
        fonts(style.font)
        + ("<w:b/>" if style.bold else "")
        + (f'<w:color w:val="{style.color}"/>' if style.color else "")
        + (f'<w:spacing w:val="{CLOSER}"/>' if style.size == GRID_SIZE and style.line == PITCH else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
