"""Decisions: prepared, reviewed, signed by three persons; a grant holds a place until it is revoked."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.permissions import not_shut_out
from xingyun.audit import Acting
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.states import Role
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_desk
from xingyun.reviews.models import Decision, Minutes
from xingyun.reviews.permissions import (
    clause_of,
    may_decide,
    may_grant,
    may_grant_checked,
    may_grant_ruled,
    may_review,
    may_revoke,
    may_sign,
    may_sign_on,
    may_take_up,
)
from xingyun.reviews.queries.look_ups import checked
from xingyun.reviews.queries.odd import unruled
from xingyun.reviews.queries.standing import Standing, standing
from xingyun.reviews.states import Outcome
from xingyun.rounds.actions import free_place, take_place
from xingyun.rounds.models import QuotaLine
from xingyun.rounds.queries import group_of
from xingyun.rulebook import Act

LONGEST, LONGEST_REVOCATION = 2000, 500


def prepare(
    *,
    application: Application,
    level: str,
    kind: str,
    outcome: str,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Decision:
    """Prepare one decision; a grant takes its place at once. Raises Refused when no place is left (三、2)."""
    may_decide(actor, application)
    reason = worded(outcome, reason)
    with transaction.atomic():
        held = hold(application)
        may_decide(actor, held)
        now_standing = standing(held)
        act = _act(now_standing, level, kind)
        may_take_up(now_standing, act)
        line = None
        if outcome == Outcome.GRANTED:
            not_shut_out(held.enterprise, held.round, now)
            may_grant(now_standing, act)
            may_grant_checked(now_standing, act, checked(now_standing))
            may_grant_ruled(now_standing, act, unruled(now_standing))
            line = _line(now_standing, act)
        decision = _create(now_standing, act, outcome, reason, line, actor, now)
        if line is not None:
            take_place(line=line)
        next_role = Role.REVIEWER if decision.needs_review else Role.SIGNATORY
        _tell(held, decision, next_role, _("有决定待办理"), now)
        _record(decision, "decision.prepared", actor, now)
    return decision


def review(*, decision: Decision, actor: Actor, now: datetime) -> None:
    """Review a prepared decision: another person stands by it."""
    with transaction.atomic():
        _refresh(decision)
        may_review(actor, decision)
        waiting = Decision.objects.filter(pk=decision.pk, revoked_at=None, reviewed_by=None)
        _expect_one(waiting.update(reviewed_by_id=actor.person, reviewed_at=now))
        decision.refresh_from_db(fields=("reviewed_by", "reviewed_at"))
        _tell(decision.application, decision, Role.SIGNATORY, _("有决定待签发"), now)
        _record(decision, "decision.reviewed", actor, now)


def sign(*, decision: Decision, minutes: Minutes | None = None, actor: Actor, now: datetime) -> None:
    """Sign a reviewed decision on the minutes of the meeting that took it."""
    with transaction.atomic():
        _refresh(decision)
        may_sign(actor, decision)
        may_sign_on(decision, minutes)
        if decision.outcome == Outcome.GRANTED:
            now_standing = standing(decision.application)
            act = _act(now_standing, decision.level, decision.kind)
            may_grant(now_standing, act, signed=True)
            may_grant_checked(now_standing, act, checked(now_standing))
            may_grant_ruled(now_standing, act, unruled(now_standing))
        waiting = Decision.objects.filter(pk=decision.pk, revoked_at=None, signed_by=None)
        _expect_one(waiting.update(signed_by_id=actor.person, signed_at=now, minutes=minutes))
        decision.refresh_from_db(fields=("signed_by", "signed_at", "minutes"))
        _tell(decision.application, decision, Role.PREPARER, _("决定已签发"), now)
        _record(decision, "decision.signed", actor, now, minutes=minutes.number if minutes else "")


def revoke(*, decision: Decision, reason: str, actor: Actor, now: datetime) -> None:
    """Revoke a decision that is not reported yet; its place is free again, and nothing fills it by itself."""
    reason = needed(reason, missing=_("请写明撤销的理由。"), most=LONGEST_REVOCATION)
    with transaction.atomic():
        _refresh(decision)
        may_revoke(actor, decision)
        _refuse_dependents(decision)
        _revoke(decision, reason, now)
        _tell(decision.application, decision, Role.PREPARER, _("决定已撤销，请重新办理"), now)
        _record(decision, "decision.revoked", actor, now)


def revoke_all(*, application: Application, reason: str, actor: Acting, now: datetime) -> int:
    """Revoke every live decision of an application that is struck, withdrawn or disqualified; how many.

    Part of the caller's transaction, which holds the application and tells why.
    """
    live = Decision.objects.filter(application=application, revoked_at=None)
    return _revoke_each(live, reason, actor, now)


def revoke_no_place(*, application: Application, reason: str, actor: Acting, now: datetime) -> int:
    """Revoke what says that the holder had no place left; how many. Part of the caller's transaction."""
    live = Decision.objects.filter(
        application=application,
        authority=application.holder_id,
        outcome=Outcome.NO_PLACE,
        revoked_at=None,
    )
    return _revoke_each(live, reason, actor, now)


