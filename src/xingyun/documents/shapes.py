"""What each template wants to be told. Keys marked NotRequired may be left out; all words come from outside.

A place for a seal or a signature has a `key`; `render` reports where it came to lie under that key.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict


class Line(TypedDict):
    """A label and its value."""

    label: str
    value: str


class Place(TypedDict):
    """A place to sign or seal."""

    label: str
    key: NotRequired[str]


class CoverLine(Line):
    """A line of the cover; `seal` adds a place for a seal behind the value."""

    seal: NotRequired[Place]


class CoverData(TypedDict):
    """`cover`: annex label, title, lines with underlined values, compiler."""

    title: str
    lines: Sequence[CoverLine]
    compiled_by: str
    annex: NotRequired[str]
    subtitle: NotRequired[str]


class Contacts(TypedDict):
    """A heading and lines of contact."""

    title: str
    lines: Sequence[Line]


class InstructionsData(TypedDict):
    """`instructions`: numbered items and contacts."""

    title: str
    items: Sequence[str]
    contacts: NotRequired[Contacts]


class Cell(Line):
    """A label with its value in the form; `left` aligns the value left."""

    left: NotRequired[bool]


class FormRow(TypedDict):
    """One or two cells; successive rows with the same `sub` share one merged cell in front."""

    cells: Sequence[Cell]
    sub: NotRequired[str]


class FormGroup(TypedDict):
    """A group of the form: "fields" has `rows`, "text" has `text`, "pledge" has `text`, `places`, `date`."""

    kind: Literal["fields", "text", "pledge"]
    label: str
    rows: NotRequired[Sequence[FormRow]]
    text: NotRequired[str]
    min: NotRequired[int]
    places: NotRequired[Sequence[Place]]
    date: NotRequired[str]


class Opinion(TypedDict):
    """The authority's box on a page of its own; its page is reported under the mark "opinion"."""

    label: str
    places: Sequence[Place]
    text: NotRequired[str]
    date: NotRequired[str]


class Attachments(TypedDict):
    """The list of materials that follows the form."""

    title: str
    items: Sequence[str]
    note: NotRequired[str]


class FormData(TypedDict):
    """`form`: the application form."""

    title: str
    groups: Sequence[FormGroup]
    opinion: NotRequired[Opinion]
    attachments: NotRequired[Attachments]


class Domain(TypedDict):
    """A domain of the checklist."""

    key: str
    label: str
    ticked: bool


class Subcategory(TypedDict):
    """Domains under one subcategory."""

    label: str
    domains: Sequence[Domain]


class Category(TypedDict):
    """Subcategories under one category."""

    label: str
    subs: Sequence[Subcategory]


class ChecklistData(TypedDict):
    """`checklist`: five column names and the tree; `pages` (domain → "12–14、20") is filled by the plan."""

    title: str
    columns: Sequence[str]
    categories: Sequence[Category]
    annex: NotRequired[str]
    tick: NotRequired[str]
    note: NotRequired[str]
    pages: NotRequired[Mapping[str, str]]


class Entry(TypedDict):
    """A line of the contents."""

    level: int
    title: str
    page: int
    note: NotRequired[str]


class ContentsData(TypedDict):
    """`contents`: `entries` are filled by the plan."""

    title: str
    entries: NotRequired[Sequence[Entry]]


class ReceiptFile(TypedDict):
    """A received file and a short remark, such as the head of its digest."""

    title: str
    note: str


class Record(TypedDict):
    """The entry of the record that the receipt stands for."""

    label: str
    hash: str
    note: NotRequired[str]


class ReceiptData(TypedDict):
    """`receipt`: facts (the moment to the second among them), files, record."""

    title: str
    number: str
    facts: Sequence[Line]
    record: Record
    issuer: str
    date: str
    lead: NotRequired[str]
    files_title: NotRequired[str]
    files: NotRequired[Sequence[ReceiptFile]]
    qr: NotRequired[str]
    notes: NotRequired[Sequence[str]]


class Defect(TypedDict):
    """What is missing, where, by which clause, and what to do."""

    place: str
    text: str
    remedy: str
    clause: str


class Slip(TypedDict):
    """The proof of delivery at the foot."""

    title: str
    lines: Sequence[str]


