"""OFD (GB/T 33190): a zip whose parts name each other. Folder names and capital letters vary by maker.

What an invoice says may stand in the attached XML, in the file's own data, under tags, and as text on the
page; none of them is always there, and one that is malformed does not reject the file.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from xingyun.documents.evidence_reading.archive import Archive, within
from xingyun.documents.evidence_reading.findings import Finding, UnreadableError, finding, unreadable
from xingyun.documents.evidence_reading.invoice_xml import PATHS, invoices_of, valued
from xingyun.documents.evidence_reading.layout import Sheet
from xingyun.documents.evidence_reading.limits import Budget, Limits
from xingyun.documents.evidence_reading.ofd_page import Page, box_of, page_of
from xingyun.documents.evidence_reading.safe_xml import local, parsed
from xingyun.documents.evidence_reading.said import Origin, Record

ROOT = "OFD.xml"
CUSTOM: dict[str, str] = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "issued_on",
    "合计金额": "net_fen",
    "合计税额": "tax_fen",
    "价税合计": "gross_fen",
    "购买方名称": "buyer",
    "购买方纳税人识别号": "buyer_tax_id",
    "销售方名称": "seller",
    "销售方纳税人识别号": "seller_tax_id",
}


@dataclass
class Body:
    """One document of the file: what its data say, its pages, its pictures by name, what went wrong."""

    records: list[Record] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def bodies(archive: Archive, limits: Limits, budget: Budget) -> Iterator[Body]:
    """The documents of an OFD. Raises UnreadableError when its root can't be read."""
    root = parsed(archive.read(ROOT))
    found = [element for element in root.iter() if local(element) == "DocBody"]
    if not found:
        raise unreadable("ofd_damaged", found="DocBody")
    for element in found[: limits.pages]:
        yield _Reader(archive, limits, budget).body(element)


