"""Every act of a play: to what it is done, who may, how it is done, what the record then says.

`on` lists what it could be done to at all, `fits` what it could succeed on; `ways` are the choices that its
page leaves. Each is done through the function that the page calls.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories.applications import Made, bind
from tests.factories.ground import make_file
from tests.machines import rights
from tests.machines.town import Town

from xingyun.applications import actions as applications
from xingyun.applications.models import Booklet
from xingyun.applications.queries import booklets, inputs_of
from xingyun.applications.states import EDITABLE, TRANSITIONS, State
from xingyun.registry.actors import Actor
from xingyun.results import actions as results
from xingyun.results.models import Announcement, Notice, NoticeLine, Objection
from xingyun.results.states import ObjectionState
from xingyun.reviews import actions as reviews
from xingyun.reviews.actions import DefectData
from xingyun.reviews.models import Appeal, Decision, Report, ReportLine, WithdrawalRequest
from xingyun.reviews.queries import pending_acts
from xingyun.reviews.states import APPEALABLE, AT_WORK, IN_HAND, RETURNABLE, Outcome, ReportState

WHY = "经核实"
Way = Mapping[str, Any]


def once(_town: Town, _thing: Any) -> list[Way]:
    """Nothing to choose."""
    return [{}]


@dataclass(frozen=True)
class Act:
    """`record`: the entry that says that it was done, by the choices made; none for typing."""

    may: Callable[[Town, Any], rights.Who]
    on: Callable[[Town], Iterable[Any]]
    fits: Callable[[Town], Iterable[Any]]
    do: Callable[..., object]
    record: Callable[..., str]
    ways: Callable[[Town, Any], list[Way]] = once
    ready: Callable[[Town, Any], object] | None = None


# ── to what ──


def every(town: Town) -> list[Made]:
    """All applications."""
    return list(town.applications)


def those(*states: str) -> Callable[[Town], list[Made]]:
    """The applications in one of these states."""
    return lambda town: town.among(*states)


def decisions(**condition: object) -> Callable[[Town], Iterable[Decision]]:
    """Decisions, oldest first."""
    related = ("application__holder", "authority")
    return lambda _town: Decision.objects.filter(**condition).select_related(*related).order_by("pk")


def reports(*states: str) -> Callable[[Town], Iterable[Report]]:
    """Reports (in one of these states)."""
    found = Report.objects.select_related("authority", "recipient", "round__edition").order_by("pk")
    return lambda _town: found.filter(state__in=states) if states else found.all()


def requests(**condition: object) -> Callable[[Town], Iterable[WithdrawalRequest]]:
    """Requests to withdraw."""
    related = ("application__holder", "letter")
    return lambda _town: WithdrawalRequest.objects.filter(**condition).select_related(*related).order_by("pk")


def appeals(**condition: object) -> Callable[[Town], Iterable[Appeal]]:
    """Appeals."""
    return lambda _town: (
        Appeal.objects.filter(**condition).select_related("application__holder").order_by("pk")
    )


def notices(town: Town, *, over: bool = False) -> list[Notice]:
    """Public notices; those that are `over`, where asked for, and not announced."""
    known = Notice.objects.select_related("round__edition", "authority").order_by("pk")
    if not over:
        return list(known)
    announced = Announcement.objects.values("notice")
    return list(known.filter(closes__lte=town.now).exclude(pk__in=announced))


def lines(town: Town, **condition: object) -> list[NoticeLine]:
    """Lines of public notices."""
    known = NoticeLine.objects.filter(**condition).select_related("notice__round__edition", "application")
    return list(known.order_by("pk"))


def objections(**condition: object) -> Callable[[Town], Iterable[Objection]]:
    """Objections."""
    related = ("line__notice__authority", "line__application")
    return lambda _town: Objection.objects.filter(**condition).select_related(*related).order_by("pk")


# ── the applicant ──


def ready_to_submit(town: Town, made: Made) -> None:
    """The book is made and sealed anew, where it may be."""
    made.application = made.fresh()
    inputs = booklets.digest(inputs_of(made.application))
    known = Booklet.objects.filter(application=made.application, inputs=inputs)
    if made.application.state in EDITABLE and not known.exists():
        bind(made, now=town.now)


def submit(town: Town, made: Made, actor: Actor) -> object:
    return applications.submit(application=town.fresh(made), actor=actor, now=town.now)


def type_(town: Town, made: Made, actor: Actor) -> object:
    application = town.fresh(made)
    seen = applications.digest(application.answers.get(town.typed, ""))
    text = f"云上业务 {town.now:%m-%d %H:%M} {application.rev}"
    saved = applications.save_answer(
        application=application, field=town.typed, raw=text, seen=seen, actor=actor, now=town.now
    )
    assert town.fresh(made).answers[town.typed] == text
    return saved


def withdraw(town: Town, made: Made, actor: Actor) -> object:
    return applications.withdraw(application=town.fresh(made), reason=WHY, actor=actor, now=town.now)


def ask_to_withdraw(town: Town, made: Made, actor: Actor) -> object:
    return reviews.ask_to_withdraw(
        application=town.fresh(made),
        letter=make_file(b"sealed", town.now),
        reason=WHY,
        actor=actor,
        now=town.now,
    )


def appeal(town: Town, made: Made, actor: Actor) -> object:
    return reviews.appeal(application=town.fresh(made), text=WHY, actor=actor, now=town.now)


# ── the office ──


def clause(town: Town) -> str:
    return town.ground.book.clauses[0].ref


def accept(town: Town, made: Made, actor: Actor) -> object:
    return reviews.accept(application=town.fresh(made), actor=actor, now=town.now)


def refuse(town: Town, made: Made, actor: Actor) -> object:
    return reviews.refuse(
        application=town.fresh(made), reason=WHY, clause=clause(town), actor=actor, now=town.now
    )


def return_(town: Town, made: Made, actor: Actor) -> object:
    return reviews.return_for_correction(
        application=town.fresh(made),
        defects=[DefectData(place=f"form:{town.typed}", clause=clause(town), text=WHY)],
        due=town.now + timedelta(days=5),
        actor=actor,
        now=town.now,
    )


def answer_withdrawal(town: Town, request: WithdrawalRequest, actor: Actor, *, agreed: bool) -> object:
    return reviews.answer_withdrawal(request=request, agreed=agreed, answer=WHY, actor=actor, now=town.now)


def answer_appeal(town: Town, made: Appeal, actor: Actor, *, upheld: bool) -> object:
    return reviews.answer_appeal(made=made, upheld=upheld, answer=WHY, actor=actor, now=town.now)


def prepare(town: Town, made: Made, actor: Actor, *, level: str, kind: str, outcome: str) -> object:
    return reviews.prepare(
        application=town.fresh(made),
        level=level,
        kind=kind,
        outcome=outcome,
        reason="" if outcome == Outcome.GRANTED else WHY,
        actor=actor,
        now=town.now,
    )


def ways_to_decide(town: Town, made: Made) -> list[Way]:
    """What is the holder's to decide, granted more often than not; and an act that may be another's."""
    level = town.ground.book.levels[-1].key
    pending = [(act.level, act.kind) for act in pending_acts(town.fresh(made))] or [(level, "decide")]
    outcomes = (*[Outcome.GRANTED] * 3, Outcome.DECLINED, Outcome.NO_PLACE)
    return [{"level": level, "kind": kind, "outcome": out} for level, kind in pending for out in outcomes]


def review(town: Town, decision: Decision, actor: Actor) -> object:
    return reviews.review(decision=decision, actor=actor, now=town.now)


def sign(town: Town, decision: Decision, actor: Actor) -> object:
    minutes = town.office(decision.authority.key).minutes if decision.needs_minutes else None
    return reviews.sign(decision=decision, minutes=minutes, actor=actor, now=town.now)


def ready_to_sign(town: Town, decision: Decision) -> object:
    """The meeting has its minutes."""
    return decision.needs_minutes and town.office(decision.authority.key).minutes


def revoke(town: Town, decision: Decision, actor: Actor) -> object:
    return reviews.revoke(decision=decision, reason=WHY, actor=actor, now=town.now)


def take_up_again(town: Town, made: Made, actor: Actor) -> object:
    return reviews.take_up_again(application=town.fresh(made), reason=WHY, actor=actor, now=town.now)


def disqualify(town: Town, made: Made, actor: Actor) -> object:
    return results.disqualify(
        application=town.fresh(made), reason=WHY, clause=clause(town), actor=actor, now=town.now
    )


# ── reports ──


def draft(town: Town, key: str, actor: Actor) -> object:
    return reviews.draft_report(
        round=town.ground.round, authority=town.ground.authority(key), actor=actor, now=town.now
    )


def with_something_decided(town: Town) -> list[str]:
    """Offices that report and have signed something of what they hold."""
    book, found = town.ground.book, []
    for key in town.keys:
        office = town.ground.authority(key)
        own = Decision.objects.filter(
            authority=office, application__holder=office, application__state__in=AT_WORK, revoked_at=None
        )
        if book.report_from(office.tier) and own.filter(signed_at__isnull=False).exists():
            found.append(key)
    return found


def countersign(town: Town, report: Report, actor: Actor) -> object:
    return reviews.countersign_online(report=report, actor=actor, now=town.now)


def countersign_offline(town: Town, report: Report, actor: Actor) -> object:
    return reviews.countersign_offline(
        report=report,
        number=f"测工信〔{town.now.year}〕{report.seq}号",
        dated_on=town.now.date(),
        signatories="张某、李某",
        scan=make_file(b"both seals", town.now),
        actor=actor,
        now=town.now,
    )


def send_back(town: Town, report: Report, actor: Actor) -> object:
    return reviews.send_back(report=report, reason=WHY, actor=actor, now=town.now)


def send(town: Town, report: Report, actor: Actor) -> object:
    return reviews.send_report(report=report, actor=actor, now=town.now)


def receive(town: Town, report: Report, actor: Actor) -> object:
    return reviews.receive(report=report, actor=actor, now=town.now)


def return_report(town: Town, report: Report, actor: Actor, *, rows: tuple[Any, ...] = ()) -> object:
    named = dict.fromkeys(rows, WHY)
    return reviews.return_report(report=report, reason=WHY, rows=named, actor=actor, now=town.now)


def ways_to_return(_town: Town, report: Report) -> list[Way]:
    """The whole of it, or one row."""
    on = ReportLine.objects.filter(report=report).order_by("application_id")
    uids = dict.fromkeys(on.values_list("application__uid", flat=True))
    return [{}, *({"rows": (uid,)} for uid in uids)]


# ── results ──


def publish(town: Town, key: str, actor: Actor) -> object:
    return results.publish_notice(
        round=town.ground.round, authority=town.ground.authority(key), actor=actor, now=town.now
    )


def with_something_granted(town: Town) -> list[str]:
    """The publishing office, once it holds something that was granted."""
    office = town.ground.authority(town.top)
    held = Decision.objects.filter(
        application__holder=office, application__state__in=AT_WORK, revoked_at=None, signed_at__isnull=False
    )
    return [town.top] if held.filter(outcome=Outcome.GRANTED).exists() else []


def object_(town: Town, line: NoticeLine, actor: Actor) -> object:
    channel = town.ground.book.notice.channels[0].key
    return results.raise_objection(
        line=line, name="周某某", contact="13955550000", channel=channel, text=WHY, actor=actor, now=town.now
    )


def decide_objection(town: Town, objection: Objection, actor: Actor, *, upheld: bool) -> object:
    return results.decide_objection(
        objection=objection, upheld=upheld, outcome=WHY, actor=actor, now=town.now
    )


def announce(town: Town, notice: Notice, actor: Actor) -> object:
    return results.announce(notice=notice, actor=actor, now=town.now)


def says(text: str) -> Callable[..., str]:
    """The same entry whatever was chosen."""
    return lambda _town, _thing, **_way: text


def either(name: str) -> Callable[[Town, Any], list[Way]]:
    """Yes or no."""
    return lambda _town, _thing: [{name: True}, {name: False}]


def was_awarded(town: Town, made: Made) -> bool:
    """Whether a title is revoked with it."""
    return town.fresh(made).state == State.AWARDED


MAY_BE_DISQUALIFIED = [state for state, targets in TRANSITIONS.items() if State.DISQUALIFIED in targets]
ACTS: dict[str, Act] = {
    "type": Act(rights.applicant, every, those(*EDITABLE), type_, says("")),
    "submit": Act(
        rights.applicant, every, those(*EDITABLE), submit, says("application.submit"), ready=ready_to_submit
    ),
    "withdraw": Act(
        rights.applicant, every, those(*EDITABLE, State.SUBMITTED), withdraw, says("application.withdraw")
    ),
    "ask_to_withdraw": Act(
        rights.applicant, every, those(State.ACCEPTED), ask_to_withdraw, says("withdrawal.asked")
    ),
    "appeal": Act(rights.applicant, every, those(*APPEALABLE), appeal, says("appeal.raised")),
    "accept": Act(rights.holder, every, those(State.SUBMITTED), accept, says("application.accept")),
    "refuse": Act(rights.holder, every, those(State.SUBMITTED), refuse, says("application.refuse")),
    "return": Act(
        rights.holder, every, those(State.SUBMITTED, State.ACCEPTED), return_, says("application.return")
    ),
    "answer_withdrawal": Act(
        rights.answerer, requests(), requests(decided_at=None), answer_withdrawal,
        lambda _town, _thing, agreed: "application.withdraw" if agreed else "withdrawal.declined",
        either("agreed"),
    ),
    "answer_appeal": Act(
        rights.unbiased, appeals(), appeals(decided_at=None), answer_appeal,
        lambda _town, _thing, upheld: "application.reopen" if upheld else "appeal.dismissed",
        either("upheld"),
    ),
    "prepare": Act(
        rights.preparer, every, those(*AT_WORK), prepare, says("decision.prepared"), ways_to_decide
    ),
    "review": Act(
        rights.reviewer, decisions(), decisions(revoked_at=None, needs_review=True, reviewed_by=None), review,
        says("decision.reviewed"),
    ),
    "sign": Act(
        rights.signs, decisions(), decisions(revoked_at=None, signed_at=None), sign, says("decision.signed"),
        ready=ready_to_sign,
    ),
    "revoke": Act(
        rights.revoker, decisions(), decisions(revoked_at=None, application__state__in=AT_WORK), revoke,
        says("decision.revoked"),
    ),
    "take_up_again": Act(
        rights.signatory, every, those(State.NOT_AWARDED), take_up_again, says("application.reopen")
    ),
    "disqualify": Act(
        rights.disqualifier, every, those(*MAY_BE_DISQUALIFIED), disqualify,
        lambda town, made: "application.revoke" if was_awarded(town, made) else "application.disqualify",
    ),
    "draft": Act(
        rights.drafter, lambda town: town.keys, with_something_decided, draft, says("report.drafted")
    ),
    "countersign": Act(
        rights.finance, reports(), reports(ReportState.DRAFT), countersign, says("report.countersigned")
    ),
    "countersign_offline": Act(
        rights.reporter, reports(), reports(ReportState.DRAFT), countersign_offline,
        says("report.countersigned"),
    ),
    "send_back": Act(rights.either, reports(), reports(*IN_HAND), send_back, says("report.sent_back")),
    "send": Act(rights.reporter, reports(), reports(*IN_HAND), send, says("report.sent")),
    "receive": Act(rights.recipient, reports(), reports(ReportState.SENT), receive, says("report.received")),
    "return_report": Act(
        rights.recipient, reports(), reports(*RETURNABLE), return_report, says("report.returned"),
        ways_to_return,
    ),
    "publish": Act(
        rights.publisher, lambda town: town.keys, with_something_granted, publish, says("notice.published")
    ),
    "object": Act(
        rights.anybody, lines, lambda town: lines(town, struck_at=None, notice__closes__gt=town.now), object_,
        says("objection.received"),
    ),
    "decide_objection": Act(
        rights.judge, objections(), objections(state=ObjectionState.RECEIVED), decide_objection,
        says("objection.decided"), either("upheld"),
    ),
    "announce": Act(
        rights.leader, notices, lambda town: notices(town, over=True), announce, says("results.announced")
    ),
}  # fmt: skip
