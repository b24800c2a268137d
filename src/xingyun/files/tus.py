"""tus 1.0.0 (core, creation, termination, expiration): requests in, responses out; the routes are the web's.

The body is read from the stream as it arrives; nothing here touches request.body or request.POST, and
no middleware does for these methods: the CSRF token comes in the X-CSRFToken header.
"""

import base64
import binascii
import hashlib
import os
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from xingyun.files import actions, parts, queries, storage
from xingyun.files.models import Upload

VERSION = "1.0.0"
CONTENT = "application/offset+octet-stream"
# What has come is put on the disk and told after so much, but not more often than this: whoever sends fast
# has little to send again after a crash, and waits for the disk once.
SAFE_EVERY, SECONDS_BETWEEN = 4 * storage.PIECE, 0.25


def create(
    request: HttpRequest,
    *,
    owner_id: int,
    address: Callable[[UUID], str],
    now: datetime,
    limit: int | None = None,
) -> HttpResponse:
    """Answer OPTIONS and POST on the collection: 201 with the new upload's address."""
    if request.method == "OPTIONS":
        return _options(limit)
    if request.method != "POST":
        return _answer(405, Allow="OPTIONS, POST")
    if refusal := _refuse_version(request):
        return refusal
    length = _number(request, "Upload-Length")
    if length is None:
        return _answer(400, _("缺少文件长度（Upload-Length）。请重新选择文件。"))
    try:
        upload = actions.begin(owner_id=owner_id, name=_name(request), length=length, now=now, limit=limit)
    except actions.UploadError as error:
        return _answer(413, _reason(error))
    except OSError:
        return _answer(507, _no_room())
    return _answer(201, Location=address(upload.uuid), **_standing(upload))


def serve(request: HttpRequest, *, owner_id: int, uuid: UUID) -> HttpResponse:
    """Answer HEAD, PATCH and DELETE on one upload of this owner; others' uploads do not exist for him."""
    answers = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}
    answer = answers.get(request.method or "")
    if answer is None:
        return _answer(405, Allow="HEAD, PATCH, DELETE")
    if refusal := _refuse_version(request):
        return refusal
    upload = queries.upload_of(owner_id=owner_id, uuid=uuid)
    if upload is None:
        return _answer(404, _("这次上传已经过期或不存在。请重新选择文件上传。"))
    return answer(request, upload)


def _head(_request: HttpRequest, upload: Upload) -> HttpResponse:
    return _answer(
        200, **_standing(upload), **{"Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    )


def _delete(_request: HttpRequest, upload: Upload) -> HttpResponse:
    try:
        with parts.held(upload.uuid):
            actions.abandon(upload=upload)
    except parts.BusyError:
        return _answer(423)
    return _answer(204)


def _patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.content_type != CONTENT:
        return _answer(415)
    size = _number(request, "Content-Length")
    if size is None:
        return _answer(411)
    try:
        with parts.held(upload.uuid) as part:
            upload.refresh_from_db()
            if _number(request, "Upload-Offset") != upload.offset:
                return _answer(409, **_standing(upload))
            if upload.offset + size > upload.length:
                return _answer(413)
            return _receive(request, upload, part)
    except (parts.BusyError, Upload.DoesNotExist):
        return _answer(423)
    except FileNotFoundError:
        return _answer(410)
    except OSError:
        return _answer(507, _no_room())


def _no_room() -> str:
    return _("服务器的存储空间暂时不可用。已经传到的部分没有丢，请稍后继续上传。")


def _receive(request: HttpRequest, upload: Upload, part: Any) -> HttpResponse:
    """Append what arrives. A broken connection keeps what came before it broke.

    So does a disk that is full: raises OSError once what is safe is told.
    """
    whole = hashlib.sha256() if upload.offset == 0 else None
    with part.open("r+b") as file:
        # Bytes beyond the offset were never acknowledged: a crash left them.
        file.truncate(upload.offset)
        file.seek(upload.offset)
        kept, full, safe_at = upload.offset, None, time.monotonic()
        try:
            for piece in storage.pieces(request):  # type: ignore[arg-type]  # reads like a file
                file.write(piece)
                if whole is not None:
                    whole.update(piece)
                kept += len(piece)
                if kept - upload.offset >= SAFE_EVERY and time.monotonic() - safe_at >= SECONDS_BETWEEN:
                    if not _keep(file, upload, kept):
                        return _answer(409)
                    safe_at = time.monotonic()
        except UnreadablePostError:
            whole = None
        except OSError as error:
            whole, full = None, error
        digest = whole.hexdigest() if whole is not None and kept == upload.length else ""
        if not _keep(file, upload, kept, digest):
            return _answer(409)
    if full is not None:
        raise full
    return _answer(204, **_standing(upload))


def _keep(file: Any, upload: Upload, to: int, sha256: str = "") -> bool:
    file.flush()
    os.fsync(file.fileno())
    return actions.advance(upload=upload, to=to, sha256=sha256)


def _options(limit: int | None) -> HttpResponse:
    return _answer(
        204,
        **{
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,termination,expiration",
            "Tus-Max-Size": str(settings.FILE_LIMIT if limit is None else limit),
        },
    )


def _refuse_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    return _answer(412, **{"Tus-Version": VERSION})


def _standing(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
    }


def _number(request: HttpRequest, header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _name(request: HttpRequest) -> str:
    """The file's own name from the metadata, without folders and control characters."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return clean_name(base64.b64decode(value, validate=True).decode())
            except (binascii.Error, UnicodeDecodeError):
                break
    return clean_name("")


def clean_name(name: str) -> str:
    """A file name fit to be shown and to be offered for download again."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return kept[-255:] or "file"


def _reason(error: actions.UploadError) -> str:
    megabytes = error.limit // (1024 * 1024)
    if error.code == "too_large":
        return _("文件超过 {limit} MB 的上限。请压缩或分成几个文件再传；已经上传的文件不受影响。").format(
            limit=megabytes
        )
    return _("正在上传的文件合计超过 {limit} MB。请等前面的传完，或取消不要的上传。").format(limit=megabytes)


def _answer(status: int, text: str = "", **headers: str) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        response[name] = value
    return response
