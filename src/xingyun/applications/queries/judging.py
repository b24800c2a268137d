"""What the rulebook says of many applications as they were handed in, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from xingyun.applications.models import Application, Attachment, Submission
from xingyun.applications.queries.facts import NOTHING, Outside, compose
from xingyun.applications.queries.handed_in import as_listed, thawed
from xingyun.clock import calendar_day
from xingyun.evidence.queries import confirmations_of, rulings_of, tally
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.facts import Scan
from xingyun.rulebook.findings import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a submission, and how many odd rows of its ledger nobody has ruled on."""

    verdict: Verdict
    unruled: int


def judged(
    applications: Iterable[Application],
    outside: Mapping[int, Outside],
    held: Mapping[int, Collection[str]],
) -> dict[int, Judged]:
    """The verdicts by application; one that was never handed in is left out.

    Three queries; one more where a contract does not say cloud.

    `outside` is what offices found elsewhere, `held` the levels that enterprises hold from earlier rounds.
    """
    known = {application.pk: application for application in applications}
    submissions = {s.application_id: s for s in _submissions(known)}
    files: dict[int, list[Attachment]] = defaultdict(list)
    for attachment in Attachment.objects.filter(application__in=submissions).select_related("file"):
        files[attachment.application_id].append(attachment)
    ledgers = {pk: thawed(submission.facts) for pk, submission in submissions.items()}
    ruled = rulings_of({known[pk].dossier_id: (*rows[1], *rows[2]) for pk, rows in ledgers.items()})
    books = {known[pk].dossier_id: rulebook_of(known[pk].edition) for pk in ledgers}
    asked = confirmations_of({known[pk].dossier_id: rows[0] for pk, rows in ledgers.items()}, books)
    found = {}
    for pk, submission in submissions.items():
        seen = copy(known[pk])
        seen.answers = submission.facts["answers"]
        book, day = rulebook_of(seen.edition), calendar_day(submission.submitted_at)
        audited = submission.facts.get("audited_fen")
        money = tally(*ledgers[pk], book, day, audited, ruled[seen.dossier_id], asked[seen.dossier_id])
        rows = as_listed(files[pk], submission)
        told = outside.get(pk, NOTHING)
        facts = compose(seen, rows, money, held.get(pk, ()), Scan("complete"), day, told)
        found[pk] = Judged(evaluate(book, facts), len(money.unruled))
    return found


def _submissions(applications: Collection[int]) -> list[Submission]:
    """The last submission of each."""
    rows = Submission.objects.filter(application__in=applications).order_by("application_id", "version")
    return list({row.application_id: row for row in rows}.values())
