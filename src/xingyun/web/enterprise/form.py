"""The application form, section by section: shown, saved as it is typed, saved as a whole without script."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.applications import actions
from xingyun.applications.actions import FieldConflict
from xingyun.applications.models import Application
from xingyun.applications.queries import Workspace, workspace
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook.form import FieldError
from xingyun.rulebook.schema.form import Field, Section
from xingyun.web import answers, drawn
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.missing import panel
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.shown import section_fields
from xingyun.web.enterprise.space import around
from xingyun.web.enterprise.toc import toc
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import clock_time, tell

PAGE = "enterprise/form.html"


@require_safe
@require_enterprise
def begin(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The first section."""
    application = mine(request, uid)
    first = rulebook_of(application.edition).form.sections[0]
    return HttpResponseRedirect(at("application_form", application, first.key))


@require_http_methods(["GET", "HEAD", "POST"])
@require_enterprise
def section(request: ActorRequest, uid: UUID, section: str) -> HttpResponse:
    """One section; a POST saves all of it and goes on."""
    application = mine(request, uid)
    found = _section(application, section)
    if request.method == "POST":
        return _save(request, application, found)
    work = workspace(application, clock.now())
    return answers.page(request, PAGE, context(work, found))


@require_POST
@require_enterprise
def save(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Keep one field: `{"field", "raw", "seen"}` → `{"digest", "error", "saved_at", "missing"}`.

    A field that the form does not have (any more) is answered with 410: sending it again is no use.
    """
    application = mine(request, uid)
    typed = _typed(request)
    if not rulebook_of(application.edition).form.has(typed["field"]):
        return JsonResponse({"message": _("本轮的申请表里没有这一栏。")}, status=410)
    now = clock.now()
    try:
        saved = actions.save_answer(**typed, application=application, actor=request.actor, now=now)
    except FieldConflict as conflict:
        return JsonResponse(_both(application, conflict), status=409)
    error = tell(saved.error.words) if saved.error else ""
    body = {"digest": saved.digest, "error": error, "rev": saved.rev, "saved_at": clock_time(now)}
    return JsonResponse({**body, "missing": panel(workspace(application, now)).panel})


def _typed(request: ActorRequest) -> dict[str, str]:
    try:
        body = json.loads(request.body)
        typed = {name: body[name] for name in ("field", "raw", "seen")}
    except (ValueError, KeyError, TypeError):
        typed = {}
    if not typed or not all(isinstance(value, str) for value in typed.values()):
        raise Refused(_("这次保存的内容没有传完整，请再存一次。"))
    return typed


def _both(application: Application, conflict: FieldConflict) -> dict[str, str]:
    """Both texts, as stored and as a reader wants them."""
    field = rulebook_of(application.edition).form.field(conflict.field)
    return {
        "message": conflict.message,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "digest": conflict.digest,
        "mine_text": readable(application, field, conflict.mine),
        "theirs_text": readable(application, field, conflict.theirs),
    }


def readable(application: Application, field: Field, raw: str) -> str:
    """An answer as a reader wants it, or as typed where it makes no sense."""
    form = rulebook_of(application.edition).form
    value = form.parse(field, raw) if raw.strip() else None
    return raw if value is None or isinstance(value, FieldError) else form.display(field, value)


def _section(application: Application, key: str) -> Section:
    try:
        return rulebook_of(application.edition).form.section(key)
    except KeyError as error:
        raise NotAllowed("") from error


def _save(request: ActorRequest, application: Application, section: Section) -> HttpResponse:
    values, seen = sent(request, application, section)
    done = actions.save_section(
        application=application, values=values, seen=seen, actor=request.actor, now=clock.now()
    )
    work = workspace(application, clock.now())
    wrong = work.errors.keys() & values.keys()
    if done.conflicts or wrong:
        status = 409 if done.conflicts else 422
        return answers.page(request, PAGE, context(work, section, done.conflicts), status=status)
    onward = following(work, section, 1) if request.POST.get("go") != "stay" else section
    to = onward.key if onward else None
    href = at("application_form", application, to) if to else after_form(work)[0]
    return answers.done(request, _("这一部分已保存。"), href)


def sent(
    request: ActorRequest, application: Application, section: Section
) -> tuple[dict[str, str], dict[str, str]]:
    """The section's fields as one string each, and the digests of what the page showed.

    What is locked is left out, and so is what the browser left out because nobody could tick it.
    """
    fields = rulebook_of(application.edition).form.in_section(section.key)
    told = [f for f in fields if f"seen-{f.key}" in request.POST]
    values = {f.key: _joined(f, request.POST.getlist(f.key)) for f in told}
    return values, {f.key: request.POST[f"seen-{f.key}"] for f in told}


def _joined(field: Field, parts: list[str]) -> str:
    if field.kind == "multi_choice":
        return ",".join(parts)
    if field.kind == "organisations":
        return "\n".join(part for part in parts if part.strip())
    return parts[0] if parts else ""


def following(work: Workspace, section: Section, step: int) -> Section | None:
    """The section `step` further on, if there is one."""
    sections = work.rulebook.form.sections
    at_ = [s.key for s in sections].index(section.key) + step
    return sections[at_] if 0 <= at_ < len(sections) else None


def after_form(work: Workspace) -> tuple[str, str]:
    """Where the way goes on behind the last section, and what that part is called."""
    if work.rulebook.keeps_ledger:
        return at("application_ledger", work.application), _("合同与发票")
    return at("application_evidence", work.application), _("证明材料")


def context(
    work: Workspace, section: Section, conflicts: dict[str, FieldConflict] | None = None
) -> dict[str, Any]:
    """What the page of a section shows."""
    fields = section_fields(work, section.key, conflicts)
    number = [s.key for s in work.rulebook.form.sections].index(section.key) + 1
    return {
        **around(work.application, "form", work.window),
        "section": section,
        "number": number,
        "fields": fields,
        "drawn": drawn.field,
        "conflicts": [
            (
                work.rulebook.form.field(key),
                readable(work.application, work.rulebook.form.field(key), c.theirs),
            )
            for key, c in (conflicts or {}).items()
        ],
        "previous": following(work, section, -1),
        "next": following(work, section, 1),
        "afterwards": after_form(work),
        "groups": toc(work),
        "here": section.key,
        **panel(work)._asdict(),
        "editable": work.editable and any(not field.locked for field in fields),
        "state": work.application.state,
    }
