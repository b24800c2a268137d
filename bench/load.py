"""Load over HTTP, by wrk: eight people who fill in, against a view that does nothing; the same server."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Sum
from django.middleware.csrf import _get_new_csrf_string  # type: ignore[attr-defined]  # what a page's cookie is

from bench.measure import Row
from xingyun.accounts.models import User
from xingyun.applications.actions import digest
from xingyun.applications.models import Application
from xingyun.clock import now
from xingyun.config.serve import web
from xingyun.demo import applying
from xingyun.demo.offices import Offices
from xingyun.registry.models import Membership
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.results.models import Notice
from xingyun.rounds.queries import rulebook_of

CLIENTS = 8
SECONDS = 8
FIELD = "filing_number"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Load:
    """What wrk saw; times are milliseconds."""

    requests: int
    faults: int
    seconds: float
    p50: float
    p95: float

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def rows(drafts: Sequence[Application]) -> list[Row]:
    """Static and typing by turns, so that whatever else the machine does meets both."""
    if not shutil.which("wrk"):
        return [Row("load over HTTP", 0, 0, 0, "SKIPPED: wrk is missing (apt-get install wrk)")]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("bench.static_view", {"PYTHONPATH": str(HERE.parent)}) as plain,
        serving("xingyun.config.wsgi", {}) as product,
    ):
        people = written(drafts, Path(folder))
        before = _revisions(drafts)
        rounds = [(wrk(plain), wrk(product, people)) for _ in range(3)]
        saved = _revisions(drafts) - before
        public = {name: wrk(product + path) for name, path in _public().items()}
    static = max((first for first, _second in rounds), key=lambda load: load.per_second)
    typing = max((second for _first, second in rounds), key=lambda load: load.per_second)
    asked = sum(second.requests for _first, second in rounds)
    faults = sum(load.faults for both in rounds for load in both)
    share = typing.per_second / static.per_second
    return [
        _row("a static Django view, 8 clients", static, "the measure"),
        _row(
            "open, edit, save a section, 8 clients (aim 0.08)",
            typing,
            f"{share:.3f} of the static view; {asked} requests, {saved} saved, {faults} faults",
        ),
        *(
            _row(
                f"{name}, 8 clients (aim 0.15)",
                load,
                f"{load.per_second / static.per_second:.3f} of the static view; {load.faults} faults",
            )
            for name, load in public.items()
        ),
    ]


def _public() -> dict[str, str]:
    """The public's lists by what they are called, as paths."""
    return {"the public list": "results/", "a public notice": f"notices/{Notice.objects.latest('id').uid}/"}


def _row(name: str, load: Load, note: str) -> Row:
    return Row(name, load.p50, load.p95, load.per_second, note)


def _revisions(drafts: Sequence[Application]) -> int:
    ids = [draft.pk for draft in drafts]
    return int(Application.objects.filter(pk__in=ids).aggregate(all=Sum("rev"))["all"])


def drafts(like: Application) -> list[Application]:
    """An application for each client, filled in and proved as one that is nearly ready."""
    moment, made = now(), []
    seats = Membership.objects.select_related("user", "authority").filter(role=Role.PREPARER)
    people = {(seat.authority.key, seat.role): actor_for(seat.user) for seat in seats}
    top = like.authority.parent
    assert top is not None
    offices = Offices(like.edition, rulebook_of(like.edition), top, seats[0].user, people)
    for n in range(CLIENTS):
        applicant = applying.register(offices, like.authority, 900 + n, moment)
        application = applying.begin(applicant, like.round, moment)
        applying.fill_form(
            offices, applicant, application, level=like.level, deployments=["public"], now=moment
        )
        applying.fill_ledger(offices, applicant, application, until=moment.date(), cloud=True, now=moment)
        files = applying.upload_evidence(offices, applicant, application, cloud=True, now=moment)
        applying.claim_domains(offices, applicant, application, files, moment)
        made.append(application)
    return made


def written(drafts: Sequence[Application], folder: Path) -> Path:
    """The file from which each of wrk's threads reads who it is."""
    lines = []
    for draft in drafts:
        draft.refresh_from_db()
        user = User.objects.get(pk=applying.known(draft.enterprise).actor.user_id)
        token = _get_new_csrf_string()
        section = rulebook_of(draft.edition).form.field(FIELD).section
        base = f"/enterprise/applications/{draft.uid}"
        texts = [draft.answers.get(FIELD, ""), draft.answers.get(FIELD, "") + "0"]
        both = [part for text in texts for part in (text, digest(text))]
        cookies = f"{settings.SESSION_COOKIE_NAME}={session(user)}; {settings.CSRF_COOKIE_NAME}={token}"
        lines.append("\t".join([f"{base}/form/{section}/", f"{base}/save/", cookies, token, FIELD, *both]))
    path = folder / "people.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def session(user: User) -> str:
    """A session of this person; its key."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@contextmanager
def serving(application: str, environ: Mapping[str, str]) -> Iterator[str]:
    """A WSGI application under the product's own server; gives its address, ends it by its id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{probe.getsockname()[1]}"
    # As operators are told: a process for each processor, but on SQLite one.
    processes = (os.cpu_count() or 1) if connection.vendor == "postgresql" else 1
    command = [application if part == "xingyun.config.wsgi" else part for part in web(bind, 4, processes)]
    settings_ = {"XINGYUN_REHEARSAL": "", "XINGYUN_BIND": bind}
    process = subprocess.Popen(command, env={**os.environ, **settings_, **environ}, start_new_session=True)
    try:
        _wait(f"http://{bind}/", process)
        yield f"http://{bind}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _try in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def wrk(address: str, people: Path | None = None) -> Load:
    """Ask `address` for some seconds with eight connections; with `people`, as those people."""
    threads = CLIENTS if people else 2
    command = [
        "wrk",
        "-t",
        str(threads),
        "-c",
        str(CLIENTS),
        "-d",
        f"{SECONDS}s",
        "-s",
        str(HERE / "typing.lua"),
    ]
    said = subprocess.run(
        [*command, address, *(["--", str(people)] if people else [])],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    requests, faults, seconds, p50, p95 = (float(part) for part in line.split("\t")[1:])
    return Load(int(requests), int(faults), seconds, p50, p95)
