"""The settings that come from the environment, typed and in one place (docs/operating.md explains each)."""

import contextlib
import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path

import dj_database_url

from xingyun.config.typed import PREFIX, SettingError, address, database_url, flag, number, unknown

SQLITE = "django.db.backends.sqlite3"


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator may set. Sizes are bytes, times are seconds."""

    data: Path
    database_url: str
    secret_key: str
    debug: bool
    rehearsal: bool
    tls: bool
    proxies: int
    hosts: tuple[str, ...]
    base_url: str
    bind: str
    web_processes: int
    web_threads: int
    worker_threads: int
    urgent_only: bool
    rulebooks: Path
    fonts: Path | None
    signing_key: Path | None
    signing_password: str
    mail_url: str
    mail_from: str
    file_limit: int
    application_limit: int
    kept_limit: int
    clamd: str
    page_limit: int
    pixel_limit: int
    unpacked_limit: int
    read_seconds: int
    read_memory: int
    pictures_limit: int

    @property
    def database(self) -> dict[str, object]:
        """Django's description of the database, with the options that each engine needs."""
        if not self.database_url:
            return sqlite(self.data / "xingyun.sqlite3")
        parsed = dict(dj_database_url.parse(self.database_url, conn_max_age=600, conn_health_checks=True))
        if parsed["ENGINE"] == SQLITE:
            return sqlite(Path(str(parsed["NAME"])))
        return parsed


def sqlite(path: Path) -> dict[str, object]:
    """SQLite that keeps what it acknowledged: WAL, full synchronisation, writers queue at BEGIN IMMEDIATE.

    A deferred transaction that turns into a writer half-way fails at once when another writer is
    there, whatever the busy timeout says; an immediate one waits its turn.
    """
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
        },
    }


def read(environ: dict[str, str]) -> Environment:
    """Read the settings; whatever is not set has a value that works on one machine. Raises SettingError."""
    data = Path(environ.get("XINGYUN_DATA", "var")).resolve()
    bind = address(environ.get("XINGYUN_BIND") or "127.0.0.1:8000", "XINGYUN_BIND")
    return Environment(
        data=data,
        database_url=database_url(environ, "XINGYUN_DATABASE_URL"),
        secret_key=environ.get("XINGYUN_SECRET_KEY") or _secret_in(data),
        debug=flag(environ, "XINGYUN_DEBUG"),
        rehearsal=flag(environ, "XINGYUN_REHEARSAL"),
        tls=flag(environ, "XINGYUN_TLS"),
        proxies=number(environ, "XINGYUN_PROXIES", int(flag(environ, "XINGYUN_TLS")), least=0),
        hosts=tuple(environ.get("XINGYUN_HOSTS", "127.0.0.1,localhost,testserver").split(",")),
        base_url=environ.get("XINGYUN_BASE_URL", f"http://{bind}").rstrip("/"),
        bind=bind,
        web_processes=number(environ, "XINGYUN_WEB_PROCESSES", 1),
        web_threads=number(environ, "XINGYUN_WEB_THREADS", 4),
        worker_threads=number(environ, "XINGYUN_WORKER_THREADS", 1),
        urgent_only=flag(environ, "XINGYUN_URGENT_ONLY"),
        rulebooks=Path(environ.get("XINGYUN_RULEBOOKS", "rulebooks")).resolve(),
        fonts=Path(environ["XINGYUN_FONTS"]) if environ.get("XINGYUN_FONTS") else None,
        signing_key=Path(environ["XINGYUN_SIGNING_KEY"]) if environ.get("XINGYUN_SIGNING_KEY") else None,
        signing_password=environ.get("XINGYUN_SIGNING_PASSWORD", ""),
        mail_url=environ.get("XINGYUN_MAIL_URL", ""),
        mail_from=environ.get("XINGYUN_MAIL_FROM", "xingyun@localhost"),
        file_limit=number(environ, "XINGYUN_FILE_LIMIT", 50 * 1024 * 1024),
        application_limit=number(environ, "XINGYUN_APPLICATION_LIMIT", 300 * 1024 * 1024),
        kept_limit=number(environ, "XINGYUN_KEPT_LIMIT", 4 * 1024 * 1024 * 1024, least=0),
        clamd=environ.get("XINGYUN_CLAMD", ""),
        page_limit=number(environ, "XINGYUN_PAGE_LIMIT", 300),
        pixel_limit=number(environ, "XINGYUN_PIXEL_LIMIT", 100_000_000),
        unpacked_limit=number(environ, "XINGYUN_UNPACKED_LIMIT", 256 * 1024 * 1024),
        read_seconds=number(environ, "XINGYUN_READ_SECONDS", 20),
        read_memory=number(environ, "XINGYUN_READ_MEMORY", 1_500_000_000),
        pictures_limit=number(environ, "XINGYUN_PICTURES_LIMIT", 4 * 1024 * 1024 * 1024, least=0),
    )


def misspelt(environ: dict[str, str]) -> list[str]:
    """A sentence for each variable that looks like a setting and is none."""
    return unknown(environ, [f"{PREFIX}{field.name.upper()}" for field in fields(Environment)])


def _secret_in(data: Path) -> str:
    try:
        return kept_secret(data / "secret.key")
    except OSError as error:
        raise SettingError(f"数据目录 {data}（XINGYUN_DATA）不能用：{error.strerror}。") from error


def kept_secret(path: Path) -> str:
    """The key in this file, made on first use and readable by its owner alone."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        # A link fails where a file is: of two processes that start at once, one key stays, and it is whole.
        os.link(fresh, path)
    fresh.unlink()
    return path.read_text().strip()


ENVIRONMENT = read(dict(os.environ))
