"""A reading as plain data for JSON: sums in fen, days as ISO dates, every value with all its sources."""

from typing import Any

from xingyun.documents.evidence_reading.findings import Finding
from xingyun.documents.evidence_reading.read import Reading
from xingyun.documents.evidence_reading.said import Field, Origin


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading; `read` is whether all of the file was."""
    out: dict[str, Any] = {
        "kind": reading.kind,
        "read": reading.read,
        "pages": reading.pages,
        "pages_without_text": list(reading.without_text),
        "invoices": [
            {"fields": _fields(one.fields), "pages": list(one.pages), "findings": _findings(one.findings)}
            for one in reading.invoices
        ],
        "contract": None,
        "audit": None,
        "findings": _findings(reading.findings),
        "parts": [{"name": name, **as_json(part)} for name, part in reading.parts],
    }
    if reading.contract is not None:
        contract = reading.contract
        out["contract"] = {
            "fields": _fields(contract.fields),
            "parties": [
                {"label": p.label, "side": p.side, "name": p.name, "uscc": p.uscc, "page": p.page}
                for p in contract.parties
            ],
            "says_cloud": contract.says_cloud,
            "mentions": [{"word": m.word, "page": m.page, "sentence": m.sentence} for m in contract.mentions],
        }
    if reading.audit is not None:
        out["audit"] = {"fields": _fields(reading.audit.fields)}
    return out


def _fields(fields: dict[str, Field]) -> dict[str, Any]:
    return {
        name: {
            "value": field.value,
            "differs": field.differs,
            "values": [
                {"value": value, "sources": [_origin(origin) for origin in origins]}
                for value, origins in field.distinct()
            ],
        }
        for name, field in fields.items()
    }


def _origin(origin: Origin) -> dict[str, Any]:
    out: dict[str, Any] = {"source": origin.source}
    if origin.page is not None:
        out["page"] = origin.page
    if origin.where:
        out["where"] = origin.where
    if origin.box:
        out["box"] = list(origin.box)
    return out


def _findings(findings: "list[Finding] | tuple[Finding, ...]") -> list[dict[str, Any]]:
    return [
        {"code": f.code, "level": f.level, "zh": f.zh, "en": f.en}
        | ({"page": f.page} if f.page is not None else {})
        for f in findings
    ]
