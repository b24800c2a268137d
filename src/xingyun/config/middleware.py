"""What every answer carries, and what no reading request may do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    ]
)


class SecurityHeaders:
    """A strict policy for every page: no inline script, no inline style, nothing from elsewhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class WriteOnRead(RuntimeError):
    """A GET or HEAD tried to write; prefetching browsers and link checkers would act for the user."""


class ReadsOnlyRead:
    """Fail any GET or HEAD that begins a transaction or writes (rehearsal, debugging and tests).

    Signing in and the session's own bookkeeping happen on POST, so nothing is exempt.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STRICT_READS or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    word = sql.lstrip().split(None, 1)[0].upper()
    if word in {"INSERT", "UPDATE", "DELETE", "BEGIN", "SAVEPOINT", "REPLACE", "TRUNCATE"}:
        raise WriteOnRead(sql[:200])
    return execute(sql, params, many, context)