class _Reader:
    """Follows the names from one document's root."""

    def __init__(self, archive: Archive, limits: Limits, budget: Budget) -> None:
        self.archive, self.limits, self.budget = archive, limits, budget
        self.out = Body()
        self.folder = ""

    def body(self, element: etree._Element) -> Body:
        self._custom_data(element)
        place = _text(element, "DocRoot")
        if not place:
            raise unreadable("ofd_damaged", found="DocRoot")
        place = within("", place)
        self.folder = posixpath.dirname(place)
        document = parsed(self.archive.read(place))
        texts = self._pages(document)
        self._attachments(document)
        self._tags(document, texts)
        self._pictures(document)
        return self.out

    def _custom_data(self, element: etree._Element) -> None:
        record, origin = Record(), Origin("ofd", None, "CustomDatas")
        for data in element.iter():
            name = CUSTOM.get((data.get("Name") or "").strip()) if local(data) == "CustomData" else None
            if name:
                record.add(name, valued(name, data.text or ""), origin)
        if record.said:
            self.out.records.append(record)

    def _pages(self, document: etree._Element) -> dict[str, str]:
        """Reads the pages; returns what each object says, by its id."""
        box = box_of(_find(document, "PageArea"))
        templates = {
            element.get("ID", ""): element.get("BaseLoc", "")
            for element in document.iter()
            if local(element) == "TemplatePage"
        }
        pages = [e for e in document.iter() if local(e) == "Page" and e.get("BaseLoc")]
        texts: dict[str, str] = {}
        if len(pages) > self.limits.pages:
            self.out.findings.append(finding("page", page=self.limits.pages + 1))
        for number, element in enumerate(pages[: self.limits.pages], 1):
            if self.budget.spent:
                self.out.findings.append(finding("time", seconds=round(self.limits.seconds), page=number))
                break
            page = Page(number, box, self.limits.glyphs)
            try:
                self._page(page, within(self.folder, element.get("BaseLoc", "")), templates)
            except UnreadableError:
                self.out.findings.append(finding("page", page=number))
                continue
            texts |= page.texts
            self.out.sheets.append(page.sheet())
        return texts

    def _page(self, page: Page, place: str, templates: dict[str, str]) -> None:
        root = parsed(self.archive.read(place))
        for element in root.iter():
            if local(element) == "Template" and (base := templates.get(element.get("TemplateID", ""))):
                template = self._part(within(self.folder, base))
                if template is not None:
                    page_of(template, page)
        page_of(root, page)

    def _attachments(self, document: etree._Element) -> None:
        listing = self._listed(document, "Attachments")
        for place, folder in self._file_places(listing, "Attachment", "FileLoc"):
            if not place.lower().endswith(".xml"):
                continue
            # Some makers count the place from the document's folder, not from the list's.
            name = next(
                (n for n in (within(folder, place), within(self.folder, place)) if self.archive.has(n)), None
            )
            root = self._part(name) if name else None
            if root is None:
                continue
            try:
                # Put first: what the issuer's system wrote is the best of the file's own sources.
                self.out.records[:0] = invoices_of(root, "ofd", posixpath.basename(place)[:80])
            except UnreadableError:
                continue  # an attachment that is no invoice

    def _tags(self, document: etree._Element, texts: dict[str, str]) -> None:
        listing = self._listed(document, "CustomTags")
        record, origin = Record(), Origin("ofd", None, "CustomTag")
        ends = {path.rpartition("/")[2]: name for name, paths in PATHS.items() for path in paths}
        for place, folder in self._file_places(listing, "CustomTag", "FileLoc"):
            root = self._part(within(folder, place), mend=True)
            for element in root.iter() if root is not None else ():
                name = ends.get(local(element))
                refs = [child.text or "" for child in element if local(child) == "ObjectRef"]
                if name and refs:
                    said = "".join(texts.get(ref.strip(), "") for ref in refs)
                    record.add(name, valued(name, said), origin)
        if record.said:
            self.out.records.append(record)

    def _pictures(self, document: etree._Element) -> None:
        for kind in ("DocumentRes", "PublicRes"):
            for place in _texts(document, kind):
                place = within(self.folder, place)
                root = self._part(place)
                if root is None:
                    continue
                folder = within(posixpath.dirname(place), root.get("BaseLoc") or ".")
                for name in _texts(root, "MediaFile"):
                    if len(self.out.pictures) >= self.limits.pictures:
                        return
                    self._picture(within(folder, name))

    def _picture(self, name: str) -> None:
        try:
            if self.archive.has(name):
                self.out.pictures.append((name, self.archive.read(name)))
        except UnreadableError:
            self.out.findings.append(finding("ofd_part", found=name[:120]))

    def _listed(self, document: etree._Element, name: str) -> tuple[etree._Element | None, str]:
        place = _text(document, name)
        if not place:
            return None, ""
        place = within(self.folder, place)
        return self._part(place, mend=name == "CustomTags"), posixpath.dirname(place)

    @staticmethod
    def _file_places(
        listing: tuple[etree._Element | None, str], entry: str, place: str
    ) -> Iterator[tuple[str, str]]:
        root, folder = listing
        for element in root.iter() if root is not None else ():
            if local(element) == entry and (found := _text(element, place)):
                yield found, folder

    def _part(self, name: str, *, mend: bool = False) -> etree._Element | None:
        """A part that may be missing or malformed without harm."""
        if not self.archive.has(name):
            return None
        try:
            return parsed(self.archive.read(name), mend=mend)
        except UnreadableError as error:
            if error.finding.code == "archive_size":
                raise
            self.out.findings.append(finding("ofd_part", found=name[:120]))
            return None


def _find(root: etree._Element, name: str) -> etree._Element | None:
    return next((element for element in root.iter() if local(element) == name), None)


def _texts(root: etree._Element, name: str) -> list[str]:
    return [element.text.strip() for element in root.iter() if local(element) == name and element.text]


def _text(root: etree._Element, name: str) -> str:
    return next(iter(_texts(root, name)), "")
