"""One's own files on their way out: saved under their name, or looked at where that is safe."""

from typing import cast

from django.http import HttpResponse

from xingyun.files.models import File
from xingyun.web import serving

picture = serving.picture


def saved(file: File, name: str, *, inline: bool = False) -> HttpResponse:
    """The file; a streaming answer is an answer like any other to whoever passes it on."""
    return cast("HttpResponse", serving.sent(file, name, inline=inline))
