"""Objections that did not come online: entered by the office that decides them, from letter or telephone."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import OFFICIAL
from xingyun.results import actions, queries
from xingyun.results.models import NoticeLine, Objection
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.scans import scan
from xingyun.web.public.objecting import ObjectionForm

PAGE = "officials/objecting.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*OFFICIAL)
def enter(request: ActorRequest, uid: UUID, line: int) -> HttpResponse:
    """Enter an objection to one name; its receipt is for the office to pass on."""
    target = line_of(request, uid, line)
    form = ObjectionForm(rulebook_of(target.notice.round.edition), request.POST or None, asked=True)
    context = {"form": form, "line": target, "n": target.notice}
    if request.method != "POST":
        return answers.page(request, PAGE, context)
    if not form.is_valid():
        return answers.page(request, PAGE, context, status=422)
    try:
        made = kept(request, form, target)
    except Refused as refused:
        return answers.again(request, refused, PAGE, context)
    said = _("异议已登记，回执号 %(receipt)s。请告知提出人，凭它可以查看办理情况。") % {
        "receipt": made.receipt
    }
    return answers.done(request, said, "office_notice", uid)


def line_of(request: ActorRequest, uid: UUID, line: int) -> NoticeLine:
    """The line of a notice that this person's office published; the same answer where there is none."""
    found = queries.line_of(uid, line)
    if found is None or not request.actor.serves(found.notice.authority_id):
        raise NotAllowed(_("没有找到这条公示。"))
    return found


def kept(request: ActorRequest, form: ObjectionForm, line: NoticeLine) -> Objection:
    """The objection with its scan, if there is one."""
    now = clock.now()
    file = scan(request, "file", now) if request.FILES.get("file") else None
    return actions.raise_objection(line=line, file=file, actor=request.actor, now=now, **form.cleaned_data)


@require_safe
@require_seat(*OFFICIAL)
def file(request: ActorRequest, uid: UUID) -> FileResponse:
    """What came with an objection, for the office that decides it."""
    found = queries.objection(request.actor, uid)
    if found.file is None:
        raise Http404
    return serving.sent(found.file, _("异议材料"), inline=True)
