"""How an application went so far and what is still to come; the certificate at the end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.applications.models import Application, StateChange
from xingyun.applications.queries import apply_stage, history, latest_submission
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed
from xingyun.papers.models import Paper
from xingyun.papers.queries import papers
from xingyun.results.models import Award
from xingyun.results.queries.titles import award_of
from xingyun.reviews.queries import last_appeal, last_request, moot, returns
from xingyun.reviews.states import APPEALABLE
from xingyun.rounds.queries import rulebook_of, taking, window
from xingyun.web import answers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.replies import Point, points
from xingyun.web.enterprise.sending import papered, saved
from xingyun.web.enterprise.space import around
from xingyun.web.enterprise.standing import SIGNS, standing, steps, to_second
from xingyun.web.guards import ActorRequest, require_enterprise

LETTERS = ("return_notice", "refusal")
WITHDRAWABLE = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the record, with the points of a return."""

    change: StateChange
    title: str
    kind: str
    sign: str
    points: list[Point]
    due: datetime | None = None

    @property
    def time(self) -> str:
        """The time of day, to the second."""
        return to_second(self.change.at)


@require_safe
@require_enterprise
def enter(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Where a message leads: a draft is filled in, anything else is looked at."""
    application = mine(request, uid)
    name = "application_form_begin" if application.state == State.DRAFT else "application_progress"
    return HttpResponseRedirect(at(name, application))


@require_safe
@require_enterprise
def clock_of(request: ActorRequest, uid: UUID) -> HttpResponse:
    """By when it is due as it stands now, as a piece of a page: open pages ask for it."""
    application = mine(request, uid)
    book = rulebook_of(application.edition)
    dates = taking(window(application.round, application.authority, apply_stage(book)), book, clock.today())
    return answers.page(request, "enterprise/clock.html", around(application, "progress", dates))


def letters(application: Application) -> list[Paper]:
    """What offices wrote to the applicant, newest first."""
    return list(papers(application.stream).filter(kind__in=LETTERS))


@require_safe
@require_enterprise
def letter(request: ActorRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """One of these letters; `?as=word` for the same as Word."""
    application = mine(request, uid)
    found = papers(application.stream).filter(kind__in=LETTERS, uid=paper).first()
    if found is None:
        raise NotAllowed("")
    return papered(found, request, f"{letter_names()[found.kind]}-{found.number}")


def letter_names() -> dict[str, str]:
    """What each kind of letter is called."""
    return {"return_notice": _("补正通知书"), "refusal": _("不予受理通知书")}


@require_safe
@require_enterprise
def progress(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The time line, what comes next, the record's hashes."""
    application = mine(request, uid)
    book = rulebook_of(application.edition)
    dates = taking(window(application.round, application.authority, apply_stage(book)), book, clock.today())
    done, asked, appeal = events(application), last_request(application), last_appeal(application)
    last = done[-1].change.seq if done else 0
    context: dict[str, Any] = {
        **around(application, "progress", dates),
        "standing": standing(application, dates, clock.now()),
        "events": done[::-1],
        "steps": steps(application, dates),
        "submission": latest_submission(application),
        "award": _award(application),
        "book": book,
        "level": book.level(application.level) if application.level else None,
        "may_withdraw": application.state in WITHDRAWABLE,
        "asked": asked,
        "asked_time": to_second(asked.asked_at) if asked else "",
        "may_answer": application.state == State.RETURNED,
        "may_appeal": application.state in APPEALABLE,
        "appeal": appeal,
        "appeal_is_moot": appeal is not None and moot(appeal, application, last),
        "letters": letters(application),
        "letter_names": letter_names(),
    }
    return answers.page(request, "enterprise/progress.html", context)


def events(application: Application) -> list[Event]:
    """The steps so far, oldest first; each return stands with its points."""
    made = iter(returns(application))
    return [_event(application, change, made) for change in history(application)]


def _event(application: Application, change: StateChange, made: Any) -> Event:
    state = State(change.target)
    kinds = {State.RETURNED: "wait", State.NOT_ACCEPTED: "wait", State.NOT_AWARDED: "wait"}
    kind, sign = kinds.get(state, "ok"), SIGNS[state]
    if state != State.RETURNED:
        return Event(change, _titles(change), kind, sign, [])
    returned = next(made, None)
    due = returned.of.due if returned else None
    return Event(change, _titles(change), kind, sign, points(application, returned) if returned else [], due)


def _titles(change: StateChange) -> str:
    words = {
        "begin": _("开始填报"),
        "submit": _("您交回了补正") if change.source == State.RETURNED else _("您提交了申请"),
        "withdraw": _("按您的书面申请撤回") if change.source == State.ACCEPTED else _("您撤回了申请"),
        "return": _("退回补正"),
        "accept": _("已受理"),
        "refuse": _("不予受理"),
        "report": _("已上报"),
        "receive": _("上级已接收，开始评定"),
        "send_back": _("上级退回报告，重新办理"),
        "propose": _("拟认定，开始公示"),
        "award": _("认定并公布"),
        "strike": _("异议成立，不予认定"),
        "decline": _("未认定"),
        "disqualify": _("取消资格"),
        "revoke": _("撤销称号"),
        "reopen": _("结论撤回，重新办理"),
    }
    return words.get(change.act, str(State(change.target).label))


def _award(application: Application) -> Award | None:
    return award_of(application) if application.state in (State.AWARDED, State.DISQUALIFIED) else None


@require_safe
@require_enterprise
def certificate(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The certificate as PDF."""
    application = mine(request, uid)
    found = _award(application)
    if found is None or found.certificate is None:
        raise NotAllowed("")
    return saved(found.certificate.file, _("证书-%(serial)s") % {"serial": found.title.serial})