class ReturnNoticeData(TypedDict):
    """`return_notice`: all defects at once under five column names."""

    issuer: str
    title: str
    number: str
    addressee: str
    lead: str
    columns: Sequence[str]
    defects: Sequence[Defect]
    closing: str
    date: str
    slip: NotRequired[Slip]


class Ground(TypedDict):
    """A reason and the clause that it follows from."""

    text: str
    clause: str


class RefusalData(TypedDict):
    """`refusal`: an application is not taken; all reasons under three column names."""

    issuer: str
    title: str
    number: str
    addressee: str
    lead: str
    columns: Sequence[str]
    grounds: Sequence[Ground]
    closing: str
    date: str
    slip: NotRequired[Slip]


class Piece(TypedDict):
    """A paragraph of an official document: heading 一、 (h1), （一） (h2) or text (p, the default)."""

    text: str
    kind: NotRequired[Literal["p", "h1", "h2"]]


class Column(TypedDict):
    """A column; `width` in millimetres, without it the column shares what is left.

    `kind` says how a spreadsheet takes the printed values: whole numbers, 元, 万元, or (the default) text.
    """

    label: str
    kind: NotRequired[Literal["text", "int", "yuan", "wan"]]
    width: NotRequired[float]
    align: NotRequired[Literal["left", "center", "right"]]


class Listing(TypedDict):
    """A table of plain text."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: NotRequired[str]
    total: NotRequired[Sequence[str]]


class Issuer(TypedDict):
    """A signing body and the key of its seal."""

    name: str
    key: str


class Imprint(TypedDict):
    """The block at the foot of the last page."""

    by: str
    on: str
    cc: NotRequired[str]


class AnnexPage(TypedDict):
    """An annex on its own pages."""

    label: str
    title: str
    body: NotRequired[Sequence[Piece]]
    tables: NotRequired[Sequence[Listing]]


class PublicNoticeData(TypedDict):
    """`public_notice`: without letterhead. A line break in `title` is kept."""

    title: str
    body: Sequence[Piece]
    signatures: Sequence[Issuer]
    date: str
    addressees: NotRequired[str]
    tables: NotRequired[Sequence[Listing]]
    closing: NotRequired[Sequence[Piece]]
    annexes: NotRequired[Sequence[str]]
    annex_pages: NotRequired[Sequence[AnnexPage]]
    contact: NotRequired[str]
    imprint: NotRequired[Imprint]


class AnnouncementData(PublicNoticeData):
    """`announcement`: with the issuers' red letterhead and number."""

    issuers: Sequence[str]
    number: str
    file_word: NotRequired[str]


class DecisionData(AnnouncementData):
    """`decision`: what the office decides by itself."""


class RecommendationData(PublicNoticeData):
    """`recommendation`: a letter of one issuer with its number."""

    issuer: str
    number: str


class ReportData(AnnouncementData):
    """`report`: goes upward, so the signers stand beside the number."""

    signers: NotRequired[Sequence[str]]


class SummaryTableData(TypedDict):
    """`summary_table`: lying A4; `signs` are the labels of the signature line."""

    title: str
    unit: Line
    table: Listing
    signs: Sequence[str]
    annex: NotRequired[str]
    date: NotRequired[str]
    note: NotRequired[str]


class CertificateData(TypedDict):
    """`certificate`: `qr` is the address of the page that verifies it."""

    title: str
    holder: str
    text: str
    serial_label: str
    serial: str
    verify_note: str
    qr: str
    issuer: str
    date: str
    level_mark: NotRequired[str]
    facts: NotRequired[Sequence[Line]]


class Side(TypedDict):
    """A side that seals: `key` of the place for its seal, `sign` of the one for the signature."""

    label: str
    name: str
    key: str
    sign: str


class CloudStatementData(TypedDict):
    """`cloud_statement`: the contracts in `table`; `sign_label` and `date` stand under both sides."""

    title: str
    body: Sequence[str]
    table: Listing
    pledge: Sequence[str]
    sides: Sequence[Side]
    sign_label: str
    date: str
    addressee: NotRequired[str]


class VisitRecordData(TypedDict):
    """`visit_record`: facts two in a row, what was compared, longer texts, who signs."""

    title: str
    number: str
    facts: Sequence[Line]
    table: Listing
    texts: Sequence[Line]
    signs: Sequence[Place]
    date: str
