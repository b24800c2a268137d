"""A round's rulebook is amended while it runs: applications are taken along, or left under what they have."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xingyun.applications.actions.promoting import promoted
from xingyun.applications.models import Application
from xingyun.applications.states import EDITABLE
from xingyun.audit import actions as audit
from xingyun.audit.actions import Draft
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.messages import actions as messages
from xingyun.registry.actors import SYSTEM, Actor
from xingyun.registry.queries import members_of_all
from xingyun.reviews.queries.amending import decided_of
from xingyun.reviews.states import RUNNING, follows
from xingyun.rounds.actions import move_fixed_windows
from xingyun.rounds.models import Amendment, Edition, Round
from xingyun.rounds.permissions import may_amend, may_lead
from xingyun.rounds.queries import amendments_due, rulebook_of
from xingyun.rounds.states import Scope, scopes

LONGEST = 1000
AT_ONCE = 200


def announce_amendment(
    *,
    round: Round,
    after: Edition,
    scope: str,
    reason: str,
    effective_on: date,
    seen: str,
    actor: Actor,
    now: datetime,
) -> Amendment:
    """Let an edition take the place of the round's own; today at once, else on its day.

    `seen` is the digest of the edition that the page compared with. Raises NotAllowed, Refused with `field`,
    and Conflict when a colleague amended in the same moment.
    """
    may_lead(actor, round.authority)
    reason = _reason(reason)
    today = calendar_day(now)
    try:
        with transaction.atomic():
            held = _held(round)
            if held.edition.digest != seen:
                raise Conflict(_("同事刚刚换了这个批次的规则。请重新比较以后再办。"))
            changes = may_amend(held, after, effective_on, today)
            kinds = tuple(dict.fromkeys(change.kind for change in changes))
            if scope not in scopes(kinds):
                raise Refused(_("这一版改了对企业的要求，只能用于还没有提交的申请。"), field="scope")
            made = Amendment.objects.create(
                round=held,
                before=held.edition,
                after=after,
                scope=scope,
                kinds=list(kinds),
                reason=reason,
                effective_on=effective_on,
                announced_by_id=actor.person,
                announced_at=now,
            )
            drafts = [Draft(held.stream, "amendment.announced", _body(made))]
            if effective_on <= today:
                drafts += _take_effect(made, held, now)
            else:
                _tell_before(made, held, now)
            audit.append_many(drafts=drafts, actor=actor, now=now)
    except IntegrityError as error:
        raise Conflict(_("这个批次已有一项修订等着起用。请先撤回它。")) from error
    round.refresh_from_db()
    return made


def withdraw_amendment(*, amendment: Amendment, reason: str, actor: Actor, now: datetime) -> None:
    """Take an announced amendment back before its day; whoever was told is told again."""
    may_lead(actor, amendment.round.authority)
    reason = _reason(reason)
    with transaction.atomic():
        held = _held(amendment.round)
        waiting = Amendment.objects.filter(pk=amendment.pk, effected_at=None, withdrawn_at=None)
        if waiting.update(withdrawn_at=now) != 1:
            raise Conflict(_("这项修订已经起用或者撤回，不能再撤回。"))
        _tell(
            _running(held),
            amendment,
            "withdrawn",
            _("规则修订已撤回"),
            _("原定%(day)s起用的第 %(n)s 版规则不用了，申请照现在的规则办。理由：%(reason)s"),
            now,
            reason=reason,
        )
        body = {"amendment": str(amendment.uid), "reason": _digest(reason)}
        audit.append(stream=held.stream, act="amendment.withdrawn", actor=actor, body=body, now=now)


def carry_out_amendments(*, now: datetime) -> int:
    """Let every announced amendment take effect whose day has come; how many did."""
    done = 0
    for waiting in amendments_due(calendar_day(now)):
        with transaction.atomic():
            held = _held(waiting.round)
            amendment = (
                Amendment.objects.filter(pk=waiting.pk, effected_at=None, withdrawn_at=None)
                .select_related("before", "after")
                .first()
            )
            if amendment is None:
                continue
            drafts = _take_effect(amendment, held, now)
            audit.append_many(drafts=drafts, actor=SYSTEM, now=now)
            done += 1
    return done


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(_("请写明理由，企业会看到。"), field="reason")
    if len(reason) > LONGEST:
        raise Refused(_("理由最多 %s 字。") % LONGEST, field="reason")
    return reason


def _held(round: Round) -> Round:
    """The round as it is now; whoever begins an application in it waits."""
    Round.objects.select_for_update(no_key=True).only("pk").get(pk=round.pk)
    rows = Round.objects.select_related("programme", "authority", "edition")
    return rows.defer("edition__source", "edition__contacts").get(pk=round.pk)


def _running(round: Round) -> list[Application]:
    """The round's applications that are not over, held, by id."""
    rows = Application.objects.filter(round=round, state__in=RUNNING).order_by("pk")
    return list(rows.select_for_update())


