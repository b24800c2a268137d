"""The checklist: what is claimed, which pages prove it, and on which pages of the book they stand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application, ClaimPage
from xingyun.applications.queries import ClaimView, Workspace, workspace
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Text
from xingyun.rulebook.schema.checklist import Category, Domain
from xingyun.web import answers
from xingyun.web.enterprise.evidence import numbers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.page_ranges import file_typed, range_typed
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import tell

PAGE = "enterprise/checklist.html"
PROOF = "enterprise/proof.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A domain as the table shows it; `group` opens a subcategory of `rows` lines."""

    domain: Domain
    claim: ClaimView | None
    pages: str
    may: bool
    group: Text | None
    rows: int

    @property
    def dot(self) -> str:
        """y proved, h claimed only, n not."""
        return "n" if self.claim is None else "y" if self.claim.pages else "h"


@dataclass(frozen=True, slots=True)
class Part:
    """A category with its lines."""

    key: str
    label: str
    href: str
    lines: tuple[Line, ...]

    @property
    def dots(self) -> list[str]:
        """One sign for each domain."""
        return [line.dot for line in self.lines]

    @property
    def on(self) -> int:
        """How many are claimed."""
        return sum(dot != "n" for dot in self.dots)


@require_safe
@require_enterprise
def checklist(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The whole table, or only what lacks proof."""
    work = work_of(request, uid)
    if work.rulebook.checklist is None:
        raise NotAllowed("")
    parts = [part(work, category) for category in work.rulebook.categories]
    dots = [dot for one in parts for dot in one.dots]
    context = {
        **around(work.application, "form", work.window),
        "table": work.rulebook.checklist,
        "book": work.rulebook,
        "parts": parts,
        "all": len(dots),
        "proved": dots.count("y"),
        "bare": dots.count("h"),
        "absent": dots.count("n"),
        "only": request.GET.get("show") == "bare",
        "numbers": numbers(work),
        "ready": work.booklet is not None and bool(pages_of(work)),
        "editable": work.editable,
    }
    return answers.page(request, PAGE, context)


def part(work: Workspace, category: Category) -> Part:
    """One category."""
    shown = [
        line(work, domain, sub.name if n == 0 else None, len(sub.domains))
        for sub in category.subcategories
        for n, domain in enumerate(sub.domains)
    ]
    return Part(category.key, tell(category.name), f"#c-{category.key}", tuple(shown))


def line(work: Workspace, domain: Domain, group: Text | None, rows: int) -> Line:
    """One domain."""
    may = work.may_change(f"domain:{domain.key}")
    pages = pages_of(work).get(domain.key, "")
    return Line(domain, work.claims.get(domain.key), pages, may, group, rows)


def pages_of(work: Workspace) -> dict[str, str]:
    """The printed page numbers by domain, as far as the book of this state is made."""
    found: dict[str, str] = work.booklet.plan.get("pages", {}) if work.booklet else {}
    return found


@require_POST
@require_enterprise
def claim(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Claim a domain, or take it back."""
    application = mine(request, uid)
    domain, on = request.POST.get("domain", ""), request.POST.get("on") == "yes"
    actions.claim(application=application, domain=domain, on=on, actor=request.actor, now=clock.now())
    said = _("已勾选。") if on else _("已取消勾选。")
    return answers.done(request, said, f"{at('application_checklist', application)}#d-{domain}")


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def proof(request: ActorRequest, uid: UUID, domain: str) -> HttpResponse:
    """The pages that prove one domain; a POST adds some."""
    application = mine(request, uid)
    found = next((d for d in rulebook_of(application.edition).domains if d.key == domain), None)
    if found is None:
        raise NotAllowed("")
    if request.method == "POST":
        try:
            return _prove(request, application, found)
        except Refused as refused:
            work = workspace(application, clock.now())
            return answers.again(request, refused, PROOF, proof_context(request, work, found))
    return answers.page(request, PROOF, proof_context(request, workspace(application, clock.now()), found))


def proof_context(request: ActorRequest, work: Workspace, domain: Domain) -> dict[str, Any]:
    """What the page of one domain shows."""
    return {
        **around(work.application, "form", work.window),
        "domain": domain,
        "claim": work.claims.get(domain.key),
        "files": [a for view in work.materials for a in view.attachments],
        "numbers": numbers(work),
        "may": work.may_change(f"domain:{domain.key}"),
        "typed": request.POST,
        "refused": None,
        "table": work.rulebook.checklist,
    }


def _prove(request: ActorRequest, application: Application, domain: Domain) -> HttpResponse:
    first, last = range_typed(request.POST)
    actions.prove(
        application=application,
        domain=domain.key,
        attachment=file_typed(application, request.POST),
        first=first,
        last=last,
        actor=request.actor,
        now=clock.now(),
    )
    done = _("“%(name)s”的证明已加上。") % {"name": tell(domain.name)}
    return answers.done(request, done, at("application_proof", application, domain.key))


@require_POST
@require_enterprise
def unprove(request: ActorRequest, uid: UUID, page: int) -> HttpResponse:
    """Take pages away from the proof of a domain."""
    application = mine(request, uid)
    own = ClaimPage.objects.filter(claim__application=application).select_related(
        "claim__application", "attachment"
    )
    found = own.filter(pk=page).first()
    if found is None:
        raise NotAllowed("")
    actions.unprove(page=found, actor=request.actor, now=clock.now())
    to = at("application_proof", application, found.claim.domain)
    if request.POST.get("from") == "file":
        to = at("application_file", application, found.attachment.uid)
    return answers.done(request, _("已去掉这几页。"), to)
