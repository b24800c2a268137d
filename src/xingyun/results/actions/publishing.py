"""The proposed list, laid open to objections."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.papers import actions as papers
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.results.models import Notice, NoticeLine
from xingyun.results.permissions import may_publish
from xingyun.results.queries import sheets
from xingyun.results.queries.periods import Period, period
from xingyun.reviews.actions.holding import hold_all
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.models import Decision
from xingyun.reviews.queries import reporting
from xingyun.reviews.queries.sheets import moment, why_not
from xingyun.reviews.queries.standing import Standing, standings
from xingyun.reviews.states import AT_WORK
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

Proposed = list[tuple[Standing, Decision]]


def publish_notice(*, round: Round, authority: Authority, actor: Actor, now: datetime) -> Notice:
    """Publish what was decided: the highest level granted to each; the rest ends here with its reasons.

    Raises Refused while anything is undecided or unsigned.
    """
    may_publish(actor, authority, round)
    ready, undecided = reporting.split(authority, round)
    _refuse_undecided(undecided)
    proposed = _proposed(ready)
    if not proposed:
        raise Refused(_("没有可以公示的名单：还没有签发的评定结果。"))
    rulebook = rulebook_of(round.edition)
    span = period(rulebook, now)
    rows = [(standing.application, award.level) for standing, award in proposed]
    today = calendar_day(now)
    data = sheets.public_notice(round.year, authority, rulebook, rows, span, today)
    sheet = papers.typeset(template="public_notice", data=data, edition=round.edition, now=now)
    try:
        with transaction.atomic():
            _refuse_changed(authority, round, ready)
            notice = _create(round, authority, span, sheet, actor, now)
            _propose(notice, proposed, actor, now)
            _end(ready, actor, now)
            body = {"round": str(round.uid), "seq": notice.seq, "lines": len(proposed)}
            audit.append(stream=notice.stream, act="notice.published", actor=actor, body=body, now=now)
    except IntegrityError as error:
        raise Conflict(_("同事刚刚发布了公示。请刷新后再看。")) from error
    return notice


def _proposed(ready: list[Standing]) -> Proposed:
    found = [(standing, standing.award) for standing in ready]
    named = [(standing, award) for standing, award in found if award is not None]
    return sorted(named, key=lambda pair: (-pair[1].rank, pair[0].application.number))


def _refuse_undecided(undecided: list[Standing]) -> None:
    if undecided:
        numbers = "、".join(s.application.number for s in undecided[:5])
        said = _("还有 %(count)s 份申请没有评定或没有签发：%(numbers)s。全部签发后才能公示。")
        raise Refused(said % {"count": len(undecided), "numbers": numbers})


def _refuse_changed(authority: Authority, round: Round, ready: list[Standing]) -> None:
    """Nothing was decided or revoked while the paper was set."""
    held = hold_all(s.application.pk for s in ready)
    again = standings(a for a in held if a.state in AT_WORK)
    _now_ready, undecided = reporting.split(authority, round)
    if undecided or reporting.line_keys(again.values()) != reporting.line_keys(ready):
        raise Conflict(_("发布时评定有变化。请重新发布。"))


def _create(
    round: Round, authority: Authority, span: Period, sheet: papers.Sheet, actor: Actor, now: datetime
) -> Notice:
    uid = uuid.uuid4()
    last = Notice.objects.filter(round=round).aggregate(last=Max("seq"))["last"] or 0
    paper = papers.record(sheet=sheet, kind="public_notice", about=f"notice:{uid}", actor=actor, now=now)
    return Notice.objects.create(
        uid=uid,
        round=round,
        authority=authority,
        seq=last + 1,
        opens=span.opens,
        closes=span.closes,
        paper=paper,
        published_by_id=actor.person,
        published_at=now,
    )


def _propose(notice: Notice, proposed: Proposed, actor: Actor, now: datetime) -> None:
    NoticeLine.objects.bulk_create(
        [
            NoticeLine(notice=notice, application=s.application, level=award.level, rank=award.rank)
            for s, award in proposed
        ]
    )
    for standing, _award in sorted(proposed, key=lambda pair: pair[0].application.pk):
        _tell_proposed(standing.application, notice, now)
        transitions.move(application=standing.application, to=State.PROPOSED, actor=actor, now=now)


def _tell_proposed(application: Application, notice: Notice, now: datetime) -> None:
    tell_applicant(
        application=application,
        step=f"proposed:{notice.uid}",
        subject=_("已列入拟认定名单公示"),
        body=_("%(number)s 正在公示，公示到 %(end)s。")
        % {"number": application.number, "end": moment(notice.closes)},
        now=now,
    )


def _end(ready: list[Standing], actor: Actor, now: datetime) -> None:
    for standing in (s for s in ready if s.award is None):
        application, reason = standing.application, why_not(standing)
        tell_applicant(
            application=application,
            step="not_awarded",
            subject=_("申请未获认定"),
            body=_("%(number)s 本次未获认定：%(reason)s") % {"number": application.number, "reason": reason},
            now=now,
        )
        transitions.move(application=application, to=State.NOT_AWARDED, actor=actor, now=now, reason=reason)
