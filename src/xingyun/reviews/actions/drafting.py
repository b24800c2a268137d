"""Drafting the joint report with its summary table, and drafting it anew."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.papers import actions as papers
from xingyun.papers.actions.numbering import NumberMovedError
from xingyun.papers.queries.numbers import Numbers
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews.actions.holding import hold_all
from xingyun.reviews.actions.telling import tell_report
from xingyun.reviews.models import Report, ReportLine
from xingyun.reviews.permissions import seated
from xingyun.reviews.queries import content, letters, reporting, sheets, summary
from xingyun.reviews.queries.order import points_of
from xingyun.reviews.queries.reporting import PLAIN_TABLE
from xingyun.reviews.states import ReportState
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of

TABLE = "summary_table"


def draft_report(*, round: Round, authority: Authority, actor: Actor, now: datetime) -> Report:
    """Draft the report of everything that is settled and not reported yet, with its papers.

    Where a report was returned, the next one supersedes it: what was not given back is carried over. A
    draft in hand is made anew under the same number; a countersigned one must be sent back first. What is
    still undecided is left for a supplementary report (see `report_page`).
    """
    seated(actor, Role.PREPARER, authority.pk)
    report = _start(round, authority, actor, now)
    said = content.content(authority, round, report.supersedes, now)
    if not said.keys:
        raise Refused(_("还没有可以上报的决定：决定要签发以后才能上报。"))
    kinds = ("report", *letters.letters_of(report, said.rows))
    return papers.in_turn(
        lambda numbers: _drafted(report, said, numbers, actor, now),
        authority=authority,
        about=report.stream,
        kinds=kinds,
        now=now,
    )


def _drafted(report: Report, said: content.Content, numbers: Numbers, actor: Actor, now: datetime) -> Report:
    made = _typeset(report, said, numbers, now)
    new = report.pk is None
    try:
        with transaction.atomic():
            _keep(report, said, actor, now)
            papers.take_numbers(authority=report.authority, about=report.stream, numbers=numbers, now=now)
            _issue(report, made, numbers, actor, now)
            _tell(report, now)
            audit.append(
                stream=report.stream, act="report.drafted", actor=actor, body=_body(report, said), now=now
            )
    except IntegrityError as error:
        raise Conflict(_("同事刚刚起草了报告。请刷新后再看。")) from error
    except NumberMovedError:
        # Undone with its transaction: a new draft is no row yet.
        report.pk = None if new else report.pk
        raise
    return report


def _start(round: Round, authority: Authority, actor: Actor, now: datetime) -> Report:
    if rulebook_of(round.edition).report_from(authority.tier) is None or authority.parent is None:
        raise Refused(_("按本轮规则，本级不需要上报。"))
    found = reporting.in_hand(authority, round)
    if found is not None and found.state != ReportState.DRAFT:
        raise Refused(_("已会签的报告要先退回起草，才能重新生成。"))
    if found is not None:
        found.prepared_by_id, found.prepared_at = actor.person, now
        found.supersedes = found.supersedes or content.to_mend(authority, round)
        return found
    last = Report.objects.filter(round=round, authority=authority).aggregate(last=Max("seq"))["last"] or 0
    return Report(
        uid=uuid.uuid4(),
        round=round,
        authority=authority,
        recipient=authority.parent,
        seq=last + 1,
        supersedes=content.to_mend(authority, round),
        prepared_by_id=actor.person,
        prepared_at=now,
    )


def _typeset(
    report: Report, said: content.Content, numbers: Numbers, now: datetime
) -> dict[str, papers.Sheet]:
    edition = report.round.edition
    rulebook = rulebook_of(edition)
    points = points_of(s.application for s in said.rows) if rulebook.points else {}
    told = summary.Told(summary.answers_of(said.rows), points)
    letter = {"decision": letters.decision, "recommendation": letters.recommendation}
    filled = {
        "report": ("report", sheets.report(report, said, rulebook, numbers)),
        "summary_table": (TABLE, summary.summary_table(report, said.rows, rulebook, told, persons=True)),
        PLAIN_TABLE: (TABLE, summary.summary_table(report, said.rows, rulebook, told, persons=False)),
    } | {
        kind: (kind, letter[kind](report, said.rows, rulebook, numbers))
        for kind in letters.letters_of(report, said.rows)
    }
    return {
        kind: papers.typeset(template=template, data=data, edition=edition, now=now)
        for kind, (template, data) in filled.items()
    }


def _keep(report: Report, said: content.Content, actor: Actor, now: datetime) -> None:
    """The draft's row and lines, as long as nothing has changed while the papers were set."""
    if report.pk is not None:
        _expect_draft(report, actor, now)
    hold_all(s.application.pk for s in said.rows)
    keys = content.content(report.authority, report.round, report.supersedes, now).keys
    if keys != said.keys:
        raise Conflict(_("起草时决定有变化。请重新起草。"))
    if report.pk is None:
        report.save()
    ReportLine.objects.filter(report=report).delete()
    lines = sorted(keys, key=lambda key: (key[0], key[1] or 0))
    ReportLine.objects.bulk_create(
        [ReportLine(report=report, application_id=a, decision_id=d) for a, d in lines]
    )


def _expect_draft(report: Report, actor: Actor, now: datetime) -> None:
    changed = Report.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(
        prepared_by_id=actor.person, prepared_at=now, supersedes=report.supersedes
    )
    if changed != 1:
        raise Conflict(_("报告刚被会签或报送。请刷新后再看。"))


def _issue(
    report: Report, made: dict[str, papers.Sheet], numbers: Numbers, actor: Actor, now: datetime
) -> None:
    issued = {
        kind: papers.record(sheet=sheet, kind=kind, about=report.stream, actor=actor, now=now)
        for kind, sheet in made.items()
    }
    report.paper, report.table = issued["report"], issued["summary_table"]
    report.number = numbers.get("report", "")
    Report.objects.filter(pk=report.pk).update(paper=report.paper, table=report.table, number=report.number)


def _tell(report: Report, now: datetime) -> None:
    tell_report(
        report=report,
        authority_id=report.authority_id,
        roles=(Role.COUNTERSIGNER, Role.SIGNATORY),
        step=f"drafted:{now.isoformat()}",
        subject=_("联合报告已起草，请会签"),
        body=f"{report.authority.name} {report.round.year}-{report.seq}",
        now=now,
    )


def _body(report: Report, said: content.Content) -> dict[str, object]:
    return {
        "authority": report.authority.key,
        "seq": report.seq,
        "supersedes": report.supersedes.seq if report.supersedes else None,
        "applications": len(said.rows),
        "carried_over": len(said.frozen),
    }
