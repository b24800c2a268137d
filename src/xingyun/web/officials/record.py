"""The auditor's desk: the record as it was written, its verification, the anchor to be kept elsewhere."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun.applications.models import Application
from xingyun.audit import actions as audit
from xingyun.audit import anchor
from xingyun.audit.queries import matching
from xingyun.clock import ZONE, now
from xingyun.jobs.queries import latest
from xingyun.papers import actions
from xingyun.papers.actions.verifying import KIND
from xingyun.papers.queries import last_verification
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acts import in_words
from xingyun.web.officials.chains import who
from xingyun.web.officials.paging import by_time

door = require_seat(Role.AUDITOR)


@require_safe
@door
def index(request: ActorRequest) -> HttpResponse:
    """The newest entries of all streams, or of one; an application's number finds its stream."""
    asked = request.GET.get("q", "").strip()[:120]
    page = by_time(matching(stream_of(asked)), "at", request.GET.get("after", ""))
    context = {
        "asked": asked,
        "page": page,
        "words": {entry.act: in_words(entry.act) for entry in page.rows},
        "who": who,
        "verification": last_verification(),
        "job": latest(kind=KIND, key="all"),
    }
    return answers.page(request, "officials/record.html", context)


def stream_of(asked: str) -> str:
    """The stream of an application's number or of an office's name; any other text begins a stream's name."""
    kind, _colon, name = asked.rpartition(":")
    if kind in {"", "authority"} and (office := Authority.objects.only("key").filter(name=name).first()):
        return f"authority:{office.key}"
    if not asked or kind:
        return asked
    found = Application.objects.only("uid").filter(number=asked).first()
    return found.stream if found else asked


@require_POST
@door
def verify(request: ActorRequest) -> HttpResponse:
    """Let the whole record be verified."""
    actions.ask_verification(actor=request.actor, now=now())
    return answers.done(request, _("已开始查验，完成后在这一页显示结果。"), "record")


@require_POST
@door
def export(request: ActorRequest) -> HttpResponseBase:  # noqa: ARG001  # the whole record's anchor
    """Sign the heads as they stand now and hand the anchor over; it belongs on another machine."""
    moment = now()
    audit.checkpoint(now=moment)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anchor.jsonl"
        anchor.write(path, moment)
        content = path.open("rb")
    # Open files outlive their names: the folder is gone, the answer still streams.
    name = f"anchor-{moment.astimezone(ZONE):%Y%m%d-%H%M%S}.jsonl"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/jsonl")
