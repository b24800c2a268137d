"""The proposed list while it is on public notice, objections to it, and the announcement that follows."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingyun.audit.errors import Refused
from xingyun.clock import now
from xingyun.registry.actors import Actor
from xingyun.results import actions, queries
from xingyun.results.models import Announcement, NoticeLine, Objection
from xingyun.results.queries import NoticePage
from xingyun.web import answers
from xingyun.web.enterprise.intake import bounded, take
from xingyun.web.public.objecting import ObjectionForm
from xingyun.web.public.unchanged import while_nothing_happens
from xingyun.web.serving import issued

PAGE = 100


@require_safe
@while_nothing_happens
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list, highest level first, a page at a time."""
    page = found(uid, request.GET.get("after", ""))
    lines = page.lines[:PAGE]
    after = f"{lines[-1].rank}-{lines[-1].pk}" if len(page.lines) > PAGE else ""
    context = {
        "page": page,
        "book": page.rulebook,
        "lines": lines,
        "after": after,
        "levels": {lv.key: lv for lv in page.rulebook.levels},
    }
    return answers.page(request, "public/notices/index.html", context)


@bounded(lambda: settings.FILE_LIMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, uid: UUID, line: int) -> HttpResponse:
    """Object to one name of the list; the receipt is given at once."""
    page = found(uid, "")
    target = queries.line_of(uid, line)
    if target is None:
        raise Http404
    form = ObjectionForm(page.rulebook, request.POST or None)
    context = {"page": page, "book": page.rulebook, "line": target, "form": form}
    if request.method != "POST":
        return answers.page(request, "public/notices/object.html", context)
    if not form.is_valid():
        return answers.page(request, "public/notices/object.html", context, status=422)
    try:
        made = _take(request, form, target)
    except Refused as refused:
        return answers.again(request, refused, "public/notices/object.html", context)
    context = {"page": page, "book": page.rulebook, "objection": made, "line": target}
    return answers.page(request, "public/notices/receipt.html", context)


def _take(request: HttpRequest, form: ObjectionForm, target: NoticeLine) -> Objection:
    uploaded = request.FILES.get("file")
    file = take(uploaded, limit=settings.FILE_LIMIT, field="file", now=now()) if uploaded else None
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    return actions.raise_objection(line=target, file=file, actor=actor, now=now(), **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """How far an objection is, by its receipt (posted, so that it stands in no log)."""
    receipt = request.POST.get("receipt", "").strip()
    status = queries.follow(receipt) if receipt else None
    refused, code = None, 200
    if receipt and not status:
        refused, code = Refused(_("没有这个回执号。请核对后再查。"), field="receipt"), 404
    elif request.method == "POST" and not receipt:
        refused, code = Refused(_("还没有填回执号。它是提出异议时给的 16 位号码。"), field="receipt"), 422
    context = {"receipt": receipt, "status": status, "refused": refused}
    return answers.page(request, "public/notices/follow.html", context, status=code)


@require_safe
def paper(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The notice as it was issued; `?as=word` for the same as Word."""
    return issued(found(uid, "").notice.paper, request, "notice")


@require_safe
def announcement(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The announcement as it was issued; `?as=word` for the same as Word."""
    made = Announcement.objects.select_related("paper__file").filter(uid=uid).first()
    if made is None:
        raise Http404
    return issued(made.paper, request, "announcement")


def found(uid: UUID, after: str) -> NoticePage:
    """The notice of this id; 404 where there is none."""
    page = queries.notice(uid, now(), after=after, size=PAGE)
    if page is None:
        raise Http404
    return page
