"""Invoices put together from everything that the sources of a file say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xingyun.documents.evidence_reading.findings import Finding, worded
from xingyun.documents.evidence_reading.said import Field, Record
from xingyun.documents.tables import written_fen

NAMES: dict[str, tuple[str, str]] = {
    "kind": ("票种", "The kind"),
    "number": ("发票号码", "The number"),
    "code": ("发票代码", "The code"),
    "issued_on": ("开票日期", "The date"),
    "seller": ("销售方名称", "The seller's name"),
    "seller_tax_id": ("销售方税号", "The seller's tax number"),
    "buyer": ("购买方名称", "The buyer's name"),
    "buyer_tax_id": ("购买方税号", "The buyer's tax number"),
    "net_fen": ("金额", "The net sum"),
    "tax_fen": ("税额", "The tax"),
    "gross_fen": ("价税合计", "The gross sum"),
}


@dataclass(frozen=True)
class Invoice:
    """One invoice: its fields by name (see NAMES), the pages it stands on, what does not agree."""

    fields: dict[str, Field]
    pages: tuple[int, ...]
    findings: tuple[Finding, ...]


def together(records: Iterable[Record]) -> list[Record]:
    """Records of the same invoice made one: it is told by code and number, never by file or page.

    A record without a number is its own.
    """
    whole: list[Record] = []
    by_number: dict[object, list[Record]] = {}
    for record in records:
        same = next(
            (old for n in record.values("number") for old in by_number.get(n, ()) if _alike(old, record)),
            None,
        )
        if same is None:
            whole.append(record)
            same = record
        else:
            same.take(record)
        for number in record.values("number"):
            known = by_number.setdefault(number, [])
            if not any(old is same for old in known):
                known.append(same)
    return whole


def _alike(one: Record, other: Record) -> bool:
    codes, others = one.values("code"), other.values("code")
    return not codes or not others or bool(codes & others)


def invoice(record: Record) -> Invoice:
    """The record as an invoice, with what does not agree."""
    fields = record.fields(NAMES)
    return Invoice(fields, tuple(sorted(record.pages())), (*differences(fields, NAMES), *_sums(fields)))


def differences(fields: dict[str, Field], names: dict[str, tuple[str, str]]) -> Iterable[Finding]:
    """A finding for each field whose sources say different things."""
    for name, field in fields.items():
        if field.differs:
            values = " / ".join(_shown(name, value) for value, _origins in field.distinct())
            yield worded("differs", field=names[name], values=(values, values))


def _sums(fields: dict[str, Field]) -> Sequence[Finding]:
    amounts = [fields[name].value for name in ("net_fen", "tax_fen", "gross_fen") if name in fields]
    if len(amounts) < 3:
        return ()
    net, tax, gross = (int(amount) for amount in amounts)
    if net + tax == gross:
        return ()
    said = {
        key: (written_fen(value, "yuan"),) * 2
        for key, value in zip(("net", "tax", "gross"), (net, tax, gross), strict=True)
    }
    return (worded("sums", **said),)


def _shown(name: str, value: str | int) -> str:
    return written_fen(value, "yuan") if name.endswith("_fen") and isinstance(value, int) else str(value)
