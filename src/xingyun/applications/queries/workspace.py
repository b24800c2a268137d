"""All that pages show of one application, in a constant number of queries."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from xingyun.applications.models import Application, Booklet, StampedScan, Submission
from xingyun.applications.permissions import is_open
from xingyun.applications.queries.answers import digest as answer_digest
from xingyun.applications.queries.booklets import digest, inputs
from xingyun.applications.queries.facts import NOTHING, Outside, compose, day_of, scan_state, titles
from xingyun.applications.queries.kept import Kept, known_by, parts
from xingyun.applications.queries.one import apply_stage
from xingyun.applications.queries.parts import ClaimView, MaterialView, PageRef, Rows, materials
from xingyun.applications.states import EDITABLE, BookletState, State
from xingyun.clock import now as product_now
from xingyun.evidence.queries import Ledger
from xingyun.rounds.models import Window
from xingyun.rounds.queries import rulebook_of, taking, window
from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.score_sheet import ScoreSheet, score_sheet
from xingyun.rulebook.facts import Facts, Scan
from xingyun.rulebook.findings import Verdict
from xingyun.rulebook.form import FieldError, Value


@dataclass(frozen=True, slots=True)
class Workspace:
    """An application laid out. `answers` are as typed; `digests` is what a page shows back when saving.

    `facts` is what the rulebook was told of it, `verdict` what it says.
    `booklet` is the one of what is filled in now (None: not asked for since the last change), `scan` the
    stamped scan of that booklet; `last_booklet` and `last_scan` are the newest of any version.
    """

    application: Application
    rulebook: Rulebook
    answers: Mapping[str, str]
    values: Mapping[str, Value]
    errors: Mapping[str, FieldError]
    digests: Mapping[str, str]
    materials: tuple[MaterialView, ...]
    claims: Mapping[str, ClaimView]
    row_pages: Mapping[UUID, tuple[PageRef, ...]]
    ledger: Ledger
    inputs: str
    booklet: Booklet | None
    last_booklet: Booklet | None
    scan: StampedScan | None
    last_scan: StampedScan | None
    submission: Submission | None
    window: Window | None
    facts: Facts
    verdict: Verdict
    # By what all of this is known while nothing changes; None of what was handed in.
    key: tuple[Hashable, ...] | None = None

    @property
    def score(self) -> ScoreSheet | None:
        """The points laid out; None where the rulebook counts none."""
        return score_sheet(self.rulebook, self.facts, self.verdict)

    @property
    def editable(self) -> bool:
        """Whether anything may be changed now."""
        return self.application.state in EDITABLE

    @property
    def unlocked(self) -> tuple[str, ...]:
        """The places that a return has opened; empty for a draft, where all are."""
        return tuple(self.application.unlocked)

    @property
    def bytes_used(self) -> int:
        """The size of all attachments."""
        return sum(a.file.size for m in self.materials for a in m.attachments)

    def may_change(self, place: str) -> bool:
        """Whether this place may be changed now ("form:phone", "material:licence", "ledger" …)."""
        if self.application.state == State.RETURNED:
            return is_open(self.application.unlocked, place)
        return self.editable


def workspace(application: Application, now: datetime | None = None) -> Workspace:
    """The application laid out as it stands at `now`: what its applicant sees."""
    rulebook = rulebook_of(application.edition)
    day = day_of(application, now or product_now())
    held = titles(application, day)
    key = (*known_by(application, rulebook, day), application.rev, held)
    found = LAID_OUT.get(key, lambda: _workspace(application, rulebook, day, held))
    return replace(found, application=application, window=window_of(application, day), key=key)


def window_of(application: Application, day: date) -> Window | None:
    """When its authority takes it: the window of the round, or of the batch of that day."""
    rulebook = rulebook_of(application.edition)
    return taking(window(application.round, application.authority, apply_stage(rulebook)), rulebook, day)


# Between two acts a person looks at several pages; what the rulebook says is the same on all of them.
LAID_OUT: Kept[Workspace] = Kept()


def _workspace(application: Application, rulebook: Rulebook, day: date, held: tuple[str, ...]) -> Workspace:
    known = parts(application, rulebook, day)
    made_of = digest(inputs(application, rulebook, known.rows))
    booklets, scans = known.booklets, known.scans
    current = next((b for b in booklets if b.inputs == made_of), None)
    return lay_out(
        application,
        known.rows,
        known.ledger,
        Bound(made_of, current, booklets, _scan_of(current, scans), scans),
        scan_state(made_of, booklets, scans),
        known.submission,
        day,
        held,
        None,
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """Books and their scans: of the present inputs, and all of them, newest first."""

    inputs: str
    booklet: Booklet | None
    booklets: Sequence[Booklet]
    scan: StampedScan | None
    scans: Sequence[StampedScan]


def lay_out(
    application: Application,
    found: Rows,
    money: Ledger,
    bound: Bound,
    scan: Scan,
    submission: Submission | None,
    day: date,
    held: tuple[str, ...],
    window: Window | None,
    outside: Outside = NOTHING,
) -> Workspace:
    """A workspace of rows that are loaded already."""
    rulebook = rulebook_of(application.edition)
    values, errors = rulebook.form.parse_all(application.answers)
    told = compose(application, found, money, held, scan, day, outside)
    return Workspace(
        application=application,
        rulebook=rulebook,
        answers=application.answers,
        values=values,
        errors=errors,
        digests={f.key: answer_digest(application.answers.get(f.key, "")) for f in rulebook.form.fields},
        materials=materials(rulebook, found),
        claims=found.claims,
        row_pages=found.row_pages,
        ledger=money,
        inputs=bound.inputs,
        booklet=bound.booklet,
        last_booklet=bound.booklets[0] if bound.booklets else None,
        scan=bound.scan,
        last_scan=bound.scans[0] if bound.scans else None,
        submission=submission,
        window=window,
        facts=told,
        # What was parsed for the pages is not parsed again for the rules.
        verdict=evaluate(rulebook, replace(told, answers=values)),
    )


def _scan_of(booklet: Booklet | None, scans: Sequence[StampedScan]) -> StampedScan | None:
    if booklet is None or booklet.state != BookletState.READY:
        return None
    return next((scan for scan in scans if scan.booklet_id == booklet.pk), None)
