"""More time for the reports of one office or of all that a deadline binds, granted with a reason."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry.models import Authority
from xingyun.reviews import actions
from xingyun.rounds import queries
from xingyun.rounds.models import Round
from xingyun.rounds.permissions import may_lead
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import previewing
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.rounds import found

PAGE = "officials/extension.html"
MIDNIGHT = time(0)


class ExtensionForm(forms.Form):
    """For whom, until when, why; a day without an hour lasts until its 24:00."""

    scope = forms.ChoiceField(label=gettext_lazy("单位"), required=False)
    until_on = forms.DateField(
        label=gettext_lazy("延长到"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until_at = forms.TimeField(
        label=gettext_lazy("时刻"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=gettext_lazy("不填就是当天 24:00"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("各单位会看到，并记入经过"),
    )

    def __init__(self, *args: object, bound_by: list[Authority], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: forms.ChoiceField = self.fields["scope"]  # type: ignore[assignment]
        field.choices = [("", _("所有单位")), *((a.key, a.name) for a in bound_by)]

    @property
    def until(self) -> datetime:
        """The moment before which reports may be sent, in Asia/Shanghai."""
        day, at = self.cleaned_data["until_on"], self.cleaned_data["until_at"]
        if at:
            return datetime.combine(day, at, clock.ZONE)
        return datetime.combine(day + timedelta(days=1), MIDNIGHT, clock.ZONE)


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def extend(request: ActorRequest, uid: UUID, deadline: str) -> HttpResponse:
    """What was granted so far, and the form to grant more; whoever does not lead does not find it."""
    round_ = found(uid)
    may_lead(request.actor, round_.authority)
    bound_by = _bound(round_, deadline)
    context = context_of(round_, deadline, bound_by)
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    form = ExtensionForm(request.POST, bound_by=bound_by)
    if not form.is_valid():
        return answers.page(request, PAGE, {**context, "form": form}, status=422)
    chosen = form.cleaned_data["scope"]

    def act() -> object:
        return actions.extend_reporting(
            round=round_,
            deadline=deadline,
            authority=next((a for a in bound_by if a.key == chosen), None),
            until=form.until,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=clock.now(),
        )

    if previewing.asked(request):
        return previewing.previewed(request, act, PAGE, {**context, "form": form})
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, PAGE, {**context, "form": form})
    return answers.done(
        request, _("上报期限已延长，各单位已收到消息。"), "reporting_extension", uid, deadline
    )


def _bound(round_: Round, deadline: str) -> list[Authority]:
    """The offices whose reports this deadline binds."""
    book = queries.rulebook_of(round_.edition)
    tiers = {rule.from_ for rule in book.reports if rule.deadline == deadline}
    if not tiers:
        raise Http404
    return list(Authority.objects.filter(tier__in=tiers).order_by("id"))


def context_of(round_: Round, deadline: str, bound_by: list[Authority]) -> dict[str, object]:
    """What the page shows: the rulebook's own day, what was granted, an empty form."""
    book = queries.rulebook_of(round_.edition)
    granted = [one for one in queries.extensions(round_)[:200] if one.deadline == deadline]
    return {
        "book": book,
        "acted": Acted([round_.stream]),
        "round": round_,
        "rule": book.deadline(deadline),
        "granted": granted,
        "form": ExtensionForm(bound_by=bound_by),
    }
