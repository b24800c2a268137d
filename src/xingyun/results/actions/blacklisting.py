"""The blacklist: notice beforehand, statement and defence, decision by another, an end before its term."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.clock import ZONE, calendar_day
from xingyun.files.models import File
from xingyun.messages import actions as messages
from xingyun.registry import actions as registry
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise, Provider
from xingyun.registry.queries import members_of
from xingyun.registry.states import Role
from xingyun.results.models import SanctionCase
from xingyun.results.permissions import may_blacklist, may_decide_case
from xingyun.reviews.actions.reasons import needed
from xingyun.rounds.models import Programme, Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import months
from xingyun.rulebook.engine.sanctions import shut_out_until
from xingyun.rulebook.schema.programme import Sanction as Rule

LEAST_DAYS = 3
FACTS, STATEMENT, OUTCOME = 2000, 2000, 1000


def give_notice(
    *,
    round: Round,
    authority: Authority,
    rule: str,
    subject: Enterprise | Provider,
    programmes: Iterable[str],
    facts: str,
    proof: File,
    due: datetime,
    actor: Actor,
    now: datetime,
) -> SanctionCase:
    """Tell whom it concerns what is held against it, with the proof, and hear it until `due`.

    An applicant would be shut out of the round's own programme; a provider of the `programmes` named, as an
    applicant of its own, and of no other: its customers are not touched. Raises Refused with `field`.
    """
    may_blacklist(actor, authority, round)
    known = _rule(round, rule, subject)
    facts = needed(facts, missing=_("请写明查明的事实和依据。"), most=FACTS, field="facts")
    if due < now + timedelta(days=LEAST_DAYS):
        raise Refused(_("陈述申辩的时间不能少于 %s 天。") % LEAST_DAYS, field="due")
    keys = [round.programme.key] if isinstance(subject, Enterprise) else sorted(set(programmes))
    if Programme.objects.filter(key__in=keys).count() != len(keys):
        raise Refused(_("请选不得申报的项目。"), field="programmes")
    try:
        with transaction.atomic():
            made = SanctionCase.objects.create(
                round=round,
                authority=authority,
                rule=known.key,
                enterprise=subject if isinstance(subject, Enterprise) else None,
                provider=subject if isinstance(subject, Provider) else None,
                programmes=keys,
                facts=facts,
                proof=proof,
                noticed_by_id=actor.person,
                noticed_at=now,
                due=due,
            )
            # The facts may name people: they are read behind the door, not in a mail.
            said = _("拟依据〔%(clause)s〕处理。事实和证明请登录查看，您可以在 %(due)s 前陈述、申辩。")
            local = due.astimezone(ZONE)
            values = {"clause": known.clause[0], "due": f"{local:%Y-%m-%d %H:%M}"}
            _tell(made, "noticed", _("拟列入黑名单告知"), said % values, now)
            _record(made, "blacklist.noticed", actor, now, proof=proof.sha256)
    except IntegrityError as error:
        raise Conflict(_("对这一家已经告知过，还没有处理。请刷新页面查看。")) from error
    return made


def state_defence(*, case: SanctionCase, text: str, file: File | None, actor: Actor, now: datetime) -> None:
    """What the other side says: an applicant's own people before `due`; for a provider the office enters it.

    Said once. Raises NotAllowed, Refused after the day, Conflict where it was said or decided.
    """
    own = case.enterprise_id is not None and actor.acts_for(case.enterprise_id)
    if not own:
        if case.enterprise_id is not None:
            raise NotAllowed(_("没有找到这份告知。"))
        may_blacklist(actor, case.authority, case.round)
    if own and now >= case.due:
        raise Refused(_("陈述申辩的时间已过。"))
    text = needed(text, missing=_("请写明陈述、申辩的内容。"), most=STATEMENT, field="text")
    with transaction.atomic():
        open_ = SanctionCase.objects.filter(pk=case.pk, stated_at=None, decided_at=None)
        if not open_.update(statement=text, statement_file=file, stated_at=now):
            raise Conflict(_("已经陈述过，或者已经作出决定。请刷新页面查看。"))
        _record(case, "blacklist.stated", actor, now, file=file.sha256 if file else None)


def decide_case(*, case: SanctionCase, listed: bool, outcome: str, actor: Actor, now: datetime) -> None:
    """Put it on the blacklist at once for the rulebook's term, or let it be; by a signatory, another person.

    After the statement, or once its time is over.
    """
    may_decide_case(actor, case)
    if case.stated_at is None and now < case.due:
        raise Refused(_("陈述申辩的时间还没有过，对方也还没有陈述。"))
    outcome = needed(
        outcome, missing=_("请写明决定的理由，包括是否采纳申辩。"), most=OUTCOME, field="outcome"
    )
    rule = _rule(case.round, case.rule, case.subject)
    today = calendar_day(now)
    with transaction.atomic():
        open_ = SanctionCase.objects.filter(pk=case.pk, decided_at=None)
        if not open_.update(outcome=outcome, decided_by_id=actor.person, decided_at=now):
            raise Conflict(_("这一件刚刚已经作出决定。请刷新页面查看。"))
        if listed:
            last = shut_out_until(rule, today)
            made = registry.sanction(
                subject=case.subject,
                scope=rule.shut_out_of[:80],
                valid_from=today,
                valid_to=None if last is None else months.next_day(last),
                reason=outcome[:500],
                proof=case.proof,
                actor=actor,
                now=now,
                programmes=case.programmes,
            )
            SanctionCase.objects.filter(pk=case.pk).update(sanction=made)
        said = _("已决定列入黑名单：%s") if listed else _("决定不列入黑名单：%s")
        _tell(case, "decided", _("黑名单处理决定"), said % outcome, now)
        _record(case, "blacklist.decided", actor, now, listed=listed)


def lift_case(*, case: SanctionCase, reason: str, actor: Actor, now: datetime) -> None:
    """Take it off the blacklist before its term, with the reason; at once. A signatory of the office does."""
    if not actor.holds(Role.SIGNATORY, case.authority_id):
        raise NotAllowed(_("没有找到，或者不归您办理。"))
    reason = needed(reason, missing=_("请写明移出的理由。"), most=OUTCOME)
    if case.sanction is None:
        raise Refused(_("这一件没有列入黑名单。"))
    with transaction.atomic():
        if not SanctionCase.objects.filter(pk=case.pk, lifted_at=None).update(
            lifting=reason, lifted_by_id=actor.person, lifted_at=now
        ) or not registry.lift_sanction(sanction=case.sanction, actor=actor, now=now):
            raise Conflict(_("已经移出黑名单，或者期限已满。"))
        _tell(case, "lifted", _("已移出黑名单"), _("已移出黑名单：%s") % reason, now)
        _record(case, "blacklist.lifted", actor, now)


def _rule(round: Round, key: str, subject: Enterprise | Provider) -> Rule:
    kind = "applicant" if isinstance(subject, Enterprise) else "provider"
    rules = rulebook_of(round.edition).sanctions
    found = next((rule for rule in rules if rule.key == key and rule.subject == kind), None)
    if found is None:
        raise Refused(_("请选所依据的处理。"), field="rule")
    return found


def _tell(case: SanctionCase, step: str, subject: str, body: str, now: datetime) -> None:
    """An applicant's people are told; a provider has no account here and gets the paper."""
    if case.enterprise_id is None:
        return
    messages.send(
        to=members_of(case.enterprise_id),
        subject=subject,
        body=body,
        link=f"/enterprise/blacklist/{case.uid}/",
        about=f"sanction-case:{case.uid}",
        dedupe_key=f"sanction-case:{case.uid}:{step}",
        now=now,
        office=case.authority_id,
    )


def _record(case: SanctionCase, act: str, actor: Actor, now: datetime, **more: object) -> None:
    body = {"case": str(case.uid), "rule": case.rule, "uscc": case.subject.uscc, **more}
    stream = f"authority:{case.authority.key}"
    audit.append(stream=stream, act=act, actor=actor, body=body, now=now)
