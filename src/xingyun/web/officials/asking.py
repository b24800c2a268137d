"""Outside checks of an office over a whole round: whom to ask about, the letter's list, the answers."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications.actions import infected
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.lists import actions as lists
from xingyun.lists.permissions import actor_in
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.reviews import actions
from xingyun.reviews.actions import AnswersData
from xingyun.reviews.models import AnswerSheet
from xingyun.reviews.queries import asking
from xingyun.reviews.queries.asking import Asked, Task
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import Shown, expected, offices, shown
from xingyun.web.officials.paging import by_time
from xingyun.web.officials.scans import scan
from xingyun.web.officials.states import APPLICATION, FOUND
from xingyun.web.wording import size, tell

PAGE = "officials/outside_check.html"
SHOWS = ("waiting", "listed", "all")
SHEETS = 5


class AnswersForm(forms.Form):
    """A table of answers and what it leaves open."""

    file = forms.FileField(
        label=gettext_lazy("答复的表格"),
        allow_empty_file=True,
        help_text=gettext_lazy(".xlsx、.xls 或 .csv，要有信用代码和结果两列"),
    )
    source = forms.CharField(label=gettext_lazy("答复单位"), max_length=200)
    answered_on = forms.DateField(
        label=gettext_lazy("答复日期"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("表里没有写日期的，按这一天"),
    )
    number = forms.CharField(
        label=gettext_lazy("文号"), max_length=120, required=False, help_text=gettext_lazy("复函的文号")
    )
    officer = forms.CharField(
        label=gettext_lazy("答复人"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("对方的经办人，企业看不到"),
    )
    proof = forms.FileField(
        label=gettext_lazy("复函扫描件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF、JPG 或 PNG，传一次，附到每家"),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A check of an office with how far the asking is."""

    office: Authority
    task: Task
    asked: Asked


@require_safe
@require_seat(*OFFICIAL)
def index(request: ActorRequest) -> HttpResponse:
    """Every check of this person's offices in the round."""
    about = shown(request)
    lines = list(_lines(request, about.round)) if about.round else []
    waiting = sum(line.asked.waiting for line in lines)
    context = {"about": about, "lines": lines, "waiting": waiting}
    return answers.page(request, "officials/outside_checks.html", context)


def _lines(request: ActorRequest, round_: Round) -> list[Line]:
    book, today = rulebook_of(round_.edition), clock.today()
    known = {authority.key for authority in book.authorities}
    return [
        Line(office, task, asking.count(seen_by(request, office), round_, task, today))
        for office in offices(request.actor, *OFFICIAL)
        if office.key in known
        for task in asking.tasks(book, office.key)
    ]


def seen_by(request: ActorRequest, office: Authority) -> Actor:
    """The person with its seats in this office alone."""
    return actor_in(request.actor, office, shared=True)


@require_safe
@require_seat(*OFFICIAL)
def detail(request: ActorRequest, office: str, condition: str) -> HttpResponse:
    """One check: those to ask about, what was answered, the tables of answers."""
    return answers.page(request, PAGE, context_of(request, office, condition))


def context_of(
    request: ActorRequest, key: str, condition: str, form: AnswersForm | None = None
) -> dict[str, object]:
    """What the page shows."""
    about = shown(request)
    office, task = the_task(request, about, key, condition)
    round_, today = expected(about), clock.today()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else SHOWS[0]
    actor = seen_by(request, office)
    found = asking.concerned(actor, round_, task)
    narrowed = {"waiting": asking.waiting(task, today), "listed": asking.listed()}
    rows = found.filter(narrowed[show]) if show in narrowed else found
    sheets = AnswerSheet.objects.filter(authority=office, round=round_, condition=condition)
    begun = {"source": tell(task.check.source)[:200], "answered_on": today.isoformat()}
    return {
        "about": about,
        "office": office,
        "task": task,
        "check": task.check,
        "counted": asking.count(actor, round_, task, today),
        "page": by_time(rows, "submitted_at", request.GET.get("after", "")),
        "show": show,
        "first": task.check.first_day(today),
        "levels": {level.key: level for level in rulebook_of(round_.edition).levels},
        "looks": APPLICATION,
        "looks_found": FOUND,
        "sheets": list(sheets.order_by("-id")[:SHEETS]),
        "form": form or AnswersForm(initial=begun),
    }


def the_task(request: ActorRequest, about: Shown, key: str, condition: str) -> tuple[Authority, Task]:
    """The office in which this person works and its check. Raises NotAllowed."""
    office = next((one for one in offices(request.actor, *OFFICIAL) if one.key == key), None)
    book = rulebook_of(expected(about).edition)
    if office is None or key not in {authority.key for authority in book.authorities}:
        raise NotAllowed(_("没有找到这个单位。"))
    return office, asking.task(book, key, condition)


@require_POST
@require_seat(*OFFICIAL)
def letter(request: ActorRequest, office: str, condition: str) -> HttpResponse:
    """Have the list of the asking letter made."""
    about = shown(request)
    where, _task = the_task(request, about, office, condition)
    try:
        made = lists.ask_letter(
            office=where,
            round=expected(about),
            condition=condition,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, office, condition))
    return answers.done(request, _("已开始导出，做好后在这一页下载。"), "export", made.uid)


@require_POST
@require_seat(*OFFICIAL)
def take_in(request: ActorRequest, office: str, condition: str) -> HttpResponse:
    """Take a table of answers in; the next page asks which column is which."""
    about = shown(request)
    where, _task = the_task(request, about, office, condition)
    form = AnswersForm(request.POST, request.FILES)
    if not form.is_valid():
        return answers.page(request, PAGE, context_of(request, office, condition, form), status=422)
    given = form.cleaned_data
    try:
        made = actions.take_in_answers(
            round=expected(about),
            authority=where,
            condition=condition,
            file=_kept(given["file"]),
            name=str(given["file"].name),
            data=AnswersData(
                source=given["source"],
                answered_on=given["answered_on"],
                officer=given["officer"],
                number=given["number"],
                proof=scan(request, "proof", clock.now()) if given["proof"] else None,
            ),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, office, condition, form))
    return answers.done(request, _("表格已收到，请核对各列。"), "answer_sheet", office, made.uid)


def _kept(given: Any) -> File:
    """The table as a file. Raises Refused (field "file") for one that is too big."""
    if given.size > settings.FILE_LIMIT:
        said = _("文件有 %(size)s，不能超过 %(limit)s。请只留要用的几列再传。")
        limits = {"size": size(given.size), "limit": size(settings.FILE_LIMIT)}
        raise Refused(said % limits, field="file")
    try:
        return files.receive(source=given.file, now=clock.now())
    except files.InfectedError as error:
        raise Refused(infected(error.threat), field="file") from error
