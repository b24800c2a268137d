"""An office publishes by what it will put applicants in order; everybody can read it from then on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.models import Authority
from xingyun.reviews import actions, queries
from xingyun.reviews.permissions import serving
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.rounds import found
from xingyun.web.orders import KEYS

PAGE = "officials/basis.html"


class BasisForm(forms.Form):
    """What comes first, what tells equal ones apart, in own words, and why it is changed."""

    first = forms.ChoiceField(label=gettext_lazy("先看什么"), widget=forms.RadioSelect, required=False)
    second = forms.ChoiceField(
        label=gettext_lazy("相同时再看"),
        required=False,
        help_text=gettext_lazy("不选的，相同的算并列，由集体研究确定先后并写明理由"),
    )
    words = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("公开可见，例如口径、由哪个会议研究"),
    )
    reason = forms.CharField(
        label=gettext_lazy("更改的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("更改已公布的要写，公开可见；原来的也留着"),
    )

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["first"], self.fields["second"]
        assert isinstance(first, forms.ChoiceField)  # declared above
        assert isinstance(second, forms.ChoiceField)
        first.choices = [(key, WORDS[key]) for key in keys]
        rest = [*(key for key in keys if key != "meeting"), "submitted_at"]
        second.choices = [("", _("不再看，算并列")), *((key, KEYS[key]) for key in rest)]


WORDS = {
    "spend": gettext_lazy("上云支出，多的在前"),
    "domains_proved": gettext_lazy("有证明的域，多的在前"),
    "points": gettext_lazy("得分，高的在前"),
    "meeting": gettext_lazy("集体研究排定，每次调整写明理由"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def basis(request: ActorRequest, uid: UUID, scope: str) -> HttpResponse:
    """The form of an office's own order; whoever does not work there does not find it."""
    round_, authority = found(uid), get_object_or_404(Authority, key=scope)
    serving(request.actor, authority.pk)
    context = context_of(round_, authority)
    if not context["ranks"]:
        raise NotAllowed("")
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    form = BasisForm(request.POST, keys=queries.keys_for(rulebook_of(round_.edition)))
    if not form.is_valid():
        return answers.page(request, PAGE, {**context, "form": form}, status=422)
    given, seen = form.cleaned_data, request.POST.get("seen", "")
    try:
        actions.publish_basis(
            round=round_,
            authority=authority,
            by=[key for key in (given["first"], given["second"]) if key],
            words=given["words"],
            reason=given["reason"],
            seen=int(seen) if seen.isdecimal() else None,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, {**context_of(round_, authority), "form": form})
    return answers.done(request, _("排序办法已公布，在公开的“时间安排”页可以看到。"), "round", uid)


def context_of(round_: Round, authority: Authority) -> dict[str, object]:
    """What holds now, what was published before, whether it can still be changed, and the form."""
    book = rulebook_of(round_.edition)
    now = queries.basis_of(round_, authority)
    keys = queries.keys_for(book)
    typed = {"first": now.by[0], "second": now.by[1] if len(now.by) > 1 else ""} if now.own else {}
    words = now.own.words if now.own else ""
    return {
        "round": round_,
        "book": book,
        "rule": book.ranking,
        "authority": authority,
        "ranks": queries.ranks(book, authority),
        "settled": not keys,
        "basis": now,
        "names": KEYS,
        "history": [one for one in queries.bases(round_) if one.authority_id == authority.pk],
        "opened": queries.opened_at(round_, authority, clock.now()),
        "form": BasisForm(keys=keys, initial={**typed, "words": words}) if keys else None,
    }
