"""What a submission keeps for good: the typed facts, and the list of files with their digests."""

from typing import Any

from xingyun.applications.models import StampedScan
from xingyun.applications.queries.workspace import Workspace
from xingyun.evidence.queries import freeze_contract, freeze_invoice, freeze_payment
from xingyun.files.models import File
from xingyun.rulebook.findings import Score


def facts(space: Workspace) -> dict[str, Any]:
    """Everything that was said, as typed and as understood; sums in fen, days as ISO text."""
    application, form = space.application, space.rulebook.form
    return {
        "number": application.number,
        "edition": space.rulebook.digest,
        "authority": application.authority.key,
        "uscc": application.enterprise.uscc,
        "enterprise": application.enterprise.name,
        "answers": dict(space.answers),
        "values": {key: form.plain(value) for key, value in space.values.items()},
        "level": space.verdict.level,
        "points": space.verdict.points,
        "reached": space.verdict.reached,
        "preferences": space.verdict.preferences,
        "score": _score(space.verdict.score),
        "contracts": [freeze_contract(contract) for contract in space.ledger.contracts],
        "invoices": [freeze_invoice(invoice) for invoice in space.ledger.invoices],
        "payments": [freeze_payment(payment) for payment in space.ledger.payments],
        "counted_fen": space.ledger.counted_fen,
        "audited_fen": space.ledger.audited_fen,
        "absent": [slot.slot.key for m in space.materials for slot in m.slots if slot.absent],
        "claims": {
            domain: [[str(page.attachment.uid), page.first, page.last] for page in claim.pages]
            for domain, claim in space.claims.items()
        },
        "row_pages": {
            str(row): [[str(page.attachment.uid), page.first, page.last] for page in pages]
            for row, pages in space.row_pages.items()
        },
    }


def _score(score: Score | None) -> dict[str, Any] | None:
    """The points by group and item; None where the rulebook counts none."""
    return {"groups": dict(score.groups), "items": dict(score.items)} if score else None


def manifest(space: Workspace, scan: StampedScan) -> list[dict[str, Any]]:
    """Every file that was handed in, in the order of the book; the book and its stamped scan last."""
    listed = [
        {
            "uid": str(attachment.uid),
            "slot": attachment.material,
            "name": attachment.name,
            **_file(attachment.file),
        }
        for material in space.materials
        for attachment in material.attachments
    ]
    book = scan.booklet
    if book.file is not None:
        listed.append({"slot": "booklet", "version": book.version, **_file(book.file)})
    return [*listed, {"slot": "scan", "version": book.version, **_file(scan.file)}]


def _file(file: File) -> dict[str, Any]:
    return {"sha256": file.sha256, "size": file.size, "kind": file.kind, "pages": file.pages}
