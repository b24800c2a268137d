"""What the rulebook is told about an application, and what it says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xingyun.applications.models import Application, Booklet, StampedScan
from xingyun.applications.queries.booklets import booklets_of, digest, inputs, scans_of
from xingyun.applications.queries.parts import Rows, rows
from xingyun.applications.queries.stamped import stamped_pages, unstamped
from xingyun.applications.states import EDITABLE, BookletState
from xingyun.clock import calendar_day
from xingyun.clock import now as product_now
from xingyun.evidence.queries import Ledger, contract_events, invoice_events, ledger, payment_events
from xingyun.registry.queries import held_titles
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.facts import Facts, LookUp, MaterialState, Scan
from xingyun.rulebook.findings import Verdict


@dataclass(frozen=True, slots=True)
class Outside:
    """What offices found elsewhere: by condition, the lists that the applicant is on, those looked into."""

    found: Mapping[str, LookUp] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()


NOTHING = Outside()


def facts(application: Application, now: datetime | None = None) -> Facts:
    """The application as it stands, in the rulebook's terms."""
    rulebook = rulebook_of(application.edition)
    found = rows(application, rulebook)
    day = day_of(application, now or product_now())
    book = digest(inputs(application, rulebook, found))
    scan = scan_state(book, booklets_of(application), scans_of(application))
    return compose(
        application, found, ledger(application.dossier, rulebook, day), titles(application, day), scan, day
    )


def verdict(application: Application, now: datetime | None = None) -> Verdict:
    """What the rulebook says about the application as it stands; `blocking` is what prevents submission."""
    return evaluate(rulebook_of(application.edition), facts(application, now))


def day_of(application: Application, now: datetime) -> date:
    """The day that the rules count to: that of submission, while it is being filled in today."""
    handed_in = application.submitted_at if application.state not in EDITABLE else None
    return calendar_day(handed_in or now)


def titles(application: Application, day: date) -> tuple[str, ...]:
    """The levels that the enterprise holds from earlier rounds."""
    held = held_titles(application.enterprise, application.round.programme.key, day)
    return tuple(title.level for title in held)


def scan_state(book: str, booklets: Sequence[Booklet], scans: Sequence[StampedScan]) -> Scan:
    """Whether the stamped pages are there and are those of the booklet that holds what is filled in now.

    Of a booklet that lacks some, the pages that came earlier and still fit are asked for (one query).
    """
    ready = next((b for b in booklets if b.inputs == book and b.state == BookletState.READY), None)
    if ready is None:
        return Scan("outdated" if scans else "absent")
    scan = next((scan for scan in scans if scan.booklet_id == ready.pk), None)
    if scan is not None:
        return Scan("complete", missing_seals=tuple(scan.unsealed))
    held = stamped_pages(ready)
    if not held:
        return Scan("outdated" if scans else "absent")
    return Scan("incomplete", tuple(sheet.number for sheet in unstamped(ready, held)))


def compose(
    application: Application,
    found: Rows,
    money: Ledger,
    held: Collection[str],
    scan: Scan,
    day: date,
    outside: Outside = NOTHING,
) -> Facts:
    """The facts from rows that are loaded already; `outside` is what offices found elsewhere."""
    files: dict[str, int] = {}
    for attachment in found.attachments:
        files[attachment.material] = files.get(attachment.material, 0) + 1
    return Facts(
        raw=application.answers,
        authority=application.authority.key,
        invoices=invoice_events(money.invoices, money.ruled, found.row_pages),
        payments=payment_events(money.payments, money.ruled, found.row_pages),
        contracts=contract_events(money.contracts, money.confirmed),
        titles=tuple(held),
        materials={
            slot: MaterialState(files=files.get(slot, 0), none=slot in found.absent)
            for slot in files.keys() | found.absent
        },
        claims={domain: bool(claim.pages) for domain, claim in found.claims.items()},
        scan=scan,
        day=day,
        outside=outside.found,
        members=outside.members,
        unseen=frozenset(one.key for one in rulebook_of(application.edition).lists) - outside.seen,
    )
