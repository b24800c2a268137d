"""What is done to a roster as a whole: a table handed in, the count released."""

import io

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.applications.actions import infected
from xingyun.audit.errors import Refused
from xingyun.files import actions as files
from xingyun.files.actions import InfectedError
from xingyun.files.models import File
from xingyun.registry import actions
from xingyun.registry.models import Snapshot
from xingyun.registry.permissions import may_keep_roster
from xingyun.web import answers, serving
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.roster_forms import ImportForm, SnapshotForm
from xingyun.web.officials.roster_loads import PASTED
from xingyun.web.officials.rosters import context_of, found
from xingyun.web.wording import size


@require_POST
@require_seat()
def import_rows(request: ActorRequest, key: str) -> HttpResponse:
    """Take a file or pasted lines in; the next page asks which column is which."""
    authority = found(request, key)
    may_keep_roster(request.actor, authority)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {**context_of(request, authority), "form": form}
        return answers.page(request, "officials/roster.html", context, status=422)
    try:
        file, name = handed_in(form)
        made = actions.take_in(
            authority=authority,
            file=file,
            name=name,
            listed_on=form.cleaned_data["listed_on"],
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        context = {**context_of(request, authority), "form": form}
        return answers.again(request, refused, "officials/roster.html", context)
    return answers.done(request, _("表格已收到，请核对各列。"), "roster_load", key, made.uid)


def handed_in(form: ImportForm) -> tuple[File, str]:
    """The file, else the pasted lines as one, with its name. Raises Refused (field "file")."""
    given, lines = form.cleaned_data["file"], form.cleaned_data["lines"]
    if not given and not lines.strip():
        raise Refused(_("请选一个文件，或者粘贴几行。"), field="file")
    if not given:
        return files.store(source=io.BytesIO(lines.encode()), now=clock.now(), kind="text/csv"), PASTED
    if given.size > settings.FILE_LIMIT:
        said = _("文件有 %(size)s，不能超过 %(limit)s。请只留要用的几列再传。")
        limits = {"size": size(given.size), "limit": size(settings.FILE_LIMIT)}
        raise Refused(said % limits, field="file")
    try:
        return files.receive(source=given.file, now=clock.now()), given.name
    except InfectedError as error:
        raise Refused(infected(error.threat), field="file") from error


@require_POST
@require_seat()
def release(request: ActorRequest, key: str) -> HttpResponse:
    """Release the count of the year; from now on it can't be changed."""
    authority = found(request, key)
    form = SnapshotForm(request.POST)
    context = {**context_of(request, authority), "snapshot_form": form}
    if not form.is_valid():
        return answers.page(request, "officials/roster.html", context, status=422)
    try:
        made = actions.release_snapshot(
            authority=authority,
            year=int(str(context["year"])),
            actor=request.actor,
            now=clock.now(),
            **form.cleaned_data,
        )
    except Refused as refused:
        return answers.again(request, refused, "officials/roster.html", context)
    said = _("已发布%(name)s %(year)s 年的基数：%(count)s 家。")
    values = {"name": authority.name, "year": made.year, "count": f"{made.count:,}"}
    return answers.done(request, said % values, "roster", key)


@require_safe
@require_seat()
def frozen(request: ActorRequest, key: str, year: int) -> FileResponse:
    """The codes that a released count stands for; their digest is the one that was published."""
    authority = found(request, key)
    made = Snapshot.objects.filter(authority=authority, year=year).first()
    file = File.objects.filter(sha256=made.digest).first() if made else None
    if file is None:
        raise Http404
    return serving.sent(file, f"{authority.key}-{year}.txt")
