"""Notes on the desk: pinned to a place on the page, taken off again; pages marked as looked at."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.queries import latest_submission
from xingyun.audit.errors import Refused
from xingyun.files.models import File
from xingyun.reviews import actions
from xingyun.reviews.actions import NoteData, Spot
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import context_of
from xingyun.web.officials.desk_files import found, of
from xingyun.web.officials.leaves import BOOK, SCAN, kept_under
from xingyun.web.officials.panes import number, upright

WHOLE = 1000


@require_POST
@require_seat()
def read(request: ActorRequest, uid: UUID) -> HttpResponse:
    """A page was looked at; the script of the desk says so, a button where there is no script."""
    application = found(request, uid)
    file, _name = sent_for(request, application)
    actions.read_page(
        application=application, file=file, page=number(request.POST.get("number", "")), actor=request.actor
    )
    return answers.done(request, _("已记下看过这一页。"), back(request, uid))


@require_POST
@require_seat()
def pin(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Keep a note, pinned to a page where the entry has pages."""
    application = found(request, uid)
    try:
        actions.pin_note(
            application=application, note=typed(request, application), actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        context = context_of(request, uid, request.POST)
        return answers.again(request, refused, "officials/desk.html", context)
    return answers.done(request, _("已记下这条意见，退回补正时一次告知企业。"), back(request, uid))


@require_POST
@require_seat()
def take_off(request: ActorRequest, uid: UUID, note: int) -> HttpResponse:
    """Take a note off again."""
    actions.take_off_note(application=found(request, uid), note=note, actor=request.actor)
    return answers.done(request, _("已去掉这条意见。"), back(request, uid))


def typed(request: ActorRequest, application: Application) -> NoteData:
    """The note as it was sent. Raises Refused with `field` for a place that is none."""
    sent = request.POST
    spot = None
    if sent.get("source"):
        file, name = sent_for(request, application)
        left, top = per_cent(sent.get("left", ""), "left"), per_cent(sent.get("top", ""), "top")
        x, y = upright(left, top, number(sent.get("turn", "")))
        spot = Spot(file, name, number(sent.get("number", "")), x, y)
    return NoteData(sent.get("text", ""), sent.get("place", ""), sent.get("clause", ""), spot)


def per_cent(text: str, field: str) -> int:
    """Per cent of a page, in thousandths."""
    try:
        share = round(float(text) * 10)
    except (ValueError, OverflowError):
        share = -1
    if not 0 <= share <= WHOLE:
        raise Refused(_("位置请填 0 到 100 之间的数，例如 50。"), field=field)
    return share


def sent_for(request: ActorRequest, application: Application) -> tuple[File, str]:
    """The file that the form speaks of, and its name. Http404 where the application has none such."""
    source = request.POST.get("source", "")
    if source in {BOOK, SCAN}:
        handed_in = latest_submission(application)
        file = kept_under(handed_in, source) if handed_in else None
        if file is None:
            raise Http404
        return file, _("申报书") if source == BOOK else _("盖章扫描件")
    try:
        attachment = of(request, application.uid, UUID(source))
    except ValueError as error:
        raise Http404 from error
    return attachment.file, attachment.name


def back(request: HttpRequest, uid: UUID) -> str:
    """The desk as it was looked at: its look stands in the address that the form was sent to."""
    asked = request.GET.urlencode()
    return reverse("desk", args=[uid]) + (f"?{asked}" if asked else "")
