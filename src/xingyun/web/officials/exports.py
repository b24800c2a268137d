"""Lists as files: asked for with columns and filters, made by a job, taken while they are kept."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import Conflict, Refused
from xingyun.jobs.queries import latest
from xingyun.jobs.states import OPEN, State
from xingyun.lists import actions, queries
from xingyun.lists.actions.asking import KIND
from xingyun.lists.models import Definition, Export
from xingyun.lists.queries import chosen, known
from xingyun.lists.queries.columns import CONTACT
from xingyun.lists.states import Form
from xingyun.registry.states import Role
from xingyun.rounds.queries import rulebook_of
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.choosing import in_words
from xingyun.web.officials.export_forms import Asked, begun, groups, office_of, reads_in, sent
from xingyun.web.officials.offices import IN_OFFICE, expected, shown
from xingyun.web.officials.paging import by_time
from xingyun.web.officials.queue import address, levels_of

PAGE = "officials/exports.html"
door = require_seat(*IN_OFFICE, Role.AUDITOR)


@require_safe
@door
def index(request: ActorRequest) -> HttpResponse:
    """The form for the list as it was filtered, the office's definitions, and what was exported before."""
    return answers.page(request, PAGE, context_of(request, begun(request.GET)))


def context_of(request: ActorRequest, asked: Asked) -> dict[str, object]:
    """What the page shows."""
    about, actor = shown(request), request.actor
    round_, levels, own = about.round, levels_of(about.round), reads_in(actor)
    page = by_time(queries.exports(actor), "asked_at", request.GET.get("after", ""), 20)
    made = list(queries.definitions(actor, round_.programme_id)) if round_ else []
    return {
        "about": about,
        "asked": asked,
        "list_words": in_words(asked.choice, levels),
        "back": address(asked.choice, about),
        "groups": groups(actor, round_, own),
        "forms": Form.choices,
        "offices": own,
        "serves": any(actor.serves(one.pk) for one in own),
        "shares": bool(actor.authorities(*IN_OFFICE)),
        "definitions": [(one, in_words(chosen(one.query), levels), personal(one)) for one in made],
        "page": page,
        "now": clock.now(),
    }


def personal(definition: Definition) -> bool:
    """Whether its columns hold contacts."""
    return any(key.startswith(CONTACT) for key in definition.columns)


@require_POST
@door
def ask(request: ActorRequest) -> HttpResponse:
    """Have the list made; where a name was given, keep how."""
    asked = sent(request.POST)
    try:
        made = actions.ask_export(
            office=office_of(request.actor, asked.office),
            round=expected(shown(request)),
            choice=asked.choice,
            columns=asked.columns,
            form=asked.form,
            reason=asked.reason,
            shared=asked.shared,
            keep=asked.keep,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, asked))
    return answers.done(request, _("已开始导出，做好后在这一页下载。"), "export", made.uid)


@require_POST
@door
def run(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Export by a definition of the office once more, with the rows of now."""
    found = queries.definition(request.actor, uid)
    try:
        made = actions.ask_export(
            office=found.office,
            round=expected(shown(request)),
            choice=chosen(found.query),
            columns=found.columns,
            form=Form(found.form),
            reason=request.POST.get("reason", ""),
            shared=request.POST.get("shared", "") == "yes",
            definition=found,
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, context_of(request, begun(request.GET)))
    return answers.done(request, _("已开始导出，做好后在这一页下载。"), "export", made.uid)


@require_POST
@door
def forget(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Delete a definition; what was exported by it stays."""
    found = queries.definition(request.actor, uid)
    actions.delete_definition(definition=found, actor=request.actor)
    return answers.done(request, _("已删除导出方案“%s”。") % found.name, shown(request).at("exports"))


@require_safe
@door
def detail(request: ActorRequest, uid: UUID) -> HttpResponse:
    """How far it is, and then the file."""
    export = queries.export(request.actor, uid)
    return answers.page(request, "officials/export.html", detail_of(request, export))


def detail_of(request: ActorRequest, export: Export) -> dict[str, object]:
    """What the page of one export shows."""
    made = export.ended_at is not None
    job = None if made else latest(kind=KIND, key=str(export.uid))
    book = rulebook_of(export.round.edition)
    levels = {level.key: level for level in book.levels}
    columns = known(book)
    return {
        "export": export,
        "job": job,
        "running": bool(job and job.state in OPEN),
        "failed": bool(job and job.state == State.FAILED),
        "follows": bool(job and job.owner_id == request.actor.user_id),
        "here": made and export.file is not None and not expired(export),
        "words": _("等待答复的企业") if export.condition else in_words(chosen(export.query), levels),
        "columns": [columns[key].label for key in export.columns if key in columns],
    }


def expired(export: Export) -> bool:
    """Whether its days are over."""
    return export.expires_at is not None and export.expires_at <= clock.now()


@require_POST
@door
def again(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Have it made once more after it failed."""
    export = queries.export(request.actor, uid)
    actions.retry_export(export=export, actor=request.actor, now=clock.now())
    return answers.done(request, _("已重新开始导出。"), "export", uid)


@require_POST
@door
def take(request: ActorRequest, uid: UUID) -> HttpResponseBase:
    """The file; that it was taken is recorded, so this is no mere reading."""
    export = queries.export(request.actor, uid)
    try:
        file = actions.take_export(export=export, actor=request.actor, now=clock.now())
    except Conflict as refused:
        return answers.again(request, refused, "officials/export.html", detail_of(request, export))
    answer: FileResponse = serving.sent(file, name_of(export))
    answer["Cache-Control"] = "private, no-store"
    return answer


def name_of(export: Export) -> str:
    """What the file is called: the definition's name, or what it is, and the day."""
    day = f"{export.asked_at.astimezone(clock.ZONE):%Y%m%d}"
    return f"{export.title or _('申请清单')}-{day}.{export.form}"
