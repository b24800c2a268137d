"""Files that come with a form: bounded before anything is read, looked into, kept by content."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from xingyun.applications.actions import infected
from xingyun.audit.errors import Refused
from xingyun.documents.inspect import UnusableError
from xingyun.files import actions as files
from xingyun.files.actions import InfectedError
from xingyun.files.kinds import for_booklet
from xingyun.files.models import File
from xingyun.files.storage import TooLargeError
from xingyun.web import answers

MB = 1024 * 1024
TYPED = 1 * MB  # what the other fields of a form may weigh
ACCEPT = ".pdf,.jpg,.jpeg,.png"

View = Callable[..., HttpResponse]


def bounded(limit: Callable[[], int]) -> Callable[[View], View]:
    """Refuse a form heavier than `limit()` bytes before a byte of it is read; its files go to disk.

    The token is checked inside: it stands in the body, which is read only once its size is known.
    """

    def wrap(view: View) -> View:
        inside = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _weight(request) > limit() + TYPED:
                return _too_heavy(request, limit())
            request.upload_handlers = [TemporaryFileUploadHandler(request)]
            return inside(request, *args, **kwargs)

        return door

    return wrap


def take(uploaded: Any, *, limit: int, field: str, now: datetime) -> File:
    """Keep an uploaded PDF, JPG or PNG. Raises Refused at `field` with what is wrong and how to mend it."""
    if not isinstance(uploaded, TemporaryUploadedFile):
        raise Refused(_("还没有选文件。"), field=field)
    path = Path(uploaded.temporary_file_path())
    try:
        look = for_booklet(path)
        return files.receive(source=path, now=now, limit=limit, look=look)
    except InfectedError as error:
        raise Refused(infected(error.threat), field=field) from error
    except UnusableError as error:
        raise Refused(in_words(error), field=field) from error
    except TooLargeError as error:
        raise Refused(too_large(limit), field=field) from error


def in_words(error: UnusableError) -> str:
    """Why a file can't be used, in the language of the page."""
    return error.en if (get_language() or "").startswith("en") else error.zh


def too_large(limit: int) -> str:
    """That a file is too large."""
    said = _("文件超过 %(limit)s MB。请压缩或分成几份再传，其他内容不受影响。")
    return said % {"limit": limit // MB}


def _weight(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isdigit() else 0


def _too_heavy(request: HttpRequest, limit: int) -> HttpResponse:
    refused = Refused(too_large(limit))
    if answers.wants_json(request):
        return answers.refusal(request, refused)
    # What was typed is in the body that nobody reads; the page before still holds it.
    context = {"refused": refused, "kept": [], "back": answers.back(request)}
    return answers.page(request, "errors/refused.html", context, status=413)