def _revoke_each(live: QuerySet[Decision], reason: str, actor: Acting, now: datetime) -> int:
    found = list(live.select_related("quota_line", "application").order_by("quota_line_id", "pk"))
    for decision in found:
        _revoke(decision, reason, now)
        _record(decision, "decision.revoked", actor, now)
    return len(found)


def worded(outcome: str, reason: str) -> str:
    """The reason of a decision without blanks around it. Raises Refused with `field` where one is missing."""
    reason = reason.strip()
    if outcome not in Outcome.values:
        raise Refused(_("请选择结论：同意、名额所限，或未通过。"), field="outcome")
    if outcome != Outcome.GRANTED and not reason:
        raise Refused(_("“%s”须写明理由，申请企业会看到。") % Outcome(outcome).label, field="reason")
    if len(reason) > LONGEST:
        said = _("理由最多 %(limit)s 字，超出 %(over)s 字。")
        raise Refused(said % {"limit": LONGEST, "over": len(reason) - LONGEST}, field="reason")
    return reason


def _act(now_standing: Standing, level: str, kind: str) -> Act:
    for act in now_standing.own:
        if (act.level, act.kind) == (level, kind):
            return act
    raise Refused(_("这一级别不由本单位在这一步评定或推荐。"), field="level")


def _line(now_standing: Standing, act: Act) -> QuotaLine | None:
    """The line out of which a grant takes its place; None where the rulebook sets no limit."""
    if act.quota is None:
        return None
    quota = now_standing.rulebook.quota(act.quota)
    if not quota.is_limited:
        return None
    application = now_standing.application
    line = QuotaLine.objects.filter(
        programme=application.round.programme,
        authority=application.holder,
        year=application.round.year,
        group=group_of(application.round, quota, application.batch),
    ).first()
    if line is None:
        raise Refused(
            _("本单位的名录基数还没有发布，没有名额可用。请上级单位先发布基数。"),
            clause=clause_of(now_standing, act),
        )
    return line


def _create(
    now_standing: Standing,
    act: Act,
    outcome: str,
    reason: str,
    line: QuotaLine | None,
    actor: Actor,
    now: datetime,
) -> Decision:
    procedure = now_standing.rulebook.procedure(act.tier)
    try:
        with transaction.atomic():
            return Decision.objects.create(
                application=now_standing.application,
                authority=now_standing.application.holder,
                level=act.level,
                rank=now_standing.rulebook.level(act.level).rank,
                kind=act.kind,
                outcome=outcome,
                quota_line=line,
                reason=reason,
                prepared_by_id=actor.person,
                prepared_at=now,
                needs_review=procedure is None or "review" in procedure.steps,
                needs_minutes=procedure is None or procedure.minutes,
            )
    except IntegrityError as error:
        raise Conflict(_("同事刚刚就这一项作了决定。请刷新后再看。")) from error


def _refresh(decision: Decision) -> None:
    """The application is held first, then the decision is read as it is now."""
    decision.application = hold(decision.application)
    kept = decision.application
    decision.refresh_from_db()
    decision.application = kept


def _refuse_dependents(decision: Decision) -> None:
    """A grant that stands on this one must go first."""
    if decision.outcome != Outcome.GRANTED:
        return
    now_standing = standing(decision.application)
    for act in now_standing.own:
        other = now_standing.of(act)
        prior = now_standing.prior(act)
        stands_on = prior is not None and now_standing.of(prior) == decision
        if other is not None and other.pk != decision.pk and stands_on and other.outcome == Outcome.GRANTED:
            raise Refused(
                _("“%s”的决定以这一项为前提，请先撤销它。") % now_standing.rulebook.level(act.level).label
            )


def _revoke(decision: Decision, reason: str, now: datetime) -> None:
    live = Decision.objects.filter(pk=decision.pk, revoked_at=None)
    _expect_one(live.update(revoked_at=now, revocation=reason[:500]))
    if decision.quota_line is not None:
        free_place(line=decision.quota_line)


def _expect_one(changed: int) -> None:
    if changed != 1:
        raise Conflict(_("这项决定刚被同事处理过。请刷新后再看。"))


def _tell(application: Application, decision: Decision, role: str, subject: str, now: datetime) -> None:
    tell_desk(
        application=application,
        authority_id=decision.authority_id,
        roles=(role,),
        step=f"decision:{decision.pk}:{role}:{now.isoformat()}",
        subject=subject,
        now=now,
    )


def _record(decision: Decision, act: str, actor: Acting, now: datetime, minutes: str = "") -> None:
    body = {
        "decision": decision.pk,
        "level": decision.level,
        "kind": decision.kind,
        "outcome": decision.outcome,
        "quota": decision.quota_line.group if decision.quota_line else None,
        "reason": hashlib.sha256(decision.reason.encode()).hexdigest() if decision.reason else None,
    }
    if minutes:
        body["minutes"] = minutes
    audit.append(stream=decision.application.stream, act=act, actor=actor, body=body, now=now)
