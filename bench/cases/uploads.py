"""Ten megabytes sent to the product, and to an application that takes and hashes them and no more."""

import http.client
import os
from urllib.parse import urlsplit

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string  # type: ignore[attr-defined]  # what a page's cookie is

from bench import load
from bench.measure import Row, measure
from bench.people import filler
from xingyun.accounts.models import User
from xingyun.applications.models import Application

SIZE = 10 * 1024 * 1024
TUS = {"Tus-Resumable": "1.0.0"}


def rows(draft: Application) -> list[Row]:
    """Both under the product's own server."""
    data = os.urandom(SIZE)
    user, token = User.objects.get(username=filler(draft)), _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={load.session(user)}; {settings.CSRF_COOKIE_NAME}={token}"
    signed = {"Cookie": cookies, "X-CSRFToken": token, **TUS}
    here = {"PYTHONPATH": str(load.HERE.parent)}
    with load.serving("bench.hashing", here) as plain, load.serving("xingyun.config.wsgi", {}) as product:
        least = measure(
            "10 MB to an application that hashes", lambda: put(plain, data), times=12, note="the measure"
        )
        ours = measure("10 MB uploaded (aim 2 ×)", lambda: send(product, data, signed), times=12)
    share = f"{ours.p50 / least.p50:.1f} × the measure; begun, received, synchronised, hashed, let go"
    return [least, Row(ours.name, ours.p50, ours.p95, ours.per_second, share)]


def put(address: str, data: bytes) -> None:
    """One request with everything."""
    ask(address, "PUT", "/", {}, data, 200)


def send(address: str, data: bytes, signed: dict[str, str]) -> None:
    """An upload begun, sent, let go again."""
    created = ask(address, "POST", "/uploads/", {**signed, "Upload-Length": str(len(data))}, b"", 201)
    sent = {**signed, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    ask(address, "PATCH", created, sent, data, 204)
    ask(address, "DELETE", created, signed, b"", 204)


def ask(address: str, method: str, path: str, headers: dict[str, str], body: bytes, status: int) -> str:
    """The address that the answer names. Raises RuntimeError on another status."""
    there = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        there.request(method, path, body, headers)
        answer = there.getresponse()
        said = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:200]!r}")
        return answer.headers.get("Location", "")
    finally:
        there.close()
