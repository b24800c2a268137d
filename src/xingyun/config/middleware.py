"""What every answer carries, and what no reading request may do."""

import re
from collections.abc import Callable
from functools import partial
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
    """Fail any GET or HEAD that begins a transaction, locks or writes (rehearsal, debugging and tests).

    Exempt is the end of a session that no longer counts (the password has changed): it may end any time.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STRICT_READS or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        # A test may run in a transaction of its own; what counts is one that begins in here.
        guard = partial(_refuse, begun=connection.in_atomic_block)
        with connection.execute_wrapper(guard):
            return self.get_response(request)


READING = frozenset({"SELECT", "WITH", "EXPLAIN", "PRAGMA", "SHOW", "VALUES"})
ENDED_SESSION = re.compile(r'DELETE FROM "django_session" WHERE "django_session"\."session_key" IN \(%s\)$')
HIDDEN = re.compile(
    r"\b(FOR (NO KEY )?UPDATE|FOR (KEY )?SHARE|INSERT INTO|DELETE FROM|nextval)\b", re.IGNORECASE
)


def _refuse(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any], *, begun: bool
) -> Any:
    """Let a statement through that only reads.

    PostgreSQL's BEGIN is sent by the driver and never passes here, so the state is looked at instead.
    """
    if ENDED_SESSION.match(sql):
        return execute(sql, params, many, context)
    word = sql.lstrip(" (\n").split(None, 1)[0].upper()
    if word not in READING or HIDDEN.search(sql) or context["connection"].in_atomic_block > begun:
        raise WriteOnRead(sql[:200])
    return execute(sql, params, many, context)
