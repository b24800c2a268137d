"""Lists kept elsewhere: what is to be looked up for an application, what was found, by whom and when."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import LookUpData
from xingyun.reviews.models import LookUp
from xingyun.reviews.queries import Check, Desk, Step
from xingyun.reviews.states import Found
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.scans import scan
from xingyun.web.wording import tell

PAGE = "officials/checks.html"


class DaysField(forms.CharField):
    """Several days in one line, separated by whatever one likes to type between them."""

    def clean(self, value: object) -> tuple[date, ...]:
        """The days; a ValidationError names what is none."""
        typed = re.split(r"[\s,，、;；]+", str(super().clean(value)).strip())
        try:
            return tuple(date.fromisoformat(day) for day in typed if day)
        except ValueError as error:
            raise ValidationError(_("日期请写成 2020-03-16，几个日期用逗号隔开。")) from error


class LookUpForm(forms.Form):
    """What is entered about one look-up."""

    found = forms.ChoiceField(label=gettext_lazy("结果"), choices=Found.choices, widget=forms.RadioSelect)
    source = forms.CharField(label=gettext_lazy("查的单位或名单"), max_length=200)
    looked_up_on = forms.DateField(
        label=gettext_lazy("核查日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    number = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("复函、处罚决定书等的编号，没有可不填"),
    )
    officer = forms.CharField(
        label=gettext_lazy("答复人"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("对方的经办人，没有可不填"),
    )
    entries = DaysField(
        label=gettext_lazy("记录的日期"),
        required=False,
        help_text=gettext_lazy("查到记录的填，例如 2020-03-16；几条写几个，用逗号隔开"),
    )
    remark = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("查到记录的写明内容"),
    )
    proof = forms.FileField(
        label=gettext_lazy("证明"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("查询结果的截图或复函，PDF、JPG 或 PNG，可不附"),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A check with its step for this person, and the form where it can be taken."""

    check: Check
    step: Step
    form: LookUpForm | None


@require_safe
@require_seat()
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Every check with its records, and the form of those that are this person's."""
    return answers.page(request, PAGE, context_of(queries.desk(request.actor, uid)))


def context_of(desk: Desk, typed: LookUpForm | None = None, condition: str = "") -> dict[str, object]:
    """What the page shows; `typed` takes the place of one check's empty form."""
    steps = {step.condition: step for step in desk.steps if step.name == "look_up"}
    rows = [
        Row(check, steps[check.key], form_of(check, steps[check.key], typed, condition))
        for check in desk.checks
    ]
    waiting = sum(check.current is None for check in desk.checks)
    return {**around(desk), "rows": rows, "waiting": waiting, "asked": condition}


def form_of(check: Check, step: Step, typed: LookUpForm | None, condition: str) -> LookUpForm | None:
    """The form as it was sent, else one that is begun with what goes without saying."""
    if not step.possible:
        return None
    key = check.key
    if typed is not None and condition == key:
        return typed
    begun = {"source": tell(check.source), "looked_up_on": clock.today().isoformat()}
    return LookUpForm(auto_id=f"{key}-%s", initial=begun)


@require_POST
@require_seat()
def record(request: ActorRequest, uid: UUID, condition: str) -> HttpResponse:
    """Record what was found for one check."""
    application = found(request, uid)
    form = LookUpForm(request.POST, request.FILES, auto_id=f"{condition}-%s")
    seen = request.POST.get("seen", "")
    try:
        if not form.is_valid():
            desk = queries.desk(request.actor, uid)
            return answers.page(request, PAGE, context_of(desk, form, condition), status=422)
        actions.record_look_up(
            application=application,
            condition=condition,
            data=data_of(request, form),
            seen=int(seen) if seen.isdecimal() else None,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = context_of(queries.desk(request.actor, uid), form, condition)
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("已登记核查结果。"), "case_checks", uid)


def data_of(request: ActorRequest, form: LookUpForm) -> LookUpData:
    """What was typed, and the proof kept where one came along."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "proof"}
    proof = scan(request, "proof", clock.now()) if request.FILES.get("proof") else None
    return LookUpData(**given, proof=proof)


@require_safe
@require_seat()
def proof(request: ActorRequest, uid: UUID, pk: int) -> FileResponse:
    """The proof of a record, for whoever may read the application in an office."""
    known = LookUp.objects.select_related("proof")
    kept = get_object_or_404(known, application=found(request, uid), pk=pk).proof
    if kept is None:
        raise Http404
    return serving.sent(kept, f"{uid}-{pk}", inline=True)
