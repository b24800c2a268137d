"""Evidence: files that arrive, which material they serve, in which order; an explicit "none"; downloads."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.models import Application, Attachment
from xingyun.applications.queries import MaterialView, Workspace, awaited
from xingyun.applications.queries.statements import to_be_stated
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.web import answers
from xingyun.web.enterprise.arrivals import Arrived, arrived
from xingyun.web.enterprise.awaiting import followed, unscanned, wait
from xingyun.web.enterprise.intake import ACCEPT, bounded
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.sending import picture, saved
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.serving import left_out
from xingyun.web.wording import tell

PAGE = "enterprise/evidence.html"


@require_safe
@require_enterprise
def evidence(request: ActorRequest, uid: UUID) -> HttpResponse:
    """All materials with their files."""
    return answers.page(request, PAGE, context(work_of(request, uid)))


def context(work: Workspace) -> dict[str, Any]:
    """What the page shows."""
    return {
        **around(work.application, "evidence", work.window),
        "materials": work.materials,
        "awaited": followed(awaited(work.application, scans=False)),
        "book": work.rulebook,
        "numbers": numbers(work),
        "states": {view.material.key: stand(work, view) for view in work.materials},
        "proves": proves(work),
        "stated": to_be_stated(work),
        "left_out": left_out,
        "items": (work.booklet.plan.get("items", {}) if work.booklet else {}),
        "used": work.bytes_used,
        "limit": settings.FILE_LIMIT,
        "room": settings.APPLICATION_LIMIT,
        "left": max(0, settings.APPLICATION_LIMIT - work.bytes_used),
        "accept": ACCEPT,
        "offers": offers(work),
        "may": {
            view.material.key: work.may_change(f"material:{view.material.key}") for view in work.materials
        },
        "editable": work.editable,
        "count": sum(len(view.attachments) for view in work.materials),
    }


def numbers(work: Workspace) -> dict[int, str]:
    """How files are called in lists: 01, 02 … in the order of the book."""
    files = (a.pk for view in work.materials for a in view.attachments)
    return {pk: f"{n:02d}" for n, pk in enumerate(files, 1)}


def proves(work: Workspace) -> dict[int, list[str]]:
    """The names of the domains that each file proves."""
    names = {d.key: tell(d.name) for d in work.rulebook.domains}
    found: dict[int, list[str]] = {}
    for claim in work.claims.values():
        for page in claim.pages:
            listed = found.setdefault(page.attachment.pk, [])
            if names[claim.domain] not in listed:
                listed.append(names[claim.domain])
    return found


def offers(work: Workspace) -> list[tuple[str, str]]:
    """The slots that files may be put into now, those that still lack one first."""
    slots = [
        (slot, view)
        for view in work.materials
        if not view.material.made_by_system and work.may_change(f"material:{view.material.key}")
        for slot in view.slots
    ]
    lacking = {f.where for f in work.verdict.at("material") if f.blocks}
    slots.sort(key=lambda pair: ("material", pair[0].slot.key) not in lacking)
    return [(slot.slot.key, f"{view.material.number}. {tell(slot.slot.name)}") for slot, view in slots]


def stand(work: Workspace, view: MaterialView) -> tuple[str, str, str]:
    """Kind, sign and sentence of a material."""
    found = [f for f in work.verdict.findings if f.rule == f"material.{view.material.key}"]
    open_ = [f for f in found if f.blocks]
    n = len(view.attachments)
    if view.material.made_by_system:
        return (
            ("ok", "accept", tell(found[0].words)) if not open_ else ("wait", "partial", tell(open_[0].words))
        )
    if open_:
        return ("wait", "partial", tell(open_[0].words)) if n else ("bad", "fault", tell(open_[0].words))
    if n:
        return ("ok", "accept", ngettext("已传 %(n)s 份", "已传 %(n)s 份", n) % {"n": n})
    if view.absent:
        return ("ok", "accept", _("已选“无”"))
    return ("muted", "empty", tell(found[0].words) if found else _("没有可不交"))


@require_POST
@require_enterprise
@bounded(lambda: settings.FILE_LIMIT)
def attach(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Attach what has arrived. Each file succeeds or fails by itself."""
    application = mine(request, uid)
    material = request.POST.get("material", "")
    page = f"{at('application_evidence', application)}#m-{material}"
    kept, waiting, refusals = _attach_all(request, application, arrived(request), material)
    if refusals:
        raise Refused("".join(refusals), field="file")
    if waiting:
        return answers.done(request, wait(len(waiting)), page)
    done = ngettext("%(n)s 个文件已收好。", "%(n)s 个文件已收好。", len(kept)) % {"n": len(kept)}
    return answers.done(request, done, page)


