"""Scans that officials hand in with an ordinary form: minutes, sealed reports."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xingyun.applications.actions import infected
from xingyun.audit.errors import Refused
from xingyun.documents.inspect import UnusableError
from xingyun.files import actions as files
from xingyun.files.actions import InfectedError
from xingyun.files.kinds import for_booklet
from xingyun.files.models import File
from xingyun.web.wording import english, size


def scan(request: HttpRequest, field: str, now: datetime) -> File:
    """The PDF, JPG or PNG in this field of the form, kept. Raises Refused with `field`."""
    given = request.FILES.get(field)
    if given is None or isinstance(given, list):
        raise Refused(_("请选择扫描件（PDF、JPG 或 PNG）。"), field=field)
    if (given.size or 0) > settings.FILE_LIMIT:
        said = _("文件有 %(size)s，单个不能超过 %(limit)s。请压缩后再传。")
        limits = {"size": size(given.size or 0), "limit": size(settings.FILE_LIMIT)}
        raise Refused(said % limits, field=field)
    with tempfile.NamedTemporaryFile() as copy:
        for piece in given.chunks():
            copy.write(piece)
        copy.flush()
        return _kept(Path(copy.name), field, now)


def _kept(path: Path, field: str, now: datetime) -> File:
    try:
        look = for_booklet(path)
    except UnusableError as error:
        raise Refused(error.en if english() else error.zh, field=field) from error
    try:
        return files.receive(source=path, now=now, look=look)
    except InfectedError as error:
        raise Refused(infected(error.threat), field=field) from error
