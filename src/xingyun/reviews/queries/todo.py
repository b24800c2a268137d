"""What waits for a person, by kind: how many, since when, until when. A constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.clock import calendar_day
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise
from xingyun.registry.states import EnterpriseState, Role
from xingyun.reviews.models import Appeal, Decision, Report, Transfer, WithdrawalRequest
from xingyun.reviews.queries import reporting
from xingyun.reviews.queries.alike import Alike, alike
from xingyun.reviews.queries.appeals import waiting_for as waiting_appeals
from xingyun.reviews.queries.unanswered import unanswered
from xingyun.reviews.states import AT_WORK, IN_HAND, ReportState
from xingyun.rounds.models import Round
from xingyun.rounds.queries import Longer, longer, rounds
from xingyun.rounds.states import RoundState

OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)
# The order in which equally urgent things are shown.
KINDS = (
    "report_returned",
    "sign",
    "review",
    "countersign",
    "send",
    "receive",
    "transfer",
    "transfer_rule",
    "withdrawal",
    "appeal",
    "accept",
    "outside_checks",
    "decide",
    "draft",
    "activate",
)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Things of one kind that wait at one office in one `round` (None: whatever the round).

    `since` is the oldest, `due` until when, by `clause`.
    """

    kind: str
    authority_id: int
    authority: str
    count: int
    since: datetime | None
    due: datetime | None = None
    clause: str = ""
    uid: str = ""
    round: Round | None = None