def _attach_all(
    request: ActorRequest, application: Application, files: Iterable[Arrived], material: str
) -> tuple[list[Attachment], list[str], list[str]]:
    """What was attached, the names of what waits for its scan, and why the rest was refused."""
    kept, waiting, refusals = [], [], []
    for one in files:
        try:
            given: dict[str, Any] = {"application": application, "file": one.file(), "name": one.name}
            acting: dict[str, Any] = {"material": material, "actor": request.actor, "now": clock.now()}
            if unscanned(given["file"]):
                actions.await_scan(**given, **acting)
                waiting.append(one.name)
            else:
                kept.append(actions.attach(**given, **acting))
        except NotAllowed:
            raise
        except Refused as refused:
            refusals.append(f"{one.name}：{refused.message}")
    return kept, waiting, refusals


@require_POST
@require_enterprise
def move(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Put a file under another material, one place up or down, or at a place (from 1) of its material."""
    attachment = own(mine(request, uid), row)
    to = request.POST.get("to", "")
    step = {"up": -1, "down": 1}.get(to)
    position = max(1, _rank(attachment) + step) if step else _place(to)
    actions.move_attachment(
        attachment=attachment,
        position=position,
        material=None if position else request.POST.get("material", ""),
        actor=request.actor,
        now=clock.now(),
    )
    return answers.done(request, _("已移好，页码成册时重排。"), _anchor(attachment))


def _place(typed: str) -> int | None:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None


def _rank(attachment: Attachment) -> int:
    """The place of a file among those of its slot, from 1."""
    before = Attachment.objects.filter(
        application=attachment.application,
        material=attachment.material,
        removed_at=None,
        position__lte=attachment.position,
    )
    return before.count()


@require_POST
@require_enterprise
def remove(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """Take a file away."""
    attachment = own(mine(request, uid), row)
    actions.detach(attachment=attachment, actor=request.actor, now=clock.now())
    return answers.done(request, _("“%(name)s”已移除。") % {"name": attachment.name}, _anchor(attachment))


@require_POST
@require_enterprise
def absent(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say that there is nothing for a material, or take that back."""
    application = mine(request, uid)
    material, none = request.POST.get("material", ""), request.POST.get("absent") == "yes"
    actions.declare_absent(
        application=application, material=material, absent=none, actor=request.actor, now=clock.now()
    )
    said = _("已选“无”，这一节在册里写“无”。") if none else _("已取消“无”。")
    return answers.done(request, said, f"{at('application_evidence', application)}#m-{material}")


@require_safe
@require_enterprise
def download(request: ActorRequest, uid: UUID, row: UUID) -> HttpResponse:
    """One's own file as it was sent; saved, never opened in the page."""
    attachment = own(mine(request, uid), row)
    return saved(attachment.file, attachment.name)


@require_safe
@require_enterprise
def page(request: ActorRequest, uid: UUID, row: UUID, page: int) -> HttpResponse:
    """The picture of one page."""
    return picture(own(mine(request, uid), row).file, page, request.GET)


def own(application: Application, row: UUID) -> Attachment:
    """A live file of this application. Raises NotAllowed, as if there were none, for any other."""
    live = Attachment.objects.filter(application=application, removed_at=None).select_related("file")
    found = live.filter(uid=row).first()
    if found is None:
        raise NotAllowed("")
    found.application = application
    return found


def _anchor(attachment: Attachment) -> str:
    return f"{at('application_evidence', attachment.application)}#m-{attachment.material}"
