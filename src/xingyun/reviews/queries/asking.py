"""What an office asks other bodies: its checks over a whole round, and whom it has still to ask about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.queries import visible_to
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.reviews.models import LookUp
from xingyun.reviews.queries.look_ups import LIST, Check, office_of
from xingyun.reviews.states import OPEN_TO_LOOK_UPS, Found
from xingyun.rounds.models import Round
from xingyun.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Task:
    """A check that falls to an office: of applications filed with `homes` until the results are out, and
    once more, before the announcement, of the proposed ones filed with `again`. `levels` are those asked for.
    """

    check: Check
    homes: frozenset[str]
    again: frozenset[str]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How many applications a check concerns, how many are still to be asked for, on how many there is
    an entry.
    """

    all: int
    waiting: int
    listed: int


def tasks(book: Rulebook, office: str) -> tuple[Task, ...]:
    """The checks of the office of this key in the rulebook's order; empty where none falls to it."""
    found = (_task(book, office, check, tier) for check, tier in _checks(book, office))
    return tuple(task for task in found if task.homes or task.again)


def task(book: Rulebook, office: str, key: str) -> Task:
    """The one of this key. Raises NotAllowed where it is not this office's."""
    found = next((one for one in tasks(book, office) if one.check.key == key), None)
    if found is None:
        raise NotAllowed(_("没有找到这一项核查，或者不归本单位办理。"))
    return found


def _checks(book: Rulebook, office: str) -> Iterable[tuple[Check, str]]:
    looked_into = {c.list for c in book.outside_checks if c.subject == "applicant"}
    own = book.authority(office)
    for rule in book.looked_up:
        yield Check(rule.key, rule, book.looked_up_in(rule), own), rule.checked_by
    for listed in book.lists:
        if listed.key not in looked_into:
            yield Check(f"{LIST}{listed.key}", listed, listed.origin, own), listed.kept_by


def _task(book: Rulebook, office: str, check: Check, tier: str) -> Task:
    above = {authority.parent for authority in book.authorities}
    # Enterprises file with the offices that have none below them.
    keys = [authority.key for authority in book.authorities if authority.key not in above]
    homes = frozenset(key for key in keys if office_of(book, tier, key).key == office)
    leads = (key for key in keys if office_of(book, book.notice.tier, key).key == office)
    again = frozenset(leads) if check.repeats else frozenset()
    levels = tuple(lv.key for lv in book.levels if check.concerns(act.level for act in book.path(lv.key)))
    return Task(check, homes, again, levels)


def concerned(actor: Actor, round_: Round, task: Task) -> QuerySet[Application]:
    """The applications of a round that this person may look up for a check.

    Each with `asked_on` and `found`: of the answer that holds, None where there is none.
    """
    known = in_question(actor, round_).filter(concerns(task))
    return known.annotate(asked_on=newest(task, "looked_up_on"), found=newest(task, "found"))


def in_question(actor: Actor, round_: Round) -> QuerySet[Application]:
    """The applications of a round that this person sees and about which others may still be asked."""
    seen = visible_to(actor, OPEN_TO_LOOK_UPS)
    return seen.filter(round=round_, submitted_at__isnull=False, state__in=OPEN_TO_LOOK_UPS)


def concerns(task: Task) -> Q:
    """Those that a check falls to, as a condition on applications in question."""
    own = Q(authority__key__in=task.homes) | Q(state=State.PROPOSED, authority__key__in=task.again)
    return own & Q(level__in=task.levels)


def newest(task: Task, column: str) -> Subquery:
    """A column of the answer that holds, None where there is none."""
    known = LookUp.objects.filter(application=OuterRef("pk"), condition=task.check.key).order_by("-id")
    return Subquery(known.values(column)[:1])


def waiting(task: Task, today: date, asked_on: str = "asked_on") -> Q:
    """Those to be asked for, as a condition on `concerned`: without an answer, or with one grown too old.

    `asked_on` is what the day of the answer that holds is called there.
    """
    first = task.check.first_day(today)
    without = Q(**{asked_on: None})
    return without if first is None else without | Q(**{"state": State.PROPOSED, f"{asked_on}__lt": first})


def listed() -> Q:
    """Those on whom there is an entry, as a condition on `concerned`."""
    return Q(found=Found.LISTED)


def count(actor: Actor, round_: Round, task: Task, today: date) -> Asked:
    """How far the asking is (one query)."""
    found = concerned(actor, round_, task).order_by()
    counted = found.aggregate(
        n=Count("pk"), open=Count("pk", filter=waiting(task, today)), hits=Count("pk", filter=listed())
    )
    return Asked(counted["n"], counted["open"], counted["hits"])
