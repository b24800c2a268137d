"""Objections: anybody may raise one while the notice runs; the publishing office decides it."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.states import State
from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.files.models import File
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor
from xingyun.registry.queries import people_of
from xingyun.registry.states import Role
from xingyun.results.models import Announcement, Notice, NoticeLine, Objection
from xingyun.results.permissions import may_lead
from xingyun.results.states import ObjectionState
from xingyun.reviews.actions import revoke_all
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.queries.sheets import moment
from xingyun.rounds.queries import rulebook_of

# Without signs that are taken for one another; 16 of 30 make 78 bits: not to be guessed.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LIMITS = {"name": 80, "contact": 120, "text": 4000}


def raise_objection(
    *,
    line: NoticeLine,
    name: str,
    contact: str,
    channel: str,
    text: str,
    actor: Actor,
    now: datetime,
    file: File | None = None,
) -> Objection:
    """Take an objection to a proposed title and give its receipt.

    While the notice runs anybody may raise one; what came in time by other ways the office enters until
    the announcement. Who objects is seen by the publishing office alone.
    """
    said = {"name": name.strip(), "contact": contact.strip(), "text": text.strip()}
    with transaction.atomic():
        notice = hold_notice(line.notice)
        _refuse_outside(notice, actor, now)
        _check(notice, channel, said)
        if NoticeLine.objects.filter(pk=line.pk, struck_at=None).first() is None:
            raise Refused(_("这家企业已不在公示名单上，不用再提。"))
        made = Objection.objects.create(
            receipt=_receipt(), line=line, channel=channel, file=file, received_at=now, **said
        )
        _tell_office(notice, made, now)
        body = {"objection": str(made.uid), "line": line.pk, "channel": channel}
        audit.append(
            stream=notice.stream, act="objection.received", actor=_unnamed(actor), body=body, now=now
        )
    return made


def decide_objection(
    *, objection: Objection, upheld: bool, outcome: str, actor: Actor, now: datetime
) -> None:
    """Decide an objection, with what was found. One that is upheld strikes the name and frees its places."""
    outcome = outcome.strip()
    if not outcome:
        raise Refused(_("请写明核实情况和处理结果。"), field="outcome")
    with transaction.atomic():
        notice = hold_notice(objection.line.notice)
        may_lead(actor, notice)
        changed = Objection.objects.filter(pk=objection.pk, state=ObjectionState.RECEIVED).update(
            state=ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED,
            outcome=outcome[:2000],
            decided_by_id=actor.person,
            decided_at=now,
        )
        if changed != 1:
            raise Conflict(_("这件异议已经处理过。请刷新后再看。"))
        if upheld:
            _strike(objection.line, outcome, actor, now)
        body = {"objection": str(objection.uid), "upheld": upheld}
        audit.append(stream=notice.stream, act="objection.decided", actor=actor, body=body, now=now)
    objection.refresh_from_db()


def hold_notice(notice: Notice) -> Notice:
    """The notice, held: objections and the announcement go one after another."""
    known = Notice.objects.select_related("round__edition", "authority")
    return known.select_for_update(of=("self",)).get(pk=notice.pk)


def _strike(line: NoticeLine, reason: str, actor: Actor, now: datetime) -> None:
    if not NoticeLine.objects.filter(pk=line.pk, struck_at=None).update(struck_at=now, reason=reason[:1000]):
        return
    application = hold(line.application)
    if application.state != State.PROPOSED:
        return
    revoke_all(application=application, reason=_("公示期间的异议成立"), actor=actor, now=now)
    tell_applicant(
        application=application,
        step="struck",
        subject=_("未获认定：公示期间的异议成立"),
        body=_("%(number)s 经核实未获认定：%(reason)s") % {"number": application.number, "reason": reason},
        now=now,
    )
    transitions.move(
        application=application, to=State.NOT_AWARDED, actor=actor, now=now, reason=reason[:2000]
    )


def _refuse_outside(notice: Notice, actor: Actor, now: datetime) -> None:
    if Announcement.objects.filter(notice=notice).exists():
        raise Refused(_("结果已经公布。对结果有意见，请联系公示单位。"))
    entered_by_office = actor.serves(notice.authority_id) and now >= notice.opens
    if not (notice.opens <= now < notice.closes or entered_by_office):
        raise Refused(_("公示到 %s 为止，现在不能再提交。") % moment(notice.closes))


def _check(notice: Notice, channel: str, said: dict[str, str]) -> None:
    if channel not in {c.key for c in rulebook_of(notice.round.edition).notice.channels}:
        raise Refused(_("请选择提出的方式。"), field="channel")
    missing = {
        "name": _("请填写姓名或单位名称；只有办理单位能看到。"),
        "contact": _("请填写联系方式，以便告知结果；只有办理单位能看到。"),
        "text": _("请写明事实和理由。"),
    }
    for field, value in said.items():
        if not value:
            raise Refused(missing[field], field=field)
        if len(value) > LIMITS[field]:
            over = len(value) - LIMITS[field]
            raise Refused(
                _("最多 %(limit)s 字，超出 %(over)s 字。") % {"limit": LIMITS[field], "over": over},
                field=field,
            )


def _receipt() -> str:
    signs = "".join(secrets.choice(SIGNS) for _n in range(16))
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _unnamed(actor: Actor) -> Acting:
    """Whoever objects stays out of the record, signed in or not."""
    return Actor(user_id=None, label="") if not actor.seats else actor


def _tell_office(notice: Notice, objection: Objection, now: datetime) -> None:
    messages.send(
        to=people_of(notice.authority_id, Role.PREPARER, Role.REVIEWER, Role.SIGNATORY),
        subject=_("收到公示异议"),
        body=_("请核实并在公布前作出处理。"),
        link=f"/officials/objections/{objection.uid}/",
        about=notice.stream,
        dedupe_key=f"objection:{objection.uid}",
        now=now,
    )
