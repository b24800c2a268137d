"""Minutes of the meetings that decide together: number, day, scan."""

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import OFFICIAL
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Minutes
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import IN_OFFICE, offices, shown, the_round
from xingyun.web.officials.scans import scan

PAGE = "officials/minutes.html"


class MinutesForm(forms.Form):
    """What is entered of a meeting."""

    number = forms.CharField(
        label=gettext_lazy("编号"), max_length=80, help_text=gettext_lazy("例如：局长办公会纪要〔2020〕12号")
    )
    held_on = forms.DateField(
        label=gettext_lazy("会议日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    file = forms.FileField(
        label=gettext_lazy("扫描件"), help_text=gettext_lazy("PDF、JPG 或 PNG"), allow_empty_file=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*IN_OFFICE, Role.AUDITOR)
def index(request: ActorRequest) -> HttpResponse:
    """The minutes of this person's offices, and the form to enter another."""
    own = offices(request.actor, *OFFICIAL)
    if request.method != "POST":
        return answers.page(request, PAGE, context_of(request, own))
    if not own:
        raise NotAllowed(_("会议纪要由办理单位登记。"))
    form = MinutesForm(request.POST, request.FILES)
    context = {**context_of(request, own), "form": form}
    if not form.is_valid():
        return answers.page(request, PAGE, context, status=422)
    try:
        actions.add_minutes(
            round=the_round(request),
            authority=own[0],
            number=form.cleaned_data["number"],
            held_on=form.cleaned_data["held_on"],
            file=scan(request, "file", clock.now()),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    return answers.done(request, _("会议纪要已登记，签发时可以选它。"), shown(request).at("minutes"))


def context_of(request: ActorRequest, own: list[Authority]) -> dict[str, object]:
    """What the page shows."""
    known = Minutes.objects.select_related("file", "authority").order_by("-held_on", "-id")
    about = shown(request)
    if about.several:
        known = known.filter(round=about.round)
    if not request.actor.is_auditor:
        known = known.filter(authority__in=request.actor.authorities(*IN_OFFICE))
    return {"about": about, "found": list(known[:200]), "form": MinutesForm() if own else None}


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def file(request: ActorRequest, pk: int) -> FileResponse:
    """The scan, for the office itself and the one above it, which receives its report."""
    known = Minutes.objects.select_related("file", "authority")
    if not request.actor.is_auditor:
        own = request.actor.authorities(*IN_OFFICE)
        known = known.filter(authority__in=own) | known.filter(authority__parent__in=own)
    found = get_object_or_404(known, pk=pk)
    return serving.sent(found.file, found.number, inline=True)
