"""Where an application stands, in words: what is so, what happens next, by whom, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.queries import apply_stage
from xingyun.applications.states import State
from xingyun.clock import ZONE
from xingyun.registry.models import Authority
from xingyun.rounds.models import Window
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.procedure import Stage
from xingyun.web.wording import day, remaining, tell, until

KINDS = {
    State.DRAFT: "act",
    State.SUBMITTED: "ok",
    State.RETURNED: "wait",
    State.ACCEPTED: "ok",
    State.REPORTED: "ok",
    State.EVALUATING: "ok",
    State.PROPOSED: "ok",
    State.AWARDED: "ok",
    State.NOT_ACCEPTED: "bad",
    State.WITHDRAWN: "",
    State.NOT_AWARDED: "bad",
    State.DISQUALIFIED: "bad",
}
SIGNS = {
    State.DRAFT: "edit",
    State.SUBMITTED: "send",
    State.RETURNED: "return",
    State.ACCEPTED: "accept",
    State.REPORTED: "send",
    State.EVALUATING: "judge",
    State.PROPOSED: "result",
    State.AWARDED: "star",
    State.NOT_ACCEPTED: "refuse",
    State.WITHDRAWN: "return",
    State.NOT_AWARDED: "result",
    State.DISQUALIFIED: "refuse",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer to: how is it, and what now?"""

    heading: str
    next: str
    label: str
    kind: str
    sign: str


def standing(application: Application, window: Window | None, now: datetime) -> Standing:
    """In words where this application stands."""
    state = State(application.state)
    heading, onward = _words(application, window, now)
    return Standing(heading, onward, str(state.label), KINDS[state], SIGNS[state])


def _words(application: Application, window: Window | None, now: datetime) -> tuple[str, str]:
    who = application.holder.name
    words = {
        State.SUBMITTED: (
            _("已提交，等%(who)s受理") % {"who": who},
            _("受理、退回补正或不予受理，都会发消息告诉您。受理前可以撤回。"),
        ),
        State.ACCEPTED: (
            _("已受理，等%(who)s评定") % {"who": who},
            _("%(who)s研究后上报，结果会发消息告诉您。") % {"who": who},
        ),
        State.REPORTED: (_("已上报，等上级接收"), _("接收后开始评定，结果会发消息告诉您。")),
        State.EVALUATING: (_("%(who)s评定中") % {"who": who}, _("评定后公示拟认定名单。")),
        State.PROPOSED: (_("拟认定，正在公示"), _("公示期满没有异议的，公布结果并发证书。")),
        State.AWARDED: (_("已认定"), _("可以下载证书。")),
        State.NOT_ACCEPTED: (_("不予受理"), _("理由写在下面的经过里。不服可以申诉。")),
        State.WITHDRAWN: (_("已撤回"), _("窗口没关的，可以再新建一份，填过的内容会带过去。")),
        State.NOT_AWARDED: (_("本次没有认定"), _("理由写在下面的经过里。不服可以申诉。")),
        State.DISQUALIFIED: (_("取消资格"), _("理由写在下面的经过里。")),
    }
    state = State(application.state)
    if state == State.DRAFT:
        return _("填报中"), _draft(window, now)
    if state == State.RETURNED:
        return _returned(application, now)
    return words[state]


def _draft(window: Window | None, now: datetime) -> str:
    if window is None:
        return _("受理单位还没有公布填报的起止时间，可以先填。")
    if now < window.opens:
        return _("%(time)s 开放提交，可以先填。") % {"time": until(window.opens)}
    if now >= window.closes:
        return _("%(time)s 已截止，不能再提交。填的内容都还在。") % {"time": until(window.closes)}
    return _("请在 %(time)s 前提交，%(left)s。") % {
        "time": until(window.closes),
        "left": remaining(window.closes, now),
    }


def _returned(application: Application, now: datetime) -> tuple[str, str]:
    heading = _("%(who)s退回补正") % {"who": application.holder.name}
    if application.due is None:
        return heading, _("请按意见改好再提交。")
    time, left = until(application.due), remaining(application.due, now)
    said = _("请在 %(time)s 前改好再提交，%(left)s。只有列出的地方可以改。")
    return heading, said % {"time": time, "left": left}


Step = tuple[str, str, str]


def steps(application: Application, window: Window | None) -> list[Step]:
    """The stages of the round: (label, by whom and until when, done | now | "")."""
    book = rulebook_of(application.edition)
    present = _present(book, application)
    return [
        (
            tell(stage.name),
            _note(book, stage, application, window),
            "done" if n < present else "now" if n == present else "",
        )
        for n, stage in enumerate(book.stages)
    ]


def _present(book: Rulebook, application: Application) -> int:
    """The number of the stage that an application is in; beyond the last when all is done."""
    state, stages = State(application.state), book.stages
    key = apply_stage(book)
    apply = next((n for n, s in enumerate(stages) if s.window == key and s.actor == "applicant"), 0)
    if state in (State.DRAFT, State.RETURNED, State.WITHDRAWN):
        return apply
    if state in (State.SUBMITTED, State.NOT_ACCEPTED):
        return apply + 1
    if state == State.PROPOSED:
        return len(stages) - 2
    if state in (State.AWARDED, State.NOT_AWARDED, State.DISQUALIFIED):
        return len(stages)
    return _with_the_offices(stages, apply + 2, application)


def _with_the_offices(stages: Sequence[Stage], first: int, application: Application) -> int:
    """While offices have it: the first later stage of the holder's tier, or of another once reported."""
    tier, filed = application.holder.tier, application.authority.tier
    away = State(application.state) == State.REPORTED and tier == filed
    for n, stage in enumerate(stages[first:], first):
        if (stage.actor != filed) if away else (stage.actor == tier):
            return n
    return min(first, len(stages))


def _note(book: Rulebook, stage: Stage, application: Application, window: Window | None) -> str:
    """By whom and until when."""
    if stage.window and window:
        return _("%(time)s 前") % {"time": until(window.closes)}
    who = _office(book, stage.actor, application)
    if not stage.deadline:
        return who
    due = book.deadline(stage.deadline)
    end = datetime(due.on.year, due.on.month, due.on.day, tzinfo=ZONE) + timedelta(days=int(due.inclusive))
    time = until(end) if due.inclusive else day(due.on)
    return f"{who}，{_('%(time)s 前') % {'time': time}}" if who else _("%(time)s 前") % {"time": time}


def _office(book: Rulebook, actor: str, application: Application) -> str:
    """The office that a stage is the turn of: its own name, else its tier's; empty for the applicant."""
    office: Authority | None = application.authority
    while office and office.tier != actor:
        office = office.parent
    if office:
        return office.name
    return "" if actor == "applicant" else tell(book.tier(actor).name)


def to_second(value: datetime) -> str:
    """`09:41:07`, as receipts and the record tell it."""
    return f"{value.astimezone(ZONE):%H:%M:%S}"
