"""Handing in, and taking back."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions import freezing
from xingyun.applications.actions.checking import have_checked
from xingyun.applications.actions.transitions import move
from xingyun.applications.models import Application, StampedScan, Submission
from xingyun.applications.queries.one import apply_stage, get, latest_submission
from xingyun.applications.queries.timing import grace
from xingyun.applications.queries.workspace import Workspace, workspace
from xingyun.applications.states import EDITABLE, State
from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.hashing import canonical
from xingyun.clock import ZONE, calendar_day
from xingyun.jobs import actions as jobs
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor
from xingyun.registry.queries import members_of
from xingyun.rounds.queries import batch_of, is_open, rulebook_of, taking, window
from xingyun.rulebook.findings import Finding

RECEIPT = "applications.receipt"


class Incomplete(Refused):
    """Something still stands in the way; `findings` are all of it, each with its clause and its place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0].say(get_language() or "")
        said = _("还有 %(n)d 项没有齐，没有提交；填的内容都在。第一项：%(first)s")
        clause = findings[0].clause
        super().__init__(said % {"n": len(findings), "first": first}, clause=clause.ref if clause else "")
        self.findings = tuple(findings)


def submit(*, application: Application, actor: Actor, now: datetime) -> Submission:
    """Hand in what is filled in. `now` is the moment at which the act began; windows are judged by it.

    Raises Incomplete, Refused (outside the window, correction overdue), Conflict (handed in already, or
    changed by somebody else in this very moment).
    """
    permissions.may_act_for(actor, application)
    current = get(actor, application.uid)
    if current.state not in EDITABLE:
        raise Conflict(_("这份申请%s，不用再提交。") % State(current.state).label)
    permissions.not_shut_out(current.enterprise, current.round, now)
    _in_time(current, now)
    space = workspace(current, now)
    if space.verdict.blocking:
        raise Incomplete(space.verdict.blocking)
    made = _hand_in(space, _scan(space), actor, now)
    application.refresh_from_db(fields=["state", "rev", "submitted_at", "unlocked", "due"])
    return made


def withdraw(*, application: Application, reason: str, actor: Actor, now: datetime) -> None:
    """Take the application back before it is accepted. Another may be begun in its place."""
    permissions.may_withdraw(actor, application)
    move(application=application, to=State.WITHDRAWN, actor=actor, now=now, reason=reason.strip()[:2000])


def _in_time(application: Application, now: datetime) -> None:
    rulebook = rulebook_of(application.edition)
    stage = apply_stage(rulebook)
    if is_open(application.round, application.authority, stage, now):
        return
    clause = rulebook.window(stage).clause[0]
    if application.state == State.RETURNED:
        _correction_in_time(application, now, clause)
        return
    dates = taking(window(application.round, application.authority, stage), rulebook, calendar_day(now))
    if dates is None:
        said = _("%s还没有公布填报时间，暂时不能提交；填的内容都在。") % application.authority.name
    elif grace(application, dates.closes, now):
        return
    elif now < dates.opens:
        said = _("%s才开始受理，暂时不能提交；填的内容都在。") % _moment(dates.opens)
    else:
        said = _("填报已于%s截止，不能再提交；填的内容都在。") % _moment(dates.closes)
    raise Refused(said, clause=clause)


def _correction_in_time(application: Application, now: datetime, clause: str) -> None:
    """The first submission was timely, so a correction is until it is due."""
    if application.due is None or now >= application.due:
        due = _moment(application.due) if application.due else _("填报截止")
        raise Refused(_("补正已于%s到期，不能再提交；填的内容都在。") % due, clause=clause)


def _moment(at: datetime) -> str:
    local = at.astimezone(ZONE)
    return _("%(month)d月%(day)d日 %(time)s") % {
        "month": local.month,
        "day": local.day,
        "time": f"{local:%H:%M:%S}",
    }


def _scan(space: Workspace) -> StampedScan:
    """The rulebook may ask for no sealed print; the register always keeps one."""
    if space.scan is None:
        raise Refused(_("申请表还没有盖章上传。全部填好后成册、打印、盖章，再扫描上传。"), field="scan")
    return space.scan


def _hand_in(space: Workspace, scan: StampedScan, actor: Actor, now: datetime) -> Submission:
    application = space.application
    facts, manifest = freezing.facts(space), freezing.manifest(space, scan)
    digest = hashlib.sha256(canonical({"facts": facts, "manifest": manifest}).encode()).hexdigest()
    with transaction.atomic():
        before = latest_submission(application)
        version = before.version + 1 if before else 1
        _tell(application, version, now)
        have_checked(application=application, now=now)
        change = move(
            application=application,
            to=State.SUBMITTED,
            actor=actor,
            now=now,
            body={"version": version, "digest": digest, "scan": scan.file.sha256},
            rev=application.rev,
            submitted_at=now,
            spend_fen=space.ledger.counted_fen,
            domains=len(space.claims),
            # A correction stays in the batch of the first submission.
            batch=application.batch if before else batch_of(application.round, now) or "",
        )
        return Submission.objects.create(
            application=application,
            version=version,
            facts=facts,
            manifest=manifest,
            digest=digest,
            booklet=scan.booklet,
            scan=scan.file,
            submitted_by_id=actor.person,
            submitted_at=now,
            entry_hash=change.entry_hash,
        )


def _tell(application: Application, version: int, now: datetime) -> None:
    key = f"{application.uid}:{version}"
    messages.send(
        to=members_of(application.enterprise_id),
        subject=_("申请已提交"),
        body=_("%(number)s 已于%(at)s提交%(office)s。回执稍后可以下载。")
        % {"number": application.number, "at": _moment(now), "office": application.authority.name},
        dedupe_key=f"submitted:{key}",
        link=f"/enterprise/applications/{application.uid}/",
        about=application.stream,
        now=now,
    )
    payload = {"application": application.pk, "version": version}
    jobs.enqueue(kind=RECEIPT, key=key, payload=payload, now=now)