def _take_effect(amendment: Amendment, held: Round, now: datetime) -> list[Draft]:
    """Move the round and those that follow to the new edition; the entries to be recorded."""
    running = _running(held)
    decided = decided_of(held)
    follow = [
        a
        for a in running
        if a.edition_id == amendment.before_id and follows(amendment.scope, a.state, decided=a.pk in decided)
    ]
    carried = {a.pk for a in follow}
    stay = [a for a in running if a.pk not in carried]
    _repin(follow, amendment.after)
    Round.objects.filter(pk=held.pk).update(edition=amendment.after)
    move_fixed_windows(
        round=held,
        before=rulebook_of(amendment.before),
        after=rulebook_of(amendment.after),
        reason=amendment.reason,
        now=now,
    )
    counts = {"carried": dict(Counter(a.state for a in follow)), "left": dict(Counter(a.state for a in stay))}
    Amendment.objects.filter(pk=amendment.pk).update(effected_at=now, **counts)
    amendment.refresh_from_db()
    _tell_after(amendment, follow, stay, now)
    pins = {"from": amendment.before.digest, "to": amendment.after.digest, "amendment": str(amendment.uid)}
    moved = [Draft(a.stream, "application.carried_over", pins) for a in follow]
    return [*moved, Draft(held.stream, "amendment.effected", {**pins, **counts})]


def _repin(applications: Iterable[Application], after: Edition) -> None:
    """Under the new edition from now on. What was typed stays as it is; columns follow the new form."""
    rulebook = rulebook_of(after)
    drafts, others = [], []
    for application in applications:
        if application.state in EDITABLE:
            application.edition = after
            application.rev += 1
            for name, value in promoted(rulebook, application.answers).items():
                setattr(application, name, value)
            drafts.append(application)
        else:
            others.append(application.pk)
    columns = ("edition", "rev", "level", "deployments", "industry", "capital_fen")
    Application.objects.bulk_update(drafts, columns, batch_size=AT_ONCE)
    Application.objects.filter(pk__in=others).update(edition=after, rev=F("rev") + 1)


def _tell_before(amendment: Amendment, held: Round, now: datetime) -> None:
    said = _("%(day)s起用第 %(n)s 版规则，%(scope)s申请按新规则办，其余照旧。理由：%(reason)s")
    _tell(_running(held), amendment, "announced", _("规则将修订"), said, now)


def _tell_after(
    amendment: Amendment, follow: Iterable[Application], stay: Iterable[Application], now: datetime
) -> None:
    said = _("您的申请改按第 %(n)s 版规则办。已填的内容都在；已成册的请重新成册、盖章。理由：%(reason)s")
    handed_in = _("您的申请改按第 %(n)s 版规则办，您不用做什么。理由：%(reason)s")
    left = _("本批次换了第 %(n)s 版规则，您的申请不受影响，仍按原来的规则办。理由：%(reason)s")
    editing = [a for a in follow if a.state in EDITABLE]
    waiting = [a for a in follow if a.state not in EDITABLE]
    _tell(editing, amendment, "carried", _("规则已修订，请核对申请"), said, now)
    _tell(waiting, amendment, "carried-on", _("规则已修订"), handed_in, now)
    _tell(stay, amendment, "left", _("规则已修订"), left, now)


def _tell(
    applications: Iterable[Application],
    amendment: Amendment,
    step: str,
    subject: str,
    said: str,
    now: datetime,
    **more: str,
) -> None:
    """One message to each person of these enterprises, in a few queries however many they are."""
    day = amendment.effective_on
    values = {
        "n": amendment.after.number,
        "day": _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day},
        "scope": Scope(amendment.scope).label,
        "reason": amendment.reason,
    }
    messages.send(
        to=members_of_all(a.enterprise_id for a in applications),
        subject=subject,
        body=said % {**values, **more},
        dedupe_key=f"amendment:{amendment.uid}:{step}",
        link="/enterprise/",
        about=amendment.round.stream,
        now=now,
    )


def _body(amendment: Amendment) -> dict[str, object]:
    return {
        "amendment": str(amendment.uid),
        "from": amendment.before.digest,
        "to": amendment.after.digest,
        "scope": str(amendment.scope),
        "kinds": amendment.kinds,
        "effective_on": amendment.effective_on.isoformat(),
        "reason": _digest(amendment.reason),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
