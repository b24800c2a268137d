"""Looking into what was read."""

from xingyun.documents.evidence_reading import Reading
from xingyun.documents.evidence_reading.said import Value


def read_fields(found: Reading) -> list[dict[str, Value]]:
    """Every invoice's fields, by name."""
    return [{name: field.value for name, field in invoice.fields.items()} for invoice in found.invoices]


def said(found: Reading, name: str, n: int = 0) -> list[tuple[Value, list[str]]]:
    """Each value of a field of invoice `n` with the sources that say it."""
    distinct = found.invoices[n].fields[name].distinct()
    return [(value, list(dict.fromkeys(origin.source for origin in origins))) for value, origins in distinct]


def differing(found: Reading) -> list[str]:
    """The fields of the first invoice that sources differ about."""
    return [name for name, field in found.invoices[0].fields.items() if field.differs]


def codes(found: Reading) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in found.findings]
