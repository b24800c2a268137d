"""What is odd about a row of the ledger: the pages that prove it, and what the office ruled."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import RowPage
from xingyun.applications.queries import Workspace
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.evidence.queries import Explained
from xingyun.web import answers
from xingyun.web.enterprise.evidence import numbers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.page_ranges import file_typed, range_typed
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.oddities import told

PAGE = "enterprise/row_proof.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def row_proof(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """The pages that prove one row; a POST adds some."""
    work = work_of(request, uid)
    found = next((one for one in work.ledger.odd if one.uid == row), None)
    if found is None:
        raise NotAllowed("")
    if request.method == "POST":
        try:
            return _prove(request, work, found)
        except Refused as refused:
            return answers.again(request, refused, PAGE, _context(request, work, found))
    return answers.page(request, PAGE, _context(request, work, found))


def _context(request: ActorRequest, work: Workspace, row: Explained) -> dict[str, Any]:
    return {
        **around(work.application, "form", work.window),
        "row": row,
        "said_of_it": told(work.ledger, row),
        "ruling": work.ledger.ruled.get(row.uid),
        "pages": work.row_pages.get(row.uid, ()),
        "files": [a for view in work.materials for a in view.attachments],
        "numbers": numbers(work),
        "may": work.may_change("ledger"),
        "typed": request.POST,
        "refused": None,
    }


def _prove(request: ActorRequest, work: Workspace, row: Explained) -> HttpResponse:
    first, last = range_typed(request.POST)
    actions.prove_row(
        application=work.application,
        row=row,
        attachment=file_typed(work.application, request.POST),
        first=first,
        last=last,
        actor=request.actor,
        now=clock.now(),
    )
    return answers.done(request, _("证明已加上。"), at("application_row_proof", work.application, row.uid))


@require_POST
@require_enterprise
def unprove(request: ActorRequest, uid: UUID, page: int) -> HttpResponse:
    """Take pages away from the proof of a row."""
    application = mine(request, uid)
    own = RowPage.objects.filter(application=application).select_related("application")
    found = own.filter(pk=page).first()
    if found is None:
        raise NotAllowed("")
    actions.unprove_row(page=found, actor=request.actor, now=clock.now())
    return answers.done(request, _("已去掉这几页。"), at("application_row_proof", application, found.row))
