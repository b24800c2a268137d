"""Where an official's day begins: what waits, the most urgent first, with its date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.messages.queries import of_user
from xingyun.registry.deputies import may_stand_in
from xingyun.results.queries import to_do as results_to_do
from xingyun.reviews.queries import ToDo, to_do
from xingyun.rulebook.text import EMPTY, Text
from xingyun.web import answers
from xingyun.web.frame import FRAME
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.middleware import STANDING_IN
from xingyun.web.officials.offices import name_of
from xingyun.web.officials.people import parts

WEEK = timedelta(days=7)
FAR = timedelta(days=3650)
NEWS = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of work is called, drawn, and where it is done."""

    title: str | Promise
    act: str | Promise
    sign: str
    address: Callable[[ToDo], str]


def _list(name: str, **query: str | list[str]) -> Callable[[ToDo], str]:
    """A list, where several programmes run narrowed to the round that the thing is of."""

    def address(todo: ToDo) -> str:
        of = {"round": str(todo.round.uid)} if todo.round and FRAME.get().several else {}
        asked = urlencode({**query, **of}, doseq=True)
        return f"{reverse(name)}?{asked}" if asked else reverse(name)

    return address


def _report(todo: ToDo) -> str:
    return reverse("report", args=[todo.uid])


def _notice(todo: ToDo) -> str:
    return reverse("office_notice", args=[todo.uid])


def _withdrawal(todo: ToDo) -> str:
    return reverse("case_withdrawal", args=[todo.uid])


def _transfer(todo: ToDo) -> str:
    return reverse("transfer", args=[todo.uid])


def _case(todo: ToDo) -> str:
    return reverse("blacklist_case", args=[todo.uid])


def _appeal(todo: ToDo) -> str:
    return reverse("case_appeal", args=[todo.uid])


KINDS = {
    "report_returned": Kind(_("上报件被退回，要改好重报"), _("看退回理由"), "return", _report),
    "sign": Kind(_("决定待签发"), _("去签发"), "seal", _list("decisions", waiting="sign")),
    "review": Kind(_("决定待复核"), _("去复核"), "compare", _list("decisions", waiting="review")),
    "countersign": Kind(_("上报件待会签"), _("去会签"), "seal", _report),
    "send": Kind(_("上报件待报送"), _("去报送"), "send", _report),
    "receive": Kind(_("收到上报件，待接收"), _("去接收"), "accept", _report),
    "transfer": Kind(_("别的单位移送来的申请，待接收"), _("去接收"), "send", _transfer),
    "transfer_rule": Kind(_("移送对方不接收，待裁定"), _("去裁定"), "judge", _transfer),
    "withdrawal": Kind(_("企业书面申请撤回，待答复"), _("去答复"), "return", _withdrawal),
    "appeal": Kind(_("企业申诉，待答复"), _("去答复"), "compare", _appeal),
    "accept": Kind(_("申请待受理"), _("去受理"), "checklist", _list("queue", state="submitted")),
    "outside_checks": Kind(_("外部核查的答复没有登记"), _("去核查"), "compare", _list("outside_checks")),
    "decide": Kind(_("申请待决定"), _("去决定"), "judge", _list("queue", state=["accepted", "evaluating"])),
    "draft": Kind(_("决定已齐，可以起草上报件"), _("去起草"), "document", _list("reports")),
    "objection": Kind(_("异议待处理"), _("去处理"), "judge", _notice),
    "blacklist": Kind(_("黑名单处理待决定"), _("去决定"), "judge", _case),
    "hearing": Kind(_("黑名单告知，等对方陈述申辩"), _("看告知"), "clock", _case),
    "announce": Kind(_("公示期满，可以公布结果"), _("去公布"), "result", _notice),
    "notice": Kind(_("正在公示"), _("看公示"), "clock", _notice),
    "activate": Kind(_("企业注册待激活"), _("去核对"), "enterprise", _list("registrations")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do as the page shows it."""

    todo: ToDo
    kind: Kind
    href: str
    urgency: str

    @property
    def award(self) -> Text:
        """Which programme it is of."""
        return name_of(self.todo.round) if self.todo.round else EMPTY

    @property
    def edition(self) -> str:
        """The digest of the edition whose clause is cited."""
        return self.todo.round.edition.digest if self.todo.round else ""


@require_safe
@require_seat()
def start(request: ActorRequest) -> HttpResponse:
    """What waits for this person."""
    now = clock.now()
    waiting = (*to_do(request.actor, now), *results_to_do(request.actor, now))
    lines = sorted((line(todo, now) for todo in waiting), key=lambda one: one.todo.due or now + FAR)
    context = {
        "lines": lines,
        "count": sum(one.todo.count for one in lines),
        "urgent": sum(one.todo.count for one in lines if one.urgency != "later"),
        # The subject was written in the sender's language; the body holds names and stays.
        "news": [(m, gettext(m.subject)) for m in of_user(request.actor.person)[:NEWS]],
        "lent": [] if STANDING_IN in request.session else list(may_stand_in(request.actor.person)),
        "parts": parts() if request.actor.is_admin else [],
    }
    return answers.page(request, "officials/start.html", context)


def line(todo: ToDo, now: datetime) -> Line:
    """A thing to do with its place and how near its date is: over, soon (a week) or later."""
    kind = KINDS[todo.kind]
    if todo.due is None:
        urgency = "later"
    else:
        urgency = "over" if todo.due <= now else "soon" if todo.due - now <= WEEK else "later"
    return Line(todo, kind, kind.address(todo), urgency)
