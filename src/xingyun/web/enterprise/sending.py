"""One's own files on their way out: saved under their name, or looked at where that is safe."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from xingyun.files.models import File
from xingyun.papers.models import Paper
from xingyun.web import serving

picture = serving.picture


def papered(paper: Paper | None, request: HttpRequest, name: str, *, inline: bool = True) -> HttpResponse:
    """An issued paper in the format that is asked for."""
    return cast("HttpResponse", serving.issued(paper, request, name, inline=inline))


def saved(file: File, name: str, *, inline: bool = False) -> HttpResponse:
    """The file; a streaming answer is an answer like any other to whoever passes it on."""
    return cast("HttpResponse", serving.sent(file, name, inline=inline))
