"""Setting when a stage is open, for one authority or for all; a change says why."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.registry.models import Authority
from xingyun.reviews import actions
from xingyun.rounds import queries
from xingyun.rounds.models import Round
from xingyun.rounds.permissions import may_set_window
from xingyun.rounds.states import RoundState
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import previewing
from xingyun.web.officials.round_forms import WindowForm, shown
from xingyun.web.officials.rounds import found

ALL = "all"
PAGE = "officials/window.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def window(request: ActorRequest, uid: UUID, stage: str, scope: str) -> HttpResponse:
    """The form of one window; whoever may not set it does not find it."""
    round_ = found(uid)
    authority = None if scope == ALL else get_object_or_404(Authority, key=scope)
    may_set_window(request.actor, round_, authority)
    context = context_of(round_, stage, authority)
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    form = WindowForm(request.POST)
    if not form.is_valid():
        return answers.page(request, PAGE, {**context, "form": form}, status=422)
    opens, closes = form.span

    def act() -> object:
        return actions.change_window(
            round=round_,
            authority=authority,
            stage=stage,
            opens=opens,
            closes=closes,
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
    return answers.done(request, _("时间已设好，企业马上能看到。"), "round", uid)


def context_of(round_: Round, stage: str, authority: Authority | None) -> dict[str, object]:
    """What the form shows: the dates that hold now, the stage's rule, the last day allowed."""
    book = queries.rulebook_of(round_.edition)
    if stage not in {w.key for w in book.windows}:
        raise Http404
    rule = book.window(stage)
    now = queries.window(round_, authority, stage)
    return {
        "round": round_,
        "rule": rule,
        "authority": authority,
        "dates": now,
        "before": book.deadline(rule.before) if rule.before else None,
        "tells": now is not None and round_.state == RoundState.OPEN,
        "form": WindowForm(initial=shown(now.opens, now.closes) if now else {}),
    }
