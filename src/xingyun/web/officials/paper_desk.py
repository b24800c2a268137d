"""The paper desk: a booklet's code is scanned, what is seen is recorded, a receipt is printed."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.applications.models import Application
from xingyun.applications.queries import latest_submission
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions, permissions, queries
from xingyun.reviews.actions import ArrivalData
from xingyun.reviews.models import Arrival
from xingyun.reviews.queries.steps import why_not
from xingyun.reviews.states import Condition, Seal
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.arrival_form import ArrivalForm
from xingyun.web.officials.desk_files import found
from xingyun.web.officials.offices import IN_OFFICE, office, shown

LIST, PAGE = "officials/paper_desk.html", "officials/arrival.html"
SHOWN = ("missing", "arrived", "")


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def index(request: ActorRequest) -> HttpResponse:
    """The field to scan into, and what has arrived and is missing; a code leads to its application."""
    code = request.GET.get("code", "").strip()
    if not code:
        return answers.page(request, LIST, context_of(request))
    try:
        application, version = queries.scanned(request.actor, code[:200])
    except Refused as refused:
        return answers.again(request, refused, LIST, context_of(request), code=code)
    where = reverse("arrival", args=[application.uid])
    return redirect(f"{where}?version={version}" if version else where)


def context_of(request: ActorRequest) -> dict[str, object]:
    """What the list shows: of the office of the address, else of the person's first one.

    An auditor reads any office's, at first that of the round's own authority.
    """
    about = shown(request)
    asked = request.GET.get("office", "")
    if request.actor.is_auditor and not request.actor.authorities(*IN_OFFICE):
        key = asked or (about.round.authority.key if about.round else "")
        own = get_object_or_404(Authority, key=key)
    else:
        own = office(request.actor, asked)
    show = request.GET.get("show", "missing")
    show = show if show in SHOWN else "missing"
    return {
        "about": about,
        "office": own,
        "show": show,
        "shelf": queries.shelf(own, about.round, show) if about.round else None,
        "conditions": dict(Condition.choices),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*IN_OFFICE, Role.AUDITOR)
def arrival(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One application's booklet: what is online, what was recorded, and the form to record what is seen."""
    application = found(request, uid)
    if request.method != "POST":
        return answers.page(request, PAGE, page_of(request, application))
    if not request.actor.authorities(*permissions.OFFICE):
        raise NotAllowed(_("收件由办理单位登记。"))
    permissions.takes_in(request.actor, application)
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return answers.page(request, PAGE, page_of(request, application, form), status=422)
    try:
        made = actions.record_arrival(
            application=application,
            data=ArrivalData(**form.given),
            seen=form.cleaned_data["seen"],
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, page_of(request, application, form))
    said = _("已登记“%(name)s”第 %(version)s 版，可以打印回执，或接着扫下一册。")
    values = {"name": application.enterprise.name, "version": made.version}
    return answers.done(request, said % values, "arrival", uid)


def page_of(
    request: ActorRequest, application: Application, typed: ArrivalForm | None = None
) -> dict[str, object]:
    """What the page of an application shows."""
    actor = request.actor
    submission = latest_submission(application)
    online = submission.booklet.version if submission else None
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    why, _clause = why_not(lambda: permissions.may_take_in(application, online, version or online or 0))
    rows = queries.arrivals_of(application, offices_of(actor, application))
    own = mine(actor, application)
    current = next((r for r in rows if r.authority_id == own and r.version == online), None)
    form = typed
    if form is None and own and not why:
        form = ArrivalForm(initial=begun(version, current))
    book = rulebook_of(application.edition)
    return {
        "book": book,
        "a": application,
        "acted": Acted([application.stream]),
        "level": next((one for one in book.levels if one.key == application.level), None),
        "submission": submission,
        "version": version,
        "why": why,
        "own": own,
        "current": current,
        "rows": rows,
        "form": form,
        "seal_names": seal_names,
        "conditions": dict(Condition.choices),
    }


def seal_names(keys: list[str]) -> str:
    """The seals that were seen, in words."""
    return _("、").join(str(Seal(key).label) for key in keys)


def begun(version: int | None, current: Arrival | None) -> dict[str, Any]:
    """What the form begins with: the scanned version, this moment; of a correction what was recorded."""
    at = (current.arrived_at if current else clock.now()).astimezone(clock.ZONE)
    when = {"arrived_on": at.date(), "arrived_at": at.time()}
    if current is None:
        return {"version": version, "copies": 1, "condition": Condition.WHOLE, **when}
    kept = ("version", "pages", "copies", "seals", "condition", "remark", "brought_by", "shelf")
    return {**{name: getattr(current, name) for name in kept}, "seen": current.pk, **when}


def mine(actor: Actor, application: Application) -> int | None:
    """The office in which this person takes the booklet in, if in any."""
    try:
        return permissions.takes_in(actor, application)
    except NotAllowed:
        return None


def offices_of(actor: Actor, application: Application) -> tuple[int, ...]:
    """The offices whose records this person reads: the own ones, all on its way for an auditor."""
    own = application.authority
    way = {own.pk, own.parent_id, application.holder_id, own.parent.parent_id if own.parent else None}
    seats = set(actor.authorities(*IN_OFFICE))
    return tuple(pk for pk in way if pk is not None and (actor.is_auditor or pk in seats))


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def receipt(request: ActorRequest, uid: UUID, pk: int) -> FileResponse:
    """The receipt of one record, for the office that wrote it."""
    application = found(request, uid)
    known = Arrival.objects.filter(
        application=application, authority__in=offices_of(request.actor, application)
    )
    made = get_object_or_404(known.select_related("receipt__file"), pk=pk)
    return serving.issued(made.receipt, request, made.receipt.number)
