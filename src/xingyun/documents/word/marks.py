"""Paragraphs and runs as WordprocessingML text. All words are escaped: data never becomes markup."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from xingyun.documents.word.styles import fonts, twips

# What XML cannot hold. A lone surrogate is no character at all.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MM = 72 / 25.4


def mm(value: float) -> int:
    """Millimetres as twips."""
    return round(value * MM * 20)


@dataclass(frozen=True)
class Look:
    """What one paragraph has beside its style; lengths in points, `size` 0 means the style's."""

    align: str = ""
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    line: float = 0
    size: float = 0
    font: str = ""
    bold: bool = False
    color: str = ""
    tab: float = 0
    rule: str = ""
    drawn: str = "single"
    gap: int = 11
    thin: bool = False
    kept: bool = False
    new_page: bool = False


PLAIN = Look()


def words(text: str) -> str:
    """Text with its line ends and tabs, without what no document can hold."""
    out = []
    for number, line in enumerate(FORBIDDEN.sub("", str(text)).replace("\r\n", "\n").split("\n")):
        if number:
            out.append("<w:br/>")
        for part_number, part in enumerate(line.split("\t")):
            if part_number:
                out.append("<w:tab/>")
            if part:
                out.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return "".join(out)


def run(text: str, look: Look = PLAIN) -> str:
    """A run of text."""
    properties = (
        (fonts(look.font) if look.font else "")
        + ("<w:b/>" if look.bold else "")
        + (f'<w:color w:val="{look.color}"/>' if look.color else "")
        + (
            f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>'
            if look.size
            else ""
        )
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{words(text)}</w:r>"


def field(name: str) -> str:
    """A field that Word fills in: PAGE, NUMPAGES."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, *runs: str, look: Look = PLAIN) -> str:
    """A paragraph of finished runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_properties(look)}</w:pPr>{"".join(runs)}</w:p>'


def text(style: str, said: str, look: Look = PLAIN) -> str:
    """A paragraph of one text."""
    return paragraph(style, run(said, look), look=look)


def lines(style: str, said: str, look: Look = PLAIN) -> str:
    """Typed text: every line that is not empty a paragraph."""
    return "".join(text(style, line.strip(), look) for line in str(said).split("\n") if line.strip())


def space(points: float) -> str:
    """An empty line of this height."""
    return paragraph("Space", look=Look(line=points))


def _properties(look: Look) -> str:
    if look is PLAIN:
        return ""
    thick = 6 if look.thin else 18
    drawn = f'w:val="{look.drawn}" w:sz="{thick}" w:space="{look.gap}" w:color="{look.rule}"'
    border = f"<w:pBdr><w:bottom {drawn}/></w:pBdr>"
    line = f' w:line="{twips(look.line)}" w:lineRule="exact"' if look.line else ""
    edges = "".join(f' w:{key}="{twips(value)}"' for key, value in _edges(look))
    around = "".join(
        f' w:{key}="{twips(value)}"'
        for key, value in (("before", look.before), ("after", look.after))
        if value
    )
    return (
        ("<w:keepNext/>" if look.kept else "")
        + ("<w:pageBreakBefore/>" if look.new_page else "")
        + (border if look.rule else "")
        + (f'<w:tabs><w:tab w:val="right" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab else "")
        + (f"<w:spacing{around}{line}/>" if around or line else "")
        + (f"<w:ind{edges}/>" if edges else "")
        + (f'<w:jc w:val="{look.align}"/>' if look.align else "")
    )


def _edges(look: Look) -> list[tuple[str, float]]:
    known = (("left", look.left), ("right", look.right), ("hanging", look.hanging))
    return [(key, value) for key, value in known if value]
