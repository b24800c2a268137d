"""What an applicant is told of files that wait for the virus scan."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xingyun.applications import actions
from xingyun.applications.actions.awaiting import KIND
from xingyun.applications.models import Awaited
from xingyun.audit.errors import NotAllowed
from xingyun.files.models import File
from xingyun.files.states import UNSEEN
from xingyun.jobs.models import Job
from xingyun.jobs.states import OPEN
from xingyun.web import answers
from xingyun.web.enterprise.mine import mine
from xingyun.web.enterprise.places import at
from xingyun.web.guards import ActorRequest, require_enterprise


@dataclass(frozen=True, slots=True)
class Followed:
    """A file that waits, and the work that is under way for it."""

    of: Awaited
    job: int | None

    @property
    def text(self) -> str:
        """How it stands, in words."""
        if self.of.refusal:
            return self.of.refusal
        if self.of.file.scan_state == "failed":
            said = _("病毒扫描没有做成（%s）。会自动再试；仍不行时请联系系统管理员。")
            return said % self.of.file.threat
        if self.job is None:
            return _("文件已收好。病毒扫描暂时不可用，恢复后自动扫描、收进材料，可以离开本页。")
        return _("文件已收好，正在扫描病毒，通过后自动收进材料。")


def followed(rows: Iterable[Awaited]) -> list[Followed]:
    """Each with its open job, if it has one (one query)."""
    listed = list(rows)
    if not listed:
        return []
    known = Job.objects.filter(kind=KIND, key__in=[str(one.pk) for one in listed], state__in=OPEN)
    jobs = dict(known.values_list("key", "pk"))
    return [Followed(one, jobs.get(str(one.pk))) for one in listed]


def unscanned(file: File) -> bool:
    """Whether it has to wait for its scan."""
    return file.scan_state in UNSEEN


def wait(count: int) -> str:
    """What is said when files wait."""
    said = ngettext(
        "%(n)s 个文件已收到，正在扫描病毒，通过后自动收进材料。",
        "%(n)s 个文件已收到，正在扫描病毒，通过后自动收进材料。",
        count,
    )
    return said % {"n": count}


@require_POST
@require_enterprise
def drop(request: ActorRequest, uid: UUID, awaited: int) -> HttpResponse:
    """Not wanted any more, or read why it was refused."""
    application = mine(request, uid)
    found = Awaited.objects.filter(application=application, pk=awaited).first()
    if found is None:
        raise NotAllowed("")
    found.application = application
    page = "application_evidence" if found.material else "application_booklet"
    actions.drop_awaited(awaited=found, actor=request.actor)
    return answers.done(request, _("已从等待的文件里拿掉。"), at(page, application))
