"""What an office sees: the last submission as it was frozen, whatever its applicant is mending meanwhile."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Attachment, StampedScan, Submission
from xingyun.applications.queries.facts import NOTHING, Outside, titles
from xingyun.applications.queries.one import latest_submission
from xingyun.applications.queries.parts import ClaimView, PageRef, Rows
from xingyun.applications.queries.workspace import Bound, Workspace, lay_out, window_of
from xingyun.audit.errors import NotAllowed
from xingyun.clock import calendar_day
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.evidence.queries import (
    Ledger,
    confirmations,
    rulings,
    tally,
    thaw_contract,
    thaw_invoices,
    thaw_payment,
)
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.facts import Scan

Frozen = dict[str, Any]


def as_handed_in(application: Application, outside: Outside = NOTHING) -> Workspace:
    """The application laid out as it was handed in last (five queries); NotAllowed when it never was.

    One more query where the ledger holds something odd.

    `outside` is what offices found elsewhere, for their eyes: the applicant's own page is not told.
    """
    submission = latest_submission(application)
    if submission is None:
        raise NotAllowed(_("没有找到这份申请。"))
    seen = copy(application)
    seen.answers = submission.facts["answers"]
    day = calendar_day(submission.submitted_at)
    scans = StampedScan.objects.filter(booklet=submission.booklet, file=submission.scan)
    scan = scans.select_related("booklet", "file", "bound").order_by("-id").first()
    bound = Bound(
        submission.booklet.inputs, submission.booklet, [submission.booklet], scan, [scan] if scan else []
    )
    money = _ledger(application, submission.facts, day)
    kept = as_listed(Attachment.objects.filter(application=application).select_related("file"), submission)
    around = (titles(seen, day), window_of(seen, day))
    sealed = Scan("complete", missing_seals=tuple(scan.unsealed) if scan else ())
    return lay_out(seen, kept, money, bound, sealed, submission, day, *around, outside)


def as_listed(attachments: Iterable[Attachment], submission: Submission) -> Rows:
    """The files and proofs of an application as its submission lists them; shown, never saved."""
    kept = {str(attachment.uid): attachment for attachment in attachments}
    listed = [(kept[entry["uid"]], entry) for entry in submission.manifest if "uid" in entry]
    for attachment, entry in listed:
        attachment.material, attachment.name = entry["slot"], entry["name"]
    claims = {
        domain: ClaimView(domain, tuple(PageRef(0, kept[uid], first, last) for uid, first, last in pages))
        for domain, pages in submission.facts["claims"].items()
    }
    row_pages = {
        UUID(row): tuple(PageRef(0, kept[uid], first, last) for uid, first, last in pages)
        for row, pages in submission.facts.get("row_pages", {}).items()
    }
    return Rows(tuple(a for a, _entry in listed), frozenset(submission.facts["absent"]), claims, row_pages)


def handed_in_ledger(application: Application) -> Ledger:
    """Only the ledger, as it was handed in last and ruled since (two queries); empty when it never was."""
    submission = latest_submission(application)
    if submission is None:
        return Ledger((), (), (), 0, 0, ())
    return _ledger(application, submission.facts, calendar_day(submission.submitted_at))


def _ledger(application: Application, facts: Frozen, day: date) -> Ledger:
    """The ledger's rows as they were, with what was ruled and confirmed since; shown, never saved."""
    rows = thawed(facts)
    rulebook = rulebook_of(application.edition)
    ruled = rulings(application.dossier, (*rows[1], *rows[2]))
    asked = confirmations(application.dossier, rulebook, rows[0])
    return tally(*rows, rulebook, day, facts.get("audited_fen"), ruled, asked)


def thawed(facts: Frozen) -> tuple[tuple[Contract, ...], list[Invoice], list[Payment]]:
    """Contracts, invoices and payments as they were; shown, never saved."""
    contracts = {entry["uid"]: thaw_contract(entry) for entry in facts["contracts"]}
    invoices = thaw_invoices(facts["invoices"], contracts)
    payments = [thaw_payment(entry, contracts) for entry in facts.get("payments", ())]
    return tuple(contracts.values()), invoices, payments


def handed_in_attachment(application: Application, uid: UUID) -> Attachment | None:
    """A file of the last submission by its public id; one that was added since is not an office's to see."""
    submission = latest_submission(application)
    if submission is None or str(uid) not in {entry.get("uid") for entry in submission.manifest}:
        return None
    return Attachment.objects.select_related("file").filter(application=application, uid=uid).first()
