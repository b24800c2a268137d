"""Every page of a file to records of invoices and pages of other text; one broken page spoils no other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xingyun.documents.evidence_reading import invoice_text, page_codes, pdf_text, places, qr_text
from xingyun.documents.evidence_reading.findings import Finding, finding
from xingyun.documents.evidence_reading.invoice_text import Region
from xingyun.documents.evidence_reading.invoice_xml import valued
from xingyun.documents.evidence_reading.layout import Sheet
from xingyun.documents.evidence_reading.limits import Budget, Limits
from xingyun.documents.evidence_reading.ofd import Body
from xingyun.documents.evidence_reading.page_codes import Code
from xingyun.documents.evidence_reading.pictures import picture
from xingyun.documents.evidence_reading.said import Origin, Record, Source
from xingyun.documents.inspect import Inspected
from xingyun.documents.reading import opened

PROPERTIES = {
    "InvoiceNumber": "number",
    "IssueTime": "issued_on",
    "SellerIdNum": "seller_tax_id",
    "TotalAmWithoutTax": "net_fen",
    "TotalTaxAm": "tax_fen",
    "TotalTax-includedAmount": "gross_fen",
}


@dataclass
class Gathered:
    """What the pages gave: invoices' records, pages that are no invoices, pages without a text layer."""

    records: list[Record] = field(default_factory=list)
    other: list[Sheet] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take_properties(self, said: dict[str, str]) -> None:
        """What a PDF's properties say of its one invoice."""
        record, origin = Record(), Origin("meta", None, "")
        for key, name in PROPERTIES.items():
            record.add(name, valued(name, said.get(key, "")), origin)
        if "number" in record.said:
            self.records.append(record)


def gather(
    path: Path, seen: Inspected, out: Gathered, limits: Limits, budget: Budget, with_codes: bool
) -> None:
    """The pages of a PDF or picture that was looked into; codes only `with_codes`."""
    for sheet in _sheets(path, seen, out, limits, budget):
        if budget.spent:
            out.findings.append(finding("time", seconds=round(limits.seconds), page=sheet.number))
            return
        try:
            codes = _codes(path, sheet, limits, budget) if with_codes else []
        except Exception:  # what PDFium or a decoder makes of one broken page
            out.findings.append(finding("page", page=sheet.number))
            continue
        _take(sheet, codes, "text", out)


def gather_ofd(body: Body, out: Gathered, before: int, limits: Limits, budget: Budget) -> None:
    """One document of an OFD, whose pages follow `before` others. It is of one invoice, if of any."""
    out.findings += body.findings
    own = Gathered(records=list(body.records))
    for sheet in body.sheets:
        _take(
            Sheet(before + sheet.number, sheet.width, sheet.height, sheet.rows, 0, sheet.garbled),
            (),
            "ofd",
            own,
        )
    for name, data in body.pictures:
        if not budget.spent and (image := picture(data, limits.pixels)) is not None:
            found = (
                qr_text.invoice_of(code.text, None, name)
                for code in page_codes.codes_in(image, budget=budget)
            )
            own.records += [record for record in found if record]
    if len({number for record in own.records for number in record.values("number")}) == 1:
        for record in own.records[1:]:
            own.records[0].take(record)
        del own.records[1:]
    out.records += own.records
    out.other += own.other
    out.without_text += own.without_text
    out.garbled += own.garbled


def _sheets(path: Path, seen: Inspected, out: Gathered, limits: Limits, budget: Budget) -> list[Sheet]:
    """The text of all pages, the file being opened once."""
    if seen.kind != "pdf":
        return [Sheet(1, 0.0, 0.0, ())]
    sheets: list[Sheet] = []
    with opened(path) as document:
        for page in range(1, seen.pages + 1):
            if budget.spent:
                out.findings.append(finding("time", seconds=round(limits.seconds), page=page))
                break
            try:
                sheets.append(pdf_text.sheet_of(document, page, limits.glyphs))
            except Exception:  # as above
                out.findings.append(finding("page", page=page))
    return sheets


def _codes(path: Path, sheet: Sheet, limits: Limits, budget: Budget) -> list[Code]:
    """Codes are looked for where invoices are, and where there is no text to tell."""
    expected = len(invoice_text.regions(sheet))
    if sheet.has_text and not expected:
        return []
    return page_codes.codes_on(path, sheet.number, limits=limits, budget=budget, expected=expected)


def _take(sheet: Sheet, codes: Sequence[Code], source: Source, out: Gathered) -> None:
    if sheet.garbled:
        out.garbled.append(sheet.number)
    elif not sheet.has_text:
        out.without_text.append(sheet.number)
    parts = invoice_text.regions(sheet)
    told = [invoice_text.invoice_in(part, source, sheet.number) for part in parts]
    for part, record in zip(parts, told, strict=True):
        places.put(record, sheet, part.rows)
    for code in codes:
        coded = qr_text.invoice_of(code.text, sheet.number, box=code.box)
        if coded is not None:
            _join(coded, code, sheet, parts, told)
    out.records += told
    if not parts and sheet.has_text:
        out.other.append(sheet)


def _join(record: Record, code: Code, sheet: Sheet, parts: Sequence[Region], told: list[Record]) -> None:
    """A code belongs to the invoice that it is printed on, whatever its number says; else it is its own."""
    number = record.values("number")
    same = next((old for old in told if old.values("number") & number), None)
    if same is None and len(parts) == 1 and len(told) == 1 and not _coded(told[0]):
        same = told[0]
    if same is None and parts:
        height = _height(code, sheet) * sheet.height
        at = next((n for n, part in enumerate(parts) if part.top <= height < part.bottom), None)
        if at is not None and not _coded(told[at]):
            same = told[at]
    if same is None:
        told.append(record)
    else:
        same.take(record)


def _coded(record: Record) -> bool:
    """Whether a code was joined to it already; a second one on the same paper is another invoice's."""
    return any(said.origin.source == "qr" for said in record.said.get("number", ()))


def _height(code: Code, sheet: Sheet) -> float:
    """How far down the code stands on the page once its text is upright."""
    return (code.y, 1 - code.x, 1 - code.y, code.x)[-sheet.turned % 4] if sheet.turned else code.y
