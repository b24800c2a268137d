"""What an office tells: the letters on their way, and words to all applicants of a round."""

from functools import partial
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Refused
from xingyun.messages.states import State
from xingyun.registry.actors import OFFICIAL
from xingyun.reviews import actions
from xingyun.reviews.queries.circulars import circulars, letters
from xingyun.reviews.states import Whom
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.offices import expected, offices, shown
from xingyun.web.officials.paging import by_id_down
from xingyun.web.officials.previewing import asked, previewed

INDEX, PAGE = "officials/outbox.html", "officials/circular.html"
SHOWN = 5
LOOKS = {State.QUEUED: ("wait", "clock"), State.SENT: ("ok", "accept"), State.FAILED: ("bad", "fault")}


class CircularForm(forms.Form):
    """Words to many."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    whom = forms.ChoiceField(label=gettext_lazy("发给"), choices=Whom.choices)
    subject = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=80,
        help_text=gettext_lazy("会显示在锁屏上，不要写电话、证件号"),
    )
    body = forms.CharField(label=gettext_lazy("内容"), max_length=2000, widget=forms.Textarea({"rows": 6}))


@require_safe
@require_seat(*OFFICIAL)
def index(request: ActorRequest) -> HttpResponse:
    """The letters of this person's offices, the failed ones on demand, and what was sent to many."""
    state = request.GET.get("state", "")
    found = letters(request.actor)
    failed = found.filter(state=State.FAILED).count()
    if state in State.values:
        found = found.filter(state=state)
    page = by_id_down(found, request.GET.get("after", ""))
    context = {
        "about": shown(request),
        "page": page,
        "rows": [(letter, masked(letter.address), *LOOKS[State(letter.state)]) for letter in page.rows],
        "state": state,
        "states": State.choices,
        "failed": failed,
        "circulars": list(circulars(request.actor)[:SHOWN]),
        "mail": bool(settings.MAIL_URL),
    }
    return answers.page(request, INDEX, context)


def masked(address: str) -> str:
    """An address as whoever knows it knows it again: a***@example.org."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}"


@require_POST
@require_seat(*OFFICIAL)
def again(request: ActorRequest, pk: int) -> HttpResponse:
    """Send a letter that failed once more."""
    actions.send_letter_again(pk=pk, actor=request.actor, now=clock.now())
    return answers.done(request, _("已重新排队，马上再发。"), "outbox")


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*OFFICIAL)
def write(request: ActorRequest) -> HttpResponse:
    """Words to all applicants of the round that file with the office; first previewed, then sent."""
    about = shown(request)
    round_, own = expected(about), offices(request.actor, *OFFICIAL)[0]
    context = {"about": about, "office": own}
    if request.method != "POST":
        begun = CircularForm(initial={"uid": uuid4(), "whom": Whom.ALL})
        return answers.page(request, PAGE, {**context, "form": begun})
    form = CircularForm(request.POST)
    context["form"] = form
    if not form.is_valid():
        return answers.page(request, PAGE, context, status=422)
    uid: UUID = form.cleaned_data["uid"]
    act = partial(
        actions.write_to_all,
        uid=uid,
        round=round_,
        authority=own,
        whom=form.cleaned_data["whom"],
        subject=form.cleaned_data["subject"],
        body=form.cleaned_data["body"],
        actor=request.actor,
        now=clock.now(),
    )
    if asked(request):
        return previewed(request, act, PAGE, context)
    try:
        made = act()
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    said = _("已发给 %(n)s 家企业的 %(m)s 人。") % {"n": made.enterprises, "m": made.people}
    return answers.done(request, said, "outbox")
