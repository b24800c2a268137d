"""What offices look up in lists kept elsewhere: what is to be looked up, by whom, and what was found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xingyun.applications import queries as applications
from xingyun.applications.models import Application
from xingyun.reviews.models import LookUp
from xingyun.reviews.states import Found
from xingyun.rulebook import Finding, Rulebook, Text, Verdict
from xingyun.rulebook.engine.conditions import repeats
from xingyun.rulebook.facts import LookUp as Entry
from xingyun.rulebook.schema.conditions import Excluded, OutsideCheck
from xingyun.rulebook.schema.lists import OutsideList
from xingyun.rulebook.schema.programme import Authority as Office

if TYPE_CHECKING:
    from xingyun.reviews.queries.standing import Standing

# No key of a rulebook holds two hyphens in a row, so that a list is never taken for a condition.
LIST = "list--"
Records = Mapping[str, tuple[LookUp, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look up: a condition, or a list on which something else depends (a waiver).

    `key` is how its records are known, `office` whom it falls to, `records` what was found (newest first),
    `finding` what follows; None where the rule is not judged by itself.
    """

    key: str
    rule: OutsideCheck | Excluded | OutsideList
    source: Text
    office: Office
    records: tuple[LookUp, ...] = ()
    finding: Finding | None = None

    @property
    def current(self) -> LookUp | None:
        """The record that holds."""
        return self.records[0] if self.records else None

    @property
    def needed(self) -> bool:
        """Whether nothing is granted before it was looked up."""
        return not isinstance(self.rule, OutsideList) and self.rule.strength != "preferred"

    @property
    def repeats(self) -> bool:
        """Whether it is looked up once more before the results are announced."""
        return isinstance(self.rule, OutsideCheck) and self.rule.repeat_within_days is not None

    def first_day(self, announced: date) -> date | None:
        """The first day whose answer holds for an announcement on that day; None where any does."""
        return repeats.first_day(self.rule, announced) if isinstance(self.rule, OutsideCheck) else None

    def concerns(self, levels: Iterable[str]) -> bool:
        """Whether it holds for one of these levels."""
        own = () if isinstance(self.rule, OutsideList) else self.rule.levels
        return not own or not set(own).isdisjoint(levels)


def look_ups(application: Application) -> dict[str, tuple[LookUp, ...]]:
    """The records of an application by key, newest first (one query)."""
    return look_ups_of([application.pk])[application.pk]


def look_ups_of(ids: Collection[int]) -> dict[int, dict[str, tuple[LookUp, ...]]]:
    """The same for many applications, by their ids (one query)."""
    known = LookUp.objects.filter(application__in=ids)
    found: dict[int, dict[str, list[LookUp]]] = {pk: defaultdict(list) for pk in ids}
    for record in known.select_related("authority", "recorded_by", "proof").order_by("-id"):
        found[record.application_id][record.condition].append(record)
    return {pk: {key: tuple(records) for key, records in of.items()} for pk, of in found.items()}


def outside(records: Records) -> dict[str, Entry]:
    """The records that hold, in the rulebook's terms; lists by their own keys behind LIST."""
    return {key: _entry(found[0]) for key, found in records.items()}


def _entry(record: LookUp) -> Entry:
    dates = tuple(date.fromisoformat(day) for day in record.entries)
    return Entry("listed" if record.found == Found.LISTED else "clear", dates, record.looked_up_on)


def members(rulebook: Rulebook, found: Mapping[str, Entry]) -> frozenset[str]:
    """The keys of the lists that the applicant turned out to be on."""
    return seen(rulebook, {key: entry for key, entry in found.items() if entry.found == "listed"})


def seen(rulebook: Rulebook, found: Collection[str]) -> frozenset[str]:
    """The keys of the lists that somebody has looked into for the applicant."""
    named = {c.key: c.list for c in rulebook.outside_checks if c.list and c.subject == "applicant"}
    return frozenset(key.removeprefix(LIST) if key.startswith(LIST) else named.get(key, "") for key in found)


def checks(standing: "Standing", records: Records, verdict: Verdict | None = None) -> tuple[Check, ...]:
    """Everything to look up for the levels that the application may win, in the rulebook's order.

    Without a verdict nothing is said of what follows from it.
    """
    found = {finding.rule: finding for finding in reversed(verdict.findings)} if verdict else {}
    home = standing.application.authority.key
    levels = [act.level for act in standing.path]
    every = (*_conditions(standing.rulebook, home, records, found), *_lists(standing.rulebook, home, records))
    return tuple(check for check in every if check.concerns(levels))


def _conditions(
    rulebook: Rulebook, home: str, records: Records, found: Mapping[str, Finding]
) -> Iterator[Check]:
    for rule in rulebook.looked_up:
        yield Check(
            rule.key,
            rule,
            rulebook.looked_up_in(rule),
            office_of(rulebook, rule.checked_by, home),
            records.get(rule.key, ()),
            found.get(f"condition.{rule.key}"),
        )


def _lists(rulebook: Rulebook, home: str, records: Records) -> Iterator[Check]:
    """Lists that no condition looks into: whether the applicant is on them still has to be seen."""
    looked_into = {c.list for c in rulebook.outside_checks if c.subject == "applicant"}
    for rule in rulebook.lists:
        if rule.key not in looked_into:
            key = f"{LIST}{rule.key}"
            office = office_of(rulebook, rule.kept_by, home)
            yield Check(key, rule, rule.origin, office, records.get(key, ()))


def office_of(rulebook: Rulebook, tier: str, home: str) -> Office:
    """The office of a tier above the authority with which an applicant files.

    Where none of that tier stands above (a county under the province's own hand), it is the next one up.
    """
    chain = rulebook.chain(home)
    least = rulebook.tier_number(tier)
    fitting = (office for office in chain if rulebook.tier_number(office.tier) >= least)
    return next(fitting, chain[-1])


def with_look_ups(application: Application, records: Records, rulebook: Rulebook) -> applications.Workspace:
    """What was handed in, judged with what offices have found."""
    return applications.as_handed_in(application, told(records, rulebook))


def told(records: Records, rulebook: Rulebook) -> applications.Outside:
    """What offices have found, as the rulebook is told of it."""
    found = outside(records)
    return applications.Outside(found, members(rulebook, found), seen(rulebook, found))


def checked(standing: "Standing") -> tuple[Check, ...]:
    """The checks of an application that is not laid out yet; asks for nothing where there is no rule."""
    if not (standing.rulebook.looked_up or standing.rulebook.lists):
        return ()
    records = look_ups(standing.application)
    laid_out = with_look_ups(standing.application, records, standing.rulebook)
    return checks(standing, records, laid_out.verdict)
