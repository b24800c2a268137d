"""The file around the pages: python-docx packs it, without what its blank document brings along."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from docx import Document
from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from lxml import etree

from xingyun.documents import qr
from xingyun.documents.word.page import Page, section
from xingyun.documents.word.styles import STYLES, basic, defaults, written

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH = datetime(2000, 1, 1)
ZIPPED = (1980, 1, 1, 0, 0, 0)
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
# A look of its own, macros' remains, pictures of a first page: nothing that a paper needs.
NEEDLESS = (RT.CUSTOM_XML, RT.NUMBERING, RT.THUMBNAIL, RT.WEB_SETTINGS)
EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


class Pack:
    """A document on the way: its feet and pictures are kept as they come up."""

    def __init__(self, title: str) -> None:
        self.doc: Doc = Document()
        self._first = ""
        _strip(self.doc)
        _style(self.doc)
        _describe(self.doc, title)

    def footer(self, content: str) -> str:
        """Keep what stands at the foot; returns its reference."""
        part, reference = cast("Any", self.doc.part).add_footer_part()
        _fill(part.element, content)
        return str(reference)

    def first_page(self, head: str, foot: str) -> None:
        """What stands above and below the first page alone."""
        part, above = cast("Any", self.doc.part).add_header_part()
        _fill(part.element, head)
        below = self.footer(foot)
        self._first = (
            f'<w:headerReference w:type="first" r:id="{above}"/>'
            f'<w:footerReference w:type="first" r:id="{below}"/>'
        )

    def code(self, payload: str, size: float) -> str:
        """A QR code of `size` mm as a run, in the line like a word."""
        picture = io.BytesIO(qr.png(payload, scale=6, border=0))
        inline = self.doc.part.new_pic_inline(picture, Mm(size), Mm(size))
        return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"

    def save(self, sections: Sequence[tuple[Page, str]], out: Path) -> Path:
        """Write the sections, each on pages of its own."""
        _set(self.doc, outside=any(page.foot == "outside" for page, _content in sections))
        xml = []
        for number, (page, content) in enumerate(sections, start=1):
            properties = section(page, self.footer, self._first if page.bare_first else "")
            last = number == len(sections)
            # The paragraph that ends a section takes no room.
            end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'
            xml.append(content + (properties if last else end.format(properties)))
        # Long tables are written as they are: a tree of them would take seconds to move and to write again.
        body = f"{DECLARED}<w:document {NAMESPACES}><w:body>{''.join(xml)}</w:body></w:document>"
        _zip(self.doc, {"word/document.xml": body.encode()}, out)
        return out


def _fill(root: etree._Element, content: str) -> None:
    """Put this content in the place of what is there."""
    for child in list(root):
        root.remove(child)
    for child in list(parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")):
        root.append(child)


def _strip(doc: Doc) -> None:
    for owner in (doc.part.rels, doc.part.package.rels):
        for key in [key for key, rel in owner.items() if rel.reltype in (*NEEDLESS, EFFECTS)]:
            del owner[key]


def _style(doc: Doc) -> None:
    _fill(doc.styles.element, defaults() + basic() + "".join(written(style) for style in STYLES))


def _set(doc: Doc, *, outside: bool) -> None:
    office = "http://schemas.microsoft.com/office/word"
    compatible = f'<w:compatSetting w:name="compatibilityMode" w:uri="{office}" w:val="15"/>'
    said = (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        f"{'<w:evenAndOddHeaders/>' if outside else ''}"
        '<w:drawingGridVerticalSpacing w:val="156"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>{compatible}</w:compat>"
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>'
    )
    _fill(doc.settings.element, said)


def _describe(doc: Doc, title: str) -> None:
    known = doc.core_properties
    known.title, known.language = title, "zh-CN"
    known.author = known.last_modified_by = known.comments = ""
    known.created = known.modified = EPOCH
    known.revision = 1


def _zip(doc: Doc, ours: Mapping[str, bytes], out: Path) -> None:
    """The package, with `ours` in the place of what it has, and with times that never change."""
    packed = io.BytesIO()
    doc.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIPPED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, ours.get(name) or source.read(name), compresslevel=6)
