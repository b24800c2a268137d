"""What every test stands on: a data folder of its own, a still clock, reads that only read.

The database is SQLite in a file (WAL, as in production) unless XINGYUN_DATABASE_URL names another;
`python tests/postgres.py run -- pytest …` runs the same tests on a PostgreSQL cluster of their own.
"""

# ruff: noqa: E402
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

# The settings are read at import, so the place comes first. Each process of a parallel run has its own.
DATA = Path(tempfile.mkdtemp(prefix="xingyun-tests-"))
os.environ["XINGYUN_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "xingyun.config.settings"

import django
from django.conf import settings

if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")
    # A test's database need not outlive a power cut.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
    settings.DATABASES["default"]["OPTIONS"]["init_command"] = pragmas
# Nor need its files.
os.fsync = lambda _handle: None
settings.STRICT_READS = True
# Hashing that resists guessing would be most of the tests' time.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from tests import remembering, template

from xingyun.applications.jobs import reading
from xingyun.audit.migrations import _guards as guards
from xingyun.clock import ZONE
from xingyun.clock import queries as clock
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.web.public import unchanged

pytest_plugins = ["tests.policy", "tests.clamd", "tests.disks"]
OPENING = "2020-10-12 09:00"
At = Callable[[str], datetime]


def pytest_sessionstart() -> None:
    """Where SQLite is migrated already, start from a copy of that."""
    DATA.mkdir(exist_ok=True)  # a second session in the same process finds it removed
    if connection.vendor == "sqlite":
        template.offer(DATA)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied database is taken as it is; one that is not there is made."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The database, kept for the next run on the same migrations."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            template.keep(connection)


@pytest.fixture(scope="session", autouse=True)
def _flush_can_empty_the_record() -> Iterator[None]:
    """Let the flush between transactional tests empty append-only tables on SQLite (see audit's guards).

    The guards go and come back within the flush's own transaction; during a test they always stand.
    """
    plain = DatabaseOperations.execute_sql_flush

    def execute(self: DatabaseOperations, statements: list[str]) -> None:
        guarded = guarding(self.connection)
        before = guards.remove("sqlite") if guarded else []
        after = guards.install("sqlite") if guarded else []
        plain(self, [*before, *statements, *after])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute)
        yield


def guarding(connection: object) -> bool:
    """Whether this SQLite database has the guards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
        return bool(cursor.fetchone()[0])


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """The product's time stands still at the opening of the round; `at("2020-10-26 23:59:59")` sets it.

    Machine time (leases, sessions) runs on. No query is spent on the clock.
    """

    def stand_still(text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
        monkeypatch.setattr(clock, "wall", lambda: moment)
        return moment

    monkeypatch.setattr(clock.OFFSET, "fresh_for", float("inf"))
    clock.OFFSET.hold(timedelta(0))
    stand_still(OPENING)
    yield stand_still
    clock.OFFSET.forget()


@pytest.fixture
def now(at: At) -> datetime:
    """The product's time in this test."""
    return clock.now()


@pytest.fixture(autouse=True)
def folders(settings: object, tmp_path: Path) -> Path:
    """Files, uploads and keys of this test alone."""
    for name, place in {
        "FILES_ROOT": tmp_path / "files",
        "UPLOADS_ROOT": tmp_path / "uploads",
        "KEPT_ROOT": tmp_path / "kept",
        "WORK_ROOT": tmp_path / "work",
        "PICTURES_ROOT": tmp_path / "pictures",
        "AUDIT_KEY_FILE": tmp_path / "audit.key",
        "OWN_SIGNING_KEY": tmp_path / "signing.p12",
    }.items():
        setattr(settings, name, place)
    return tmp_path


@pytest.fixture(autouse=True)
def _what_is_kept_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a process has kept of an application is what the database says, in every test that asks."""
    remembering.watch(monkeypatch)


# The public's pages are made anew each time: tests put rows where nobody acted, and stop the clock. Worlds
# are looked at before any test's own fixtures, so this stands from the beginning.
unchanged.MOST = 0

NOTHING_READ = {
    "kind": "pdf", "read": True, "pages": 2, "pages_without_text": [], "invoices": [], "contract": None,
    "audit": None, "findings": [], "parts": [],
}  # fmt: skip


READERS = {
    "read_apart": reading.read_apart, "looks_apart": reading.looks_apart, "draw_ahead": reading.draw_ahead,
}  # fmt: skip
# Reading takes seconds a file: only tests that ask for `really_read` have it done. Whole worlds are made
# before any test's own fixtures, so this stands from the beginning.
reading.read_apart, reading.looks_apart = lambda _path: NOTHING_READ, lambda _path: []
reading.draw_ahead = lambda _file, _alive: 0


@pytest.fixture
def really_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by the readers themselves, each in a process of its own."""
    for name, reader in READERS.items():
        monkeypatch.setattr(reading, name, reader)


@pytest.fixture
def person(db: None, now: datetime) -> Callable[..., object]:
    """Make a user: `person("li.si", post="审核岗 02")`."""

    def make(username: str, **columns: object) -> object:
        return get_user_model().objects.create(username=username, created_at=now, **columns)

    return make


@pytest.fixture
def work(db: None) -> Callable[[], int]:
    """Do the queued work that is due, here and now; returns how many pieces."""
    return lambda: Worker(discover()).drain()


@pytest.fixture
def environment(transactional_db: None, folders: Path) -> dict[str, str]:
    """The environment of a process that shares this test's database and folders."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("XINGYUN_DATABASE_URL", "")
    address = f"{url.rsplit('/', 1)[0]}/{name}" if connection.vendor == "postgresql" else f"sqlite:///{name}"
    here = Path(__file__).resolve().parent.parent
    paths = {"PYTHONPATH": f"{here / 'src'}:{here}", "XINGYUN_RULEBOOKS": str(here / "rulebooks")}
    return {**os.environ, **paths, "XINGYUN_DATABASE_URL": address, "XINGYUN_DATA": str(folders)}


@pytest.fixture
def on_postgres() -> bool:
    """Whether this run uses PostgreSQL."""
    return connection.vendor == "postgresql"
