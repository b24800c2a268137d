"""What a form brings: a finished upload (tus), or plain files where there is no script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from xingyun import clock
from xingyun.applications.actions import infected
from xingyun.audit.errors import Refused
from xingyun.documents.inspect import UnusableError
from xingyun.files import actions as files
from xingyun.files.models import File, Upload
from xingyun.files.parts import BusyError
from xingyun.files.queries import upload_of
from xingyun.files.states import Scan
from xingyun.files.tus import clean_name
from xingyun.web.enterprise.intake import in_words, take
from xingyun.web.guards import ActorRequest


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file by its name; `file()` looks into it and keeps it. Raises Refused with what is wrong."""

    name: str
    file: Callable[[], File]


def arrived(request: ActorRequest) -> Iterator[Arrived]:
    """What came with this form. Raises Refused when nothing did."""
    if "upload" in request.POST:
        upload = _upload(request)
        yield Arrived(upload.name, partial(finished, upload))
        return
    plain = request.FILES.getlist("file")
    if not plain:
        raise Refused(_("还没有选文件。"), field="file")
    for one in plain:
        yield Arrived(clean_name(one.name or ""), partial(_plain, one))


def _plain(uploaded: Any) -> File:
    return take(uploaded, limit=settings.FILE_LIMIT, field="file", now=clock.now())


def _upload(request: ActorRequest) -> Upload:
    try:
        uuid = UUID(request.POST["upload"])
    except ValueError as error:
        raise Refused(_gone(), field="file") from error
    upload = upload_of(owner_id=request.actor.person, uuid=uuid)
    if upload is None:
        raise Refused(_gone(), field="file")
    return upload


def finished(upload: Upload) -> File:
    """The file that a finished upload has become."""
    try:
        return _unharmful(files.finish(upload=upload, now=clock.now()))
    except UnusableError as error:
        raise Refused(in_words(error), field="file") from error
    except BusyError as error:
        raise Refused(_("文件还在传，请等传完。"), field="file") from error
    except files.UploadError as error:
        said = _("文件还没有传完，请接着传。") if error.code == "incomplete" else _gone()
        raise Refused(said, field="file") from error


def _unharmful(file: File) -> File:
    if file.scan_state == Scan.INFECTED:
        raise Refused(infected(file.threat), field="file")
    return file


def _gone() -> str:
    return _("这次上传已经过期或不存在。请重新选择文件上传。")
