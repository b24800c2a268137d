"""The announcement: titles, and a certificate for each."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.clock import calendar_day
from xingyun.jobs import actions as jobs
from xingyun.papers import actions as papers
from xingyun.papers.queries.numbers import Numbers, refuse_foreign, series
from xingyun.registry import actions as registry
from xingyun.registry.actors import Actor
from xingyun.registry.models import Title
from xingyun.registry.queries import shut_out_of
from xingyun.results.actions.counting import ask_for_statistics
from xingyun.results.actions.objecting import hold_notice
from xingyun.results.models import Announcement, Award, Notice, Objection
from xingyun.results.permissions import may_lead
from xingyun.results.queries import sheets
from xingyun.results.queries.standing_lines import Awarded, standing_lines
from xingyun.results.states import ObjectionState
from xingyun.reviews.actions.holding import hold_all
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.permissions import say
from xingyun.reviews.queries.repeating import Unasked, unasked
from xingyun.reviews.queries.sheets import moment
from xingyun.rounds.models import Programme
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import months
from xingyun.rulebook.engine.titles import term_end

CERTIFICATE = "results.certificate"
# So many enterprises are named where an announcement waits for them.
NAMED = 10


def announce(*, notice: Notice, actor: Actor, now: datetime, number: str = "") -> Announcement:
    """Announce the lines that stand, once the notice has ended and every objection is decided.

    `number` is typed only by an office that numbers its papers elsewhere.
    """
    may_lead(actor, notice)
    _refuse_early(notice, now)
    awarded = standing_lines(notice)
    if not awarded:
        raise Refused(_("公示名单上没有可以公布的企业。"))
    _refuse_unasked(awarded, now)
    _refuse_blacklisted(notice, awarded, now)
    refuse_foreign(number, series(notice.authority))
    return papers.in_turn(
        lambda numbers: _with_number(notice, awarded, numbers, number, actor, now),
        authority=notice.authority,
        about=notice.stream,
        kinds=("announcement",),
        now=now,
    )


def _with_number(
    notice: Notice, awarded: Awarded, numbers: Numbers, typed: str, actor: Actor, now: datetime
) -> Announcement:
    edition, today = notice.round.edition, calendar_day(now)
    number = numbers.get("announcement", typed)
    data = sheets.announcement(
        notice.round.year, notice.authority, rulebook_of(edition), awarded, number, today
    )
    sheet = papers.typeset(template="announcement", data=data, edition=edition, now=now)
    try:
        with transaction.atomic():
            made = _announce(notice, sheet, awarded, number, actor, now)
            papers.take_numbers(authority=notice.authority, about=notice.stream, numbers=numbers, now=now)
            return made
    except IntegrityError as error:
        raise Conflict(_("同事刚刚公布了结果，或文号已经用过。请刷新后再看。")) from error


def _announce(
    notice: Notice, sheet: papers.Sheet, awarded: Awarded, number: str, actor: Actor, now: datetime
) -> Announcement:
    held = hold_notice(notice)
    _refuse_early(held, now)
    if _keys(standing_lines(held)) != _keys(awarded):
        raise Conflict(_("名单刚有变化。请重新公布。"))
    _refuse_unasked(awarded, now)
    _refuse_blacklisted(held, awarded, now)
    uid = uuid.uuid4()
    paper = papers.record(
        sheet=sheet, kind="announcement", about=notice.stream, actor=actor, now=now, number=number
    )
    made = Announcement.objects.create(
        uid=uid, notice=held, paper=paper, announced_by_id=actor.person, announced_at=now
    )
    _award_all(made, awarded, actor, now)
    ask_for_statistics(round_id=held.round_id, now=now)
    body = {"announcement": str(uid), "titles": len(awarded)}
    audit.append(stream=notice.stream, act="results.announced", actor=actor, body=body, now=now)
    return made


def _award_all(made: Announcement, awarded: Awarded, actor: Actor, now: datetime) -> None:
    # Held until the commit: two rounds of a programme never give out the same serial number.
    programme = Programme.objects.select_for_update().get(pk=made.notice.round.programme_id)
    levels = {application.pk: level for application, level in awarded}
    given = Title.objects.filter(programme=programme.key, year=made.notice.round.year).count()
    for n, application in enumerate(hold_all(levels), start=given + 1):
        serial = f"{programme.key[:28]}-{made.notice.round.year}-{n:05d}"
        title = _grant(application, levels[application.pk], serial, actor, now)
        award = Award.objects.create(application=application, title=title, announcement=made)
        jobs.enqueue(kind=CERTIFICATE, key=str(award.pk), payload={"award": award.pk}, now=now)
        _tell(application, serial, now)
        transitions.move(
            application=application, to=State.AWARDED, actor=actor, now=now, body={"serial": serial}
        )


def _grant(application: Application, level: str, serial: str, actor: Actor, now: datetime) -> Title:
    """A title of the same year is superseded by the one won later in it."""
    rulebook = rulebook_of(application.edition)
    today = calendar_day(now)
    earlier = Title.objects.filter(
        enterprise=application.enterprise,
        programme=application.round.programme.key,
        year=application.round.year,
        revoked_at=None,
    )
    for title in earlier.select_related("enterprise"):
        registry.revoke_title(title=title, actor=actor, now=now)
    return registry.grant_title(
        enterprise=application.enterprise,
        programme=application.round.programme.key,
        level=level,
        rank=rulebook.level(level).rank,
        year=application.round.year,
        valid_from=today,
        valid_to=_first_day_without(term_end(rulebook.titles, today, level=level)),
        serial=serial,
        actor=actor,
        now=now,
    )


def _first_day_without(last: date | None) -> date | None:
    return None if last is None else months.next_day(last)


def _keys(awarded: Awarded) -> list[tuple[int, str]]:
    return [(application.pk, level) for application, level in awarded]


def _refuse_early(notice: Notice, now: datetime) -> None:
    clause = rulebook_of(notice.round.edition).notice.clause[0]
    if now < notice.closes:
        raise Refused(_("公示到 %s 才结束，结束后才能公布。") % moment(notice.closes), clause=clause)
    waiting = Objection.objects.filter(line__notice=notice, state=ObjectionState.RECEIVED).count()
    if waiting:
        raise Refused(_("还有 %s 件异议没有处理，处理后才能公布。") % waiting, clause=clause)
    if Announcement.objects.filter(notice=notice).exists():
        raise Refused(_("这份公示的结果已经公布。"))


def _refuse_unasked(awarded: Awarded, now: datetime) -> None:
    """What the rulebook wants looked up once more was, and nobody proposed turned out to be listed."""
    open_ = unasked(awarded, calendar_day(now))
    for listed, said in (
        (False, _("公布前要重新核查，还没有新的答复：%s。请到“外部核查”登记后再公布。")),
        (True, _("公布前重新核查时查到记录：%s。请先取消资格或更正登记，再公布。")),
    ):
        some = [one for one in open_ if one.listed == listed]
        if some:
            raise Refused(said % in_words(some), clause=some[0].rule.clause[0])


def _refuse_blacklisted(notice: Notice, awarded: Awarded, now: datetime) -> None:
    """Whoever was put on the blacklist since the list was published is disqualified first."""
    codes = {application.enterprise.uscc: application for application, _level in awarded}
    found = shut_out_of(codes, notice.round.programme.key, calendar_day(now))
    if found:
        names = "、".join(codes[code].enterprise.name for code in sorted(found)[:NAMED])
        raise Refused(_("名单上有已列入黑名单的：%s。请先取消资格，再公布。") % names)


def in_words(open_: list[Unasked]) -> str:
    """The enterprises with the checks that they wait for; beyond ten, how many more."""
    checks: dict[str, list[str]] = {}
    for one in open_:
        checks.setdefault(one.application.enterprise.name, []).append(say(one.rule.name))
    named = [f"{name}（{'、'.join(rules)}）" for name, rules in list(checks.items())[:NAMED]]
    more = len(checks) - len(named)
    return "；".join(named) + (_("，等 %s 家") % len(checks) if more else "")


def _tell(application: Application, serial: str, now: datetime) -> None:
    tell_applicant(
        application=application,
        step="awarded",
        subject=_("已获认定"),
        body=_("%(number)s 已获认定，证书编号 %(serial)s。证书做好后可以在申请页下载。")
        % {"number": application.number, "serial": serial},
        now=now,
    )
