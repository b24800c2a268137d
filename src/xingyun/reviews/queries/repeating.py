"""Before the announcement: answers that the rulebook wants once more, and entries that stand in the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xingyun.applications.models import Application
from xingyun.reviews.models import LookUp
from xingyun.reviews.queries.look_ups import look_ups, with_look_ups
from xingyun.reviews.states import Found
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.conditions.repeats import first_day
from xingyun.rulebook.schema.conditions import OutsideCheck


@dataclass(frozen=True, slots=True)
class Unasked:
    """A proposed application and a check without a fresh answer or, `listed`, with an entry against it."""

    application: Application
    rule: OutsideCheck
    listed: bool = False


def unasked(lines: Iterable[tuple[Application, str]], announced: date) -> list[Unasked]:
    """What an announcement of these (application, level) on that day waits for, in the order of the lines.

    One query, and those of a verdict for each application on which an entry was found. The applications come
    with their editions.
    """
    known = list(lines)
    books = {application.pk: rulebook_of(application.edition) for application, _level in known}
    rules = {rule.key for book in books.values() for rule in _repeated(book)}
    answers = _answers([application.pk for application, _level in known], rules) if rules else {}
    found: list[Unasked] = []
    for application, level in known:
        found += _of(application, level, books[application.pk], answers.get(application.pk, {}), announced)
    return found


def _repeated(book: Rulebook) -> list[OutsideCheck]:
    every = (rule for rule in book.outside_checks if rule.repeat_within_days is not None)
    return [rule for rule in every if rule.strength != "preferred"]


def _answers(ids: list[int], conditions: set[str]) -> Mapping[int, Mapping[str, LookUp]]:
    newest: dict[int, dict[str, LookUp]] = defaultdict(dict)
    told = LookUp.objects.filter(application__in=ids, condition__in=conditions).order_by("id")
    for record in told.only("application_id", "condition", "found", "looked_up_on"):
        newest[record.application_id][record.condition] = record
    return newest


def _of(
    application: Application, level: str, book: Rulebook, answers: Mapping[str, LookUp], announced: date
) -> list[Unasked]:
    found, suspect = [], []
    for rule in _repeated(book):
        if rule.levels and level not in rule.levels:
            continue
        answer, first = answers.get(rule.key), first_day(rule, announced)
        if answer is None or (first is not None and answer.looked_up_on < first):
            found.append(Unasked(application, rule))
        elif answer.found != (Found.LISTED if rule.must_be == "listed" else Found.CLEAR):
            suspect.append(rule)
    return found + [Unasked(application, rule, True) for rule in _against(application, book, suspect)]


def _against(application: Application, book: Rulebook, rules: list[OutsideCheck]) -> list[OutsideCheck]:
    """Those whose entry counts against it; what is put up with, or left to reviewers, does not."""
    if not rules:
        return []
    findings = with_look_ups(application, look_ups(application), book).verdict.findings
    obstacles = {finding.rule for finding in findings if finding.kind == "obstacle"}
    return [rule for rule in rules if f"condition.{rule.key}" in obstacles]
