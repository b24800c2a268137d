"""`xingyun backup FILE`: the whole system in one tar file, while it runs.

Order makes it whole: first the anchor of the record, then the database in one moment, then the files that
this copy of the database names. Content is written before the row that names it and is never changed, so
whatever the copy names is there. Unfinished uploads are left out; their senders begin anew.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from xingyun import clock
from xingyun.audit import actions as audit
from xingyun.audit import anchor
from xingyun.files import storage

KIND = "xingyun backup"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
KEYS = ("audit.key", "secret.key", "signing.p12")


class BackupError(RuntimeError):
    """It can't be done; the message says why and what to do."""


class Digesting:
    """A stream that digests what is read through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.hasher = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self.stream.read(size)
        self.hasher.update(piece)
        return piece


class Archive:
    """The tar file that is being written, and the list of what is in it."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: list[dict[str, object]] = []

    def add(self, name: str, path: Path, expected: str = "") -> None:
        """Add a file; one whose content is not what its name says ends the backup."""
        info = tarfile.TarInfo(name)
        with path.open("rb") as file:
            info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
            digesting = Digesting(file)
            self.tar.addfile(info, digesting)
        digest = digesting.hasher.hexdigest()
        if expected and digest != expected:
            raise BackupError(f"{path} 的内容与摘要不符，磁盘可能已损坏。请先从以前的备份中找回这个文件。")
        self.members.append({"name": name, "size": info.size, "sha256": digest})

    def close(self, manifest: dict[str, object]) -> None:
        """Add the manifest, last."""
        text = json.dumps({**manifest, "members": self.members}, ensure_ascii=False, indent=0).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))


def run(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="xingyun backup", description="不停机备份：数据库、文件、存证锚、密钥"
    )
    parser.add_argument("file", type=Path, help="备份文件（.tar）；含个人信息和密钥，请妥善保管")
    parser.add_argument("--without-keys", action="store_true", help="不含密钥（密钥另行保管时）")
    options = parser.parse_args(arguments)
    try:
        count = backup(options.file, keys=not options.without_keys)
    except (BackupError, OSError, subprocess.CalledProcessError, sqlite3.Error) as error:
        print(f"备份没有完成：{error}", file=sys.stderr)
        return 1
    print(f"已备份到 {options.file}：{count} 个文件，{options.file.stat().st_size // 1024} KB")
    return 0


def backup(target: Path, *, keys: bool = True) -> int:
    """Write the backup and return the number of files in it; an unfinished one never has the final name."""
    partial = target.with_name(f"{target.name}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out, tempfile.TemporaryDirectory(dir=target.parent) as folder:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                count = _write(Archive(tar), Path(folder), keys)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _write(archive: Archive, folder: Path, keys: bool) -> int:
    now = clock.now()
    audit.checkpoint(now=now)
    anchor.write(folder / "anchor.jsonl", now)
    database = folder / DATABASES[connection.vendor]
    names = snapshot(database)
    archive.add("anchor.jsonl", folder / "anchor.jsonl")
    archive.add(database.name, database)
    count = 0
    for sha256 in names:
        archive.add(f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}", storage.place(sha256), sha256)
        count += 1
    for name in KEYS if keys else ():
        path = Path(settings.DATA) / name
        if path.exists():
            archive.add(f"keys/{name}", path)
    made = {"kind": KIND, "version": 1, "at": now.isoformat(), "engine": connection.vendor, "files": count}
    archive.close(made)
    return count


def snapshot(target: Path) -> Iterator[str]:
    """Copy the database as it is in one moment; yields the digests of the files that the copy names."""
    return _sqlite(target) if connection.vendor == "sqlite" else _postgresql(target)


def _sqlite(target: Path) -> Iterator[str]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        [[verdict]] = copy.execute("PRAGMA quick_check")
        if verdict != "ok":
            raise BackupError(f"数据库有损坏：{verdict}")
    return _named_in(target)


def _named_in(copy: Path) -> Iterator[str]:
    with closing(sqlite3.connect(copy)) as database:
        for row in database.execute("SELECT sha256 FROM files_file ORDER BY sha256"):
            yield row[0]


def _postgresql(target: Path) -> Iterator[str]:
    """pg_dump and the list of files look through the same exported snapshot."""
    connection.ensure_connection()
    with closing(connection.copy()) as apart, apart.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        pg("pg_dump", "--format=custom", "--no-owner", f"--snapshot={moment}", f"--file={target}")
        cursor.execute("SELECT sha256 FROM files_file ORDER BY sha256")
        names = [row[0] for row in cursor.fetchall()]
        cursor.execute("COMMIT")
    return iter(names)


def pg(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the configured database."""
    place = connection.settings_dict
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            f"没有找到 {program}。请安装 PostgreSQL 客户端（apt-get install postgresql-client）。"
        )
    told = {
        "PGHOST": place["HOST"],
        "PGPORT": place["PORT"],
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": place["NAME"],
    }
    environment = {**os.environ, **{name: str(value) for name, value in told.items() if value}}
    done = subprocess.run([found, *arguments], env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
