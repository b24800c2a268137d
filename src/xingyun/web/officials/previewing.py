"""A form's preview: what the act would send to whom, shown on the same page; nothing is done."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from xingyun.audit.errors import Refused
from xingyun.messages.previewing import rehearse
from xingyun.web import answers


def asked(request: HttpRequest) -> bool:
    """Whether the form was sent to be previewed."""
    return "preview" in request.POST


def previewed(
    request: HttpRequest, act: Callable[[], object], template: str, context: dict[str, Any], **typed: object
) -> HttpResponse:
    """The page once more with what `act` would send; refused like the act itself."""
    try:
        told = rehearse(act)
    except Refused as refused:
        return answers.again(request, refused, template, context, **typed)
    return answers.page(request, template, {**context, **typed, "foreseen": told})
