"""Amending a round while it runs: what the new edition changes, whom it affects, and the act itself."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.applications.states import State
from xingyun.audit.errors import Refused
from xingyun.reviews import actions
from xingyun.reviews.queries import Preview, preview
from xingyun.rounds.models import Amendment, Edition, Round
from xingyun.rounds.permissions import may_amend, may_lead
from xingyun.rounds.queries import amendments
from xingyun.rounds.states import Scope
from xingyun.web import answers
from xingyun.web.frame import FRAME
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.editions import grouped
from xingyun.web.officials.rounds import found, name_of

PAGE = "officials/amend.html"


class AmendForm(forms.Form):
    """From which day, for which applications, and why."""

    scope = forms.ChoiceField(label=gettext_lazy("哪些申请按新规则办"), widget=forms.RadioSelect)
    effective_on = forms.DateField(
        label=gettext_lazy("起用日期"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("填今天就立即起用；以后的日期，到那天 0:00 起用"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("企业会看到"),
    )

    def __init__(self, *args: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = [(scope.value, scope.label) for scope in scopes]


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def amend(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The comparison and the form; whoever leads announces the amendment here."""
    round_ = found(uid)
    may_lead(request.actor, round_.authority)
    sent = request.POST if request.method == "POST" else request.GET
    after = chosen(round_, sent.get("edition", ""))
    if after is None:
        return answers.page(request, PAGE, context_of(round_, None, None))
    seen = preview(round_, after)
    scopes = [effect.scope for effect in seen.effects]
    begun = {"scope": scopes[0], "effective_on": clock.today().isoformat()}
    if request.method != "POST":
        return answers.page(request, PAGE, context_of(round_, seen, AmendForm(scopes=scopes, initial=begun)))
    form = AmendForm(request.POST, scopes=scopes)
    context = context_of(round_, seen, form)
    if not form.is_valid():
        return answers.page(request, PAGE, context, status=422)
    try:
        actions.announce_amendment(
            round=round_,
            after=after,
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            now=clock.now(),
            **form.cleaned_data,
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    FRAME.forget()
    today = form.cleaned_data["effective_on"] <= clock.today()
    said = _("新规则已起用，有关企业已收到消息。") if today else _("已公告修订，有关企业已收到消息。")
    return answers.done(request, said, "round", uid)


def chosen(round_: Round, digest: str) -> Edition | None:
    """The edition that was asked for; Http404 for one that is none of the programme's."""
    if not digest:
        return None
    known = Edition.objects.filter(programme=round_.programme, digest=digest)
    edition = known.select_related("programme").defer("source", "contacts").first()
    if edition is None:
        raise Http404
    return edition


def context_of(round_: Round, seen: Preview | None, form: AmendForm | None) -> dict[str, object]:
    """What the page shows: the choice of an edition, or the comparison with whom it affects."""
    newer = Edition.objects.filter(programme=round_.programme, number__gt=round_.edition.number)
    return {
        "round": round_,
        "name": name_of(round_),
        "editions": list(newer.defer("source", "contacts").order_by("-number")),
        "preview": seen,
        "changes": grouped(seen.changes) if seen else [],
        "why": why_not(round_, seen.after, clock.today()) if seen else None,
        "form": form,
        "states": {state.value: state.label for state in State},
        "scope_names": {scope.value: scope.label for scope in Scope},
        "waiting": amendments(round_).filter(effected_at=None, withdrawn_at=None).first(),
    }


def why_not(round_: Round, after: Edition, today: date) -> Refused | None:
    """Why the edition can't take the round's place, None where it can."""
    try:
        may_amend(round_, after, today, today)
    except Refused as refused:
        return refused
    return None


@require_POST
@require_seat()
def withdraw(request: ActorRequest, uid: UUID, amendment: UUID) -> HttpResponse:
    """Take an announced amendment back before its day."""
    round_ = found(uid)
    may_lead(request.actor, round_.authority)
    known = Amendment.objects.select_related("round__authority", "after")
    actions.withdraw_amendment(
        amendment=get_object_or_404(known, round=round_, uid=amendment),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=clock.now(),
    )
    return answers.done(request, _("修订已撤回，有关企业已收到消息。"), "round", uid)
