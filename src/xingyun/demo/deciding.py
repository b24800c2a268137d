"""The offices of a rehearsal accept, decide under four eyes, report, evaluate and announce."""

from datetime import datetime, timedelta

from xingyun.applications.models import Application
from xingyun.clock import calendar_day
from xingyun.demo import evidence
from xingyun.demo.offices import Offices
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.results.models import Notice
from xingyun.reviews import actions as reviews
from xingyun.reviews.actions import DefectData, LookUpData
from xingyun.reviews.models import Minutes, Report
from xingyun.reviews.queries import desk
from xingyun.reviews.states import Found, Outcome
from xingyun.rounds.models import Round


def accept(offices: Offices, application: Application, now: datetime) -> None:
    """The holding office accepts."""
    reviews.accept(application=application, actor=offices.actor(application.holder), now=now)


def send_back(offices: Offices, application: Application, now: datetime) -> None:
    """The holding office returns an application with two defects."""
    book = offices.book
    material = next(m for m in book.materials if not m.made_by_system)
    field = next(f for f in book.form.fields if f.role == "contact_phone") if book.form.fields else None
    defects = [
        DefectData(
            place=f"material:{material.slots[0].key}",
            clause=material.clause[0],
            text="扫描件右下角看不清，请重新扫描后补传，四角要齐。",
        )
    ]
    if field is not None:
        defects.append(
            DefectData(
                place=f"form:{field.key}",
                clause=field.clause[0] if field.clause else material.clause[0],
                text="电话少一位，请核对后更正。",
            )
        )
    reviews.return_for_correction(
        application=application,
        defects=defects,
        due=now + timedelta(days=5),
        actor=offices.actor(application.holder),
        now=now,
    )


def minutes(offices: Offices, round: Round, authority: Authority, number: str, now: datetime) -> Minutes:
    """The meeting of an office."""
    return reviews.add_minutes(
        round=round,
        authority=authority,
        number=number,
        held_on=now.date(),
        file=evidence.minutes(authority.issuer, number, now),
        actor=offices.actor(authority),
        now=now,
    )


def look_up(offices: Offices, application: Application, now: datetime) -> None:
    """What is kept elsewhere is looked up, each list by the office that it falls to; nothing is found."""
    actor = offices.actor(application.holder)
    for check in desk(actor, application.uid).checks:
        if check.current is None and actor.seats_in(check.office.key):
            reviews.record_look_up(
                application=application,
                condition=check.key,
                data=LookUpData(found=Found.CLEAR, source=check.source.zh, looked_up_on=calendar_day(now)),
                seen=None,
                actor=actor,
                now=now,
            )


def minutes_for(offices: Offices, application: Application, now: datetime) -> Minutes | None:
    """The minutes of the office that has it, where its programme asks for them."""
    holder = application.holder
    procedure = offices.book.procedure(holder.tier)
    if procedure is not None and not procedure.minutes:
        return None
    return minutes(offices, application.round, holder, f"{holder.name}〔研〕{application.pk}号", now)


def decide(
    offices: Offices,
    application: Application,
    level: str,
    kind: str,
    now: datetime,
    *,
    on: Minutes | None,
    outcome: str = Outcome.GRANTED,
    reason: str = "",
) -> None:
    """Prepare and review; sign when there are minutes, or none are asked for."""
    holder = application.holder
    look_up(offices, application, now)
    decision = reviews.prepare(
        application=application,
        level=level,
        kind=kind,
        outcome=outcome,
        reason=reason,
        actor=offices.actor(holder),
        now=now,
    )
    if decision.needs_review:
        reviews.review(decision=decision, actor=offices.actor(holder, Role.REVIEWER), now=now)
    if on is not None or not decision.needs_minutes:
        reviews.sign(decision=decision, minutes=on, actor=offices.actor(holder, Role.SIGNATORY), now=now)


def decide_all(offices: Offices, application: Application, now: datetime, *, on: Minutes | None) -> None:
    """Grant every act on the application's way that is its holder's."""
    for act in offices.book.path(application.level):
        if act.tier == application.holder.tier:
            decide(offices, application, act.level, act.kind, now, on=on)


def report(offices: Offices, round: Round, authority: Authority, now: datetime) -> Report:
    """Draft, let finance countersign where the rulebook asks for it, send."""
    made = reviews.draft_report(round=round, authority=authority, actor=offices.actor(authority), now=now)
    rule = offices.book.report_from(authority.tier)
    if rule and rule.countersigned_by:
        reviews.countersign_online(
            report=made, actor=offices.actor(authority, Role.COUNTERSIGNER), now=now + timedelta(minutes=20)
        )
    reviews.send_report(
        report=made, actor=offices.actor(authority, Role.SIGNATORY), now=now + timedelta(minutes=40)
    )
    return made


def receive(offices: Offices, made: Report, now: datetime) -> None:
    """The office above receives."""
    reviews.receive(report=made, actor=offices.actor(made.recipient), now=now)


def publish(offices: Offices, round: Round, now: datetime) -> Notice:
    """The leading office publishes the proposed list."""
    return results.publish_notice(
        round=round, authority=offices.top, actor=offices.actor(offices.top, Role.SIGNATORY), now=now
    )


def announce(offices: Offices, notice: Notice, now: datetime) -> None:
    """The leading office announces what stands of the list."""
    results.announce(notice=notice, actor=offices.actor(offices.top, Role.SIGNATORY), now=now)


def disqualify(offices: Offices, application: Application, now: datetime) -> None:
    """The leading office strikes a proven fraud."""
    results.disqualify(
        application=application,
        reason="核查发现所附发票与税务记录不符，造假属实。",
        clause=offices.book.sanctions[0].clause[0],
        actor=offices.actor(offices.top, Role.SIGNATORY),
        now=now,
    )
