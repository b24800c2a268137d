"""Invoices as XML: the fully digital one (`EInvoice`) and the older one inside OFD files (`eInvoice`)."""

from lxml import etree

from xingyun.documents.evidence_reading.amounts import fen
from xingyun.documents.evidence_reading.days import day_of
from xingyun.documents.evidence_reading.findings import unreadable
from xingyun.documents.evidence_reading.safe_xml import local, texts
from xingyun.documents.evidence_reading.said import Origin, Record, Source

# Field → the ends of paths that carry it, the best first. Item lines have names of their own and never match.
PATHS: dict[str, tuple[str, ...]] = {
    "number": ("TaxSupervisionInfo/InvoiceNumber", "Header/EIid", "InvoiceNo", "InvoiceNumber"),
    "code": ("InvoiceCode",),
    "issued_on": ("TaxSupervisionInfo/IssueTime", "BasicInformation/RequestTime", "IssueDate", "IssueTime"),
    "seller": ("SellerInformation/SellerName", "Seller/SellerName", "SellerName"),
    "seller_tax_id": ("SellerInformation/SellerIdNum", "Seller/SellerTaxID", "SellerTaxID"),
    "buyer": ("BuyerInformation/BuyerName", "Buyer/BuyerName", "BuyerName"),
    "buyer_tax_id": ("BuyerInformation/BuyerIdNum", "Buyer/BuyerTaxID", "BuyerTaxID"),
    "net_fen": ("BasicInformation/TotalAmWithoutTax", "TaxExclusiveTotalAmount"),
    "tax_fen": ("BasicInformation/TotalTaxAm", "TaxTotalAmount"),
    "gross_fen": ("BasicInformation/TotalTax-includedAmount", "TaxInclusiveTotalAmount"),
}
KINDS = {"01": "digital_special", "02": "digital_ordinary"}


def invoices_of(root: etree._Element, source: Source, where: str) -> list[Record]:
    """The invoices of a document; several may stand side by side under one root. Raises UnreadableError."""
    roots = (
        [root] if local(root).lower() == "einvoice" else [c for c in root if local(c).lower() == "einvoice"]
    )
    if not roots:
        raise unreadable("xml_kind", found=local(root)[:60])
    found = [_record(texts(one), Origin(source, None, where)) for one in roots]
    records = [record for record in found if "number" in record.said]
    if not records:
        raise unreadable("xml_kind", found=local(root)[:60])
    return records


def _record(said: dict[str, str], origin: Origin) -> Record:
    record = Record()
    for name, paths in PATHS.items():
        record.add(name, valued(name, _first(said, paths)), origin)
    label = _first(said, ("GeneralOrSpecialVAT/LabelCode", "GeneralOrSpecialVAT"))
    record.add("kind", KINDS.get(label), origin)
    return record


def _first(said: dict[str, str], paths: tuple[str, ...]) -> str:
    for wanted in paths:
        for path, text in said.items():
            if path == wanted or path.endswith(f"/{wanted}"):
                return text
    return ""


def valued(name: str, text: str) -> str | int | None:
    """A field's text as its value: fen, an ISO date, or the text; None where it is none."""
    text = text.strip()
    if name.endswith("_fen"):
        return 0 if text and not text.strip("*") else fen(text)
    if name == "issued_on":
        return day_of(text)
    if name in ("number", "code"):
        return text if text.isdigit() and len(text) in (8, 10, 12, 20) else None
    return text.upper() if name.endswith("_tax_id") else text[:200]