def to_do(actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """What waits for this person, most urgent first: what is due earliest, then what waits longest."""
    offices = actor.authorities(*OFFICE)
    finance = actor.authorities(Role.COUNTERSIGNER)
    if not (offices or finance):
        return ()
    names = {a.pk: a for a in Authority.objects.filter(pk__in={*offices, *finance})}
    known = {r.pk: r for r in rounds()}
    open_rounds = [r for r in known.values() if r.state == RoundState.OPEN]
    more = longer(known.values())
    requests = WithdrawalRequest.objects.filter(decided_at=None)
    found = [
        *_registrations(offices, names),
        *_submitted(offices, names, known),
        *_letters("withdrawal", requests, "asked_at", offices, names, known),
        *_letters("appeal", waiting_appeals(actor), "raised_at", offices, names, known),
        *_transfers(offices, names, known),
        *_outside(actor, names, open_rounds, more, now),
        *_at_work(actor, offices, names, open_rounds, more),
        *_decisions(actor, names, known),
        *_reports(offices, finance, names, more),
    ]
    drafted = {(t.authority_id, t.round) for t in found if t.kind == "send"}
    found = [t for t in found if t.kind != "draft" or (t.authority_id, t.round) not in drafted]
    dues = {(pk, r.pk): reporting.due(r, names[pk], more) for pk in offices for r in open_rounds}
    late = max((d.at for d in dues.values() if d), default=now)
    return tuple(sorted(found, key=lambda t: (t.due or late, KINDS.index(t.kind), t.since or now)))


def _registrations(offices: tuple[int, ...], names: dict[int, Authority]) -> Iterator[ToDo]:
    waiting = Enterprise.objects.filter(authority__in=offices, state=EnterpriseState.PENDING).order_by()
    for row in waiting.values("authority").annotate(n=Count("id"), since=Min("created_at")):
        pk = row["authority"]
        yield ToDo("activate", pk, names[pk].name, row["n"], row["since"])


def _submitted(
    offices: tuple[int, ...], names: dict[int, Authority], known: Mapping[int, Round]
) -> Iterator[ToDo]:
    waiting = Application.objects.filter(holder__in=offices, state=State.SUBMITTED).order_by()
    for row in waiting.values("holder", "round").annotate(n=Count("id"), since=Min("submitted_at")):
        pk = row["holder"]
        yield ToDo("accept", pk, names[pk].name, row["n"], row["since"], round=known[row["round"]])


def _letters(
    kind: str,
    waiting: QuerySet[WithdrawalRequest] | QuerySet[Appeal],
    at: str,
    offices: tuple[int, ...],
    names: dict[int, Authority],
    known: Mapping[int, Round],
) -> Iterator[ToDo]:
    """What enterprises ask for in writing and nobody has answered, each its own (one query)."""
    own = waiting.filter(application__holder__in=offices)
    for one in own.select_related("application").order_by("id"):
        pk, uid = one.application.holder_id, str(one.application.uid)
        since = getattr(one, at)
        yield ToDo(kind, pk, names[pk].name, 1, since, uid=uid, round=known[one.application.round_id])


def _transfers(
    offices: tuple[int, ...], names: dict[int, Authority], known: Mapping[int, Round]
) -> Iterator[ToDo]:
    """Files that another office hands over, and those between two offices below that wait for a ruling."""
    to_take = Q(target__in=offices, agreed=None)
    to_rule = Q(source__parent__in=offices, agreed=False)
    waiting = Transfer.objects.filter(to_take | to_rule, closed_at=None).select_related("source")
    for one in waiting.annotate(round_id=F("application__round")).order_by("id"):
        kind = "transfer" if one.agreed is None else "transfer_rule"
        pk = one.target_id if one.agreed is None else one.source.parent_id
        if pk in names:
            yield ToDo(kind, pk, names[pk].name, 1, one.asked_at, uid=str(one.uid), round=known[one.round_id])


def _outside(
    actor: Actor, names: dict[int, Authority], open_rounds: list[Round], more: Longer, now: datetime
) -> Iterator[ToDo]:
    """Answers of other bodies that the preparer has still to ask for; nothing is granted without."""
    today = calendar_day(now)
    for one in unanswered(actor, actor.authorities(Role.PREPARER), names, open_rounds, today):
        pk, due = one.authority_id, reporting.due(one.round, names[one.authority_id], more)
        at, clause = (due.at, due.clause) if due else (None, "")
        yield ToDo("outside_checks", pk, names[pk].name, one.count, one.since, at, clause, round=one.round)


def _at_work(
    actor: Actor,
    offices: tuple[int, ...],
    names: dict[int, Authority],
    open_rounds: list[Round],
    more: Longer,
) -> Iterator[ToDo]:
    """To decide, and to report: what the office's own applications still need."""
    own = [pk for pk in offices if actor.holds(Role.PREPARER, pk)]
    found = Application.objects.filter(holder__in=own, state__in=AT_WORK, round__in=open_rounds)
    grouped: dict[tuple[int, int], list[Alike]] = defaultdict(list)
    for some in alike(found):
        grouped[some.standing.application.holder_id, some.standing.application.round_id].append(some)
    known = {r.pk: r for r in open_rounds}
    for (pk, round_id), group in grouped.items():
        due = reporting.due(known[round_id], names[pk], more)
        at, clause = (due.at, due.clause) if due else (None, "")
        pending = [g for g in group if g.standing.pending]
        settled = [g for g in group if g.standing.settled]
        for kind, those in (("decide", pending), ("draft", settled if due else [])):
            if those:
                count, since = sum(g.count for g in those), min(g.since for g in those)
                yield ToDo(kind, pk, names[pk].name, count, since, at, clause, round=known[round_id])


def _decisions(actor: Actor, names: dict[int, Authority], known: Mapping[int, Round]) -> Iterator[ToDo]:
    """To review and to sign, without what this person has had in hand before (two queries)."""
    live = Decision.objects.filter(revoked_at=None, signed_at=None).order_by()
    others = live.exclude(prepared_by=actor.user_id)
    unreviewed = Q(reviewed_by=None, needs_review=True)
    kinds = (
        ("review", Role.REVIEWER, others.filter(unreviewed)),
        ("sign", Role.SIGNATORY, others.exclude(unreviewed).exclude(reviewed_by=actor.user_id)),
    )
    for kind, role, waiting in kinds:
        own = waiting.filter(authority__in=actor.authorities(role))
        rows = own.values("authority", "application__round")
        for row in rows.annotate(n=Count("id"), since=Min("prepared_at")):
            pk, round_ = row["authority"], known[row["application__round"]]
            yield ToDo(kind, pk, names[pk].name, row["n"], row["since"], round=round_)


def _reports(
    offices: tuple[int, ...], finance: tuple[int, ...], names: dict[int, Authority], more: Longer
) -> Iterator[ToDo]:
    """Reports to countersign, to send, to receive, and those that came back (one query)."""
    own = Q(authority__in=offices, state__in=[*IN_HAND, ReportState.RETURNED])
    theirs = Q(authority__in=finance, state=ReportState.DRAFT) | Q(
        recipient__in=offices, state=ReportState.SENT
    )
    related = ("round__edition", "round__programme", "authority")
    known = Report.objects.filter(own | theirs).select_related(*related)
    later = Report.objects.filter(supersedes=OuterRef("pk"))
    # A returned report is dealt with once its successor is drafted.
    known = known.exclude(Q(state=ReportState.RETURNED) & Exists(later))
    for report in known.defer("round__edition__source", "round__edition__contacts").order_by("pk"):
        kind = _kind(report, offices, finance)
        if kind:
            pk = report.recipient_id if kind == "receive" else report.authority_id
            due = reporting.due(report.round, report.authority, more)
            at, clause = (due.at, due.clause) if due and kind != "receive" else (None, "")
            uid = str(report.uid)
            yield ToDo(kind, pk, names[pk].name, 1, report.prepared_at, at, clause, uid, report.round)


def _kind(report: Report, offices: tuple[int, ...], finance: tuple[int, ...]) -> str:
    if report.state == ReportState.SENT:
        return "receive" if report.recipient_id in offices else ""
    if report.state == ReportState.RETURNED:
        return "report_returned"
    if report.state == ReportState.DRAFT and report.authority_id in finance:
        return "countersign"
    return "send" if report.authority_id in offices else ""
