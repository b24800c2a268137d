"""One file page by page: which of its pages prove what, seen and said from the side of the file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Attachment
from xingyun.applications.queries import PageRef, Workspace
from xingyun.audit.errors import Refused
from xingyun.web import answers
from xingyun.web.enterprise.evidence import own
from xingyun.web.enterprise.page_ranges import range_typed
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import tell

PAGE = "enterprise/look.html"
SHEETS = 24  # so many pages of a file are drawn at once


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def look(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """The pages of a file and the domains that they prove; a POST lets some prove another one."""
    work = work_of(request, uid)
    attachment = own(work.application, row)
    if request.method == "POST":
        try:
            return _prove(request, work, attachment)
        except Refused as refused:
            return answers.again(request, refused, PAGE, _context(request, work, attachment))
    return answers.page(request, PAGE, _context(request, work, attachment))


def _context(request: ActorRequest, work: Workspace, attachment: Attachment) -> dict[str, Any]:
    last, start = attachment.file.pages or 1, request.GET.get("from", "")
    first = min(max(1, int(start)), last) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    end = min(first + SHEETS - 1, last)
    return {
        **around(work.application, "evidence", None),
        "attachment": attachment,
        "pages": range(first, end + 1),
        "before": max(1, first - SHEETS) if first > 1 else None,
        "after": end + 1 if end < last else None,
        "proved": _proved(work, attachment),
        "domains": _domains(work),
        "typed": request.POST,
        "refused": None,
    }


def _proved(work: Workspace, attachment: Attachment) -> list[tuple[str, str, PageRef, bool]]:
    """Key and name of a domain, the pages of this file that prove it, and whether that may be changed."""
    return [
        (domain.key, tell(domain.name), page, work.may_change(f"domain:{domain.key}"))
        for domain in work.rulebook.domains
        if (claim := work.claims.get(domain.key))
        for page in claim.pages
        if page.attachment.pk == attachment.pk
    ]


def _domains(work: Workspace) -> list[tuple[str, list[tuple[str, str]]]]:
    """The domains that may be proved now, under their categories."""
    groups = [
        (
            tell(category.name),
            [
                (domain.key, tell(domain.name))
                for sub in category.subcategories
                for domain in sub.domains
                if work.may_change(f"domain:{domain.key}")
            ],
        )
        for category in work.rulebook.categories
    ]
    return [(name, domains) for name, domains in groups if domains]


def _prove(request: ActorRequest, work: Workspace, attachment: Attachment) -> HttpResponse:
    key = request.POST.get("domain", "")
    domain = next((one for one in work.rulebook.domains if one.key == key), None)
    if domain is None:
        raise Refused(_("请选它证明的域。"), field="domain")
    first, last = range_typed(request.POST)
    actions.prove(
        application=work.application,
        domain=key,
        attachment=attachment,
        first=first,
        last=last,
        actor=request.actor,
        now=clock.now(),
    )
    done = _("“%(name)s”的证明已加上。") % {"name": tell(domain.name)}
    return answers.done(request, done, at("application_file", work.application, attachment.uid))
