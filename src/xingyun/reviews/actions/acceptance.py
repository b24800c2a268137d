"""Acceptance: the office accepts an application, refuses it, or returns it with everything to mend."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.actions import transitions
from xingyun.applications.models import Application, Submission
from xingyun.applications.states import State
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.documents.shapes import Ground
from xingyun.papers import actions as papers
from xingyun.papers.queries import papers as issued
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.actions.noting import take_up_notes
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.actions.telling import tell_applicant
from xingyun.reviews.models import Defect, Return
from xingyun.reviews.permissions import may_examine
from xingyun.reviews.queries import letters, sheets
from xingyun.reviews.queries.places import place_name
from xingyun.reviews.queries.returned import check_return
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook

LONGEST = 1000
REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class DefectData:
    """Something to mend: its place ("form:phone"), the clause it offends, and what to do."""

    place: str
    clause: str
    text: str


def accept(*, application: Application, actor: Actor, now: datetime) -> None:
    """Accept: from now on the application is examined on its merits."""
    may_examine(actor, application)
    with transaction.atomic():
        tell_applicant(
            application=application,
            step=f"accepted:{now.isoformat()}",
            subject=_("申请已受理"),
            body=_("%(number)s 已受理，接下来评定。您暂时不用做什么。") % {"number": application.number},
            now=now,
        )
        transitions.move(application=application, to=State.ACCEPTED, actor=actor, now=now)


def refuse(*, application: Application, reason: str, clause: str, actor: Actor, now: datetime) -> None:
    """Refuse acceptance, with reason and clause: the application is over for this round."""
    may_examine(actor, application)
    reason = needed(reason, missing=_("请写明不予受理的理由，申请企业会看到。"), most=LONGEST, field="reason")
    rulebook = rulebook_of(application.edition)
    _known_clause(rulebook, clause)
    number = f"{application.number}-N{issued(application.stream, REFUSAL).count() + 1}"
    grounds = [Ground(text=reason, clause=clause)]
    sheet = papers.typeset(
        template=REFUSAL,
        data=letters.refusal(application, rulebook, grounds, number, now),
        edition=application.edition,
        now=now,
    )
    with transaction.atomic():
        if hold(application).state != application.state:
            raise Conflict(_("这份申请刚被别人处理过。请刷新后再看。"))
        papers.record(
            sheet=sheet, kind=REFUSAL, about=application.stream, actor=actor, now=now, number=number
        )
        tell_applicant(
            application=application,
            step="refused",
            subject=_("申请不予受理"),
            body=_("%(number)s 不予受理〔%(clause)s〕：%(reason)s")
            % {"number": application.number, "clause": clause, "reason": reason},
            now=now,
        )
        transitions.move(
            application=application,
            to=State.NOT_ACCEPTED,
            actor=actor,
            now=now,
            reason=reason,
            clause=clause,
        )


def return_for_correction(
    *,
    application: Application,
    defects: Sequence[DefectData],
    due: datetime,
    actor: Actor,
    now: datetime,
    notes: Collection[int] = (),
) -> Return:
    """Send it back with all defects at once. Only the places named are unlocked, until `due`.

    While it waits for acceptance; or when an upper tier has given it back and nothing on it is decided.
    `notes` are those that the officer had before him: they are done with.
    """
    check_return(actor, application)
    rulebook = rulebook_of(application.edition)
    checked = [_defect(rulebook, defect) for defect in defects]
    if not checked:
        raise Refused(_("请列出要补正的地方：在哪里、依据哪一条、怎么改。"), field="defects")
    if due <= now:
        raise Refused(_("补正期限要晚于现在。"), field="due")
    submission = _latest(application)
    number = f"{application.number}-{submission.version}"
    data = sheets.return_notice(application, rulebook, checked, due, number, now)
    sheet = papers.typeset(template="return_notice", data=data, edition=application.edition, now=now)
    with transaction.atomic():
        check_return(actor, hold(application))
        if _latest(application).pk != submission.pk or _returned(application, submission.version):
            raise Conflict(_("这份申请刚被别人处理过。请刷新后再看。"))
        tell_applicant(
            application=application,
            step=f"returned:{submission.version}",
            subject=_("申请退回补正"),
            body=_("%(number)s 有 %(count)s 处要补正，请在 %(due)s 前改好再提交。没有列出的内容不用动。")
            % {"number": application.number, "count": len(checked), "due": sheets.moment(due)},
            now=now,
        )
        paper = papers.record(
            sheet=sheet, kind="return_notice", about=application.stream, actor=actor, now=now, number=number
        )
        made = Return.objects.create(
            application=application,
            version=submission.version,
            due=due,
            issued_by_id=actor.person,
            issued_at=now,
            paper=paper,
        )
        Defect.objects.bulk_create(
            [Defect(of=made, place=d.place, clause=d.clause, text=d.text) for d in checked]
        )
        transitions.move(
            application=application,
            to=State.RETURNED,
            actor=actor,
            now=now,
            reason=_("共 %s 处要补正") % len(checked),
            unlocked=list(dict.fromkeys(d.place for d in checked)),
            due=due,
        )
        take_up_notes(made=made, notes=notes)
    return made


def reply(*, defect: Defect, text: str, actor: Actor, now: datetime) -> None:
    """The applicant answers one defect; the answer goes with the corrected application."""
    application = defect.of.application
    if not actor.acts_for(application.enterprise_id):
        raise NotAllowed(_("没有找到这份申请。"))
    text = needed(text, missing=_("请写明怎样改的。"), most=LONGEST, field="reply")
    with transaction.atomic():
        if hold(application).state != State.RETURNED:
            raise Refused(_("只有“退回补正”时可以答复。"))
        Defect.objects.filter(pk=defect.pk).update(reply=text)
        body = {"defect": defect.pk, "place": defect.place}
        audit.append(stream=application.stream, act="defect.answered", actor=actor, body=body, now=now)


def _defect(rulebook: Rulebook, defect: DefectData) -> DefectData:
    if place_name(rulebook, defect.place) is None:
        raise Refused(_("没有“%s”这个位置。请从列表中选择。") % defect.place, field="place")
    _known_clause(rulebook, defect.clause)
    text = needed(defect.text, missing=_("请写明这一处要怎么改。"), most=LONGEST, field="text")
    return DefectData(defect.place, defect.clause, text)


def _known_clause(rulebook: Rulebook, clause: str) -> None:
    if clause not in {c.ref for c in rulebook.clauses}:
        raise Refused(_("请选择所依据的条款。"), field="clause")


def _latest(application: Application) -> Submission:
    return Submission.objects.filter(application=application).order_by("-version")[0]


def _returned(application: Application, version: int) -> bool:
    return Return.objects.filter(application=application, version=version).exists()
