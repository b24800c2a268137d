"""Acceptance: accept, return with everything to mend, or refuse; three acts that never look alike."""

from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.applications.queries import Workspace
from xingyun.audit.errors import Refused
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import DefectData
from xingyun.reviews.models import Note
from xingyun.rulebook.calendar import add_working_days
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.listing import desk_of, listed
from xingyun.web.officials.panes import number
from xingyun.web.officials.places import places
from xingyun.web.officials.previewing import asked, previewed
from xingyun.web.wording import tell

ROWS = 6
WORKING_DAYS = 5


@require_POST
@require_seat()
def accept(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The papers are complete and in form."""
    application = found(request, uid)
    actions.accept(application=application, actor=request.actor, now=clock.now())
    said = _("已受理“%s”，已通知企业。") % application.enterprise.name
    return answers.done(request, said, desk_of(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def refuse(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Not accepted, with reason and clause: over for this round."""
    if request.method != "POST":
        return answers.page(request, "officials/refuse.html", page_of(request, uid))
    application = found(request, uid)
    given = {"reason": request.POST.get("reason", ""), "clause": request.POST.get("clause", "")}
    act = partial(actions.refuse, application=application, actor=request.actor, now=clock.now(), **given)
    if asked(request):
        return previewed(request, act, "officials/refuse.html", page_of(request, uid), **given)
    try:
        act()
    except Refused as refused:
        return answers.again(request, refused, "officials/refuse.html", page_of(request, uid), **given)
    said = _("已对“%s”不予受理，理由已告知企业。") % application.enterprise.name
    return answers.done(request, said, desk_of(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat()
def send_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Returned for correction with all defects at once, each with its place and clause."""
    if request.method != "POST":
        return answers.page(request, "officials/return.html", return_page(request, uid))
    application = found(request, uid)
    rows = typed(request)
    notes = [number(pk, 12) for pk in request.POST.getlist("note")]
    due = request.POST.get("due", "")
    if "more" in request.POST:
        context = return_page(request, uid)
        context |= {"rows": roomy(rows, ROWS), "due": due, "notes": notes}
        return answers.page(request, "officials/return.html", context)

    def act() -> object:
        return actions.return_for_correction(
            application=application,
            defects=[row for row in rows if row.place or row.text.strip()],
            due=end_of(due),
            actor=request.actor,
            now=clock.now(),
            notes=notes,
        )

    if asked(request):
        typed_in = {"rows": roomy(rows), "due": due, "notes": notes}
        return previewed(request, act, "officials/return.html", return_page(request, uid), **typed_in)
    try:
        act()
    except Refused as refused:
        context = return_page(request, uid)
        typed_in = {"rows": roomy(rows), "due": due, "notes": notes}
        return answers.again(request, refused, "officials/return.html", context, **typed_in)
    said = _("已退回“%s”补正，全部意见一次告知企业。") % application.enterprise.name
    return answers.done(request, said, desk_of(request, uid))


def page_of(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """The head of the application, and empty fields; what was sent comes back, whatever was done by then."""
    desk = queries.desk(request.actor, uid)
    place = listed(request.actor, request.GET, desk.workspace.application)
    typed = request.method == "POST"
    return {**around(desk), "listed": place, "typed": typed, "reason": "", "clause": ""}


def return_page(request: ActorRequest, uid: UUID) -> dict[str, object]:
    """The form of a return: rows already begun with what the checks have found."""
    context = page_of(request, uid)
    work: Workspace = context["work"]  # type: ignore[assignment]
    notes = queries.open_notes(request.actor, work.application)
    rows = roomy([*(noted(note) for note in notes), *suggested(work)])
    last = add_working_days(clock.today(), WORKING_DAYS, first_day_counted=False)
    return {
        **context,
        "rows": rows,
        "due": last.isoformat(),
        "places": places(work.rulebook),
        "notes": [note.pk for note in notes],
    }


def noted(note: Note) -> DefectData:
    """A note as a row of the form."""
    return DefectData(note.place, note.clause, queries.as_defect(note))


def typed(request: ActorRequest) -> list[DefectData]:
    """The rows of the form in which something was typed."""
    columns = (request.POST.getlist(name) for name in ("place", "clause", "text"))
    rows = [DefectData(*row) for row in zip(*columns, strict=False)]
    return [row for row in rows if row.place or row.clause or row.text.strip()]


def roomy(rows: list[DefectData], free: int = 2) -> list[DefectData]:
    """With empty rows below: as many as are free, and never fewer than `ROWS` in all."""
    return rows + [DefectData("", "", "")] * max(ROWS - len(rows), free)


def suggested(work: Workspace) -> list[DefectData]:
    """What the checks have found missing or wrong, at a place that can be opened for correction."""
    known = {place for _label, options in places(work.rulebook) for place, _name in options}
    found_ = [(":".join(f.where[:2]), f) for f in work.verdict.of("missing", "wrong")]
    return [
        DefectData(place, f.clause.ref if f.clause else "", tell(f.words) + tell(f.remedy))
        for place, f in found_
        if place in known
    ]


def end_of(day: str) -> datetime:
    """24:00 of the day. Raises Refused for what is no date."""
    try:
        last = date.fromisoformat(day)
    except ValueError as error:
        raise Refused(_("请填写补正的最后一天，例如 2020-10-16。"), field="due") from error
    return datetime.combine(last + timedelta(days=1), time(0), clock.ZONE)
