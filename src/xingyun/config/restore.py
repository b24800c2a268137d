"""`xingyun restore FILE`: a backup into an empty place, verified before and after.

Everything is read, checked against its digest and laid aside first; only then do the files and the database
get their places. At the end the record is verified against the anchor of the backup.
"""

import argparse
import hashlib
import json
import os
import re
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from xingyun.audit.anchor import AnchorError
from xingyun.audit.verify import verify
from xingyun.config.backup import DATABASES, KIND, BackupError, pg
from xingyun.files import storage
from xingyun.files.models import File

NAME = re.compile(
    r"anchor\.jsonl|database\.(sqlite3|dump)|manifest\.json|keys/(audit\.key|secret\.key|signing\.p12)"
    r"|files/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}"
)
PIECE = 1024 * 1024
MANIFEST = "manifest.json"


class RestoreError(BackupError):
    """The backup can't be restored here."""


def run(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="xingyun restore", description="把备份恢复到空的系统中，并查验")
    parser.add_argument("file", type=Path, nargs="?", help="备份文件（.tar）")
    parser.add_argument(
        "--check", action="store_true", help="不恢复，只查验这里的记录和文件（用别的办法恢复之后）"
    )
    options = parser.parse_args(arguments)
    if options.check == bool(options.file):
        parser.error("请给出备份文件，或者只写 --check")
    if options.check:
        return _tell(found(), "")
    try:
        files, findings = restore(options.file)
    except (BackupError, AnchorError, OSError, tarfile.TarError) as error:
        print(f"没有恢复：{error}", file=sys.stderr)
        return 1
    return _tell(findings, f"已恢复数据库和 {files} 个文件；")


def _tell(findings: list[str], done: str) -> int:
    for text in findings:
        print(text, file=sys.stderr)
    print(f"{done}{f'查验发现 {len(findings)} 处出入' if findings else '查验无误'}。")
    return 1 if findings else 0


def restore(source: Path) -> tuple[int, list[str]]:
    """Restore into this empty system; returns the number of files and what the verification found."""
    empty()
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder:
        stage = Path(folder)
        check(stage, unpack(source, stage))
        files = [path for path in (stage / "files").rglob("*") if path.is_file()]
        for path in files:
            storage.settle(path, path.name)
        _keys(stage, data)
        _database(stage / DATABASES[connection.vendor])
        return len(files), found(stage / "anchor.jsonl")


def found(against: Path | None = None) -> list[str]:
    """What is wrong here, a sentence each: with the record (against an anchor, if given), with the files."""
    odd = [f"{item.kind} {item.stream} #{item.seq} {item.text}" for item in verify(against)]
    return odd + missing()


def empty() -> None:
    """Refuse a place where something is: a restore never overwrites."""
    if connection.introspection.table_names():
        raise RestoreError("这里的数据库不是空的。请恢复到新的数据目录（XINGYUN_DATA）或新的数据库。")
    root = Path(settings.FILES_ROOT)
    if root.exists() and any(path.is_file() for path in root.rglob("*")):
        raise RestoreError(f"{root} 里已有文件。请恢复到新的数据目录（XINGYUN_DATA）。")


def unpack(source: Path, stage: Path) -> dict[str, str]:
    """Lay every member aside; returns its digests by name. A name that a backup doesn't use is refused."""
    digests: dict[str, str] = {}
    with tarfile.open(source, "r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not NAME.fullmatch(member.name) or member.name in digests:
                raise RestoreError(f"备份里有不认识的内容：{member.name}")
            target = stage / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            digests[member.name] = _copy(content, target)
    return digests


def check(stage: Path, digests: dict[str, str]) -> None:
    """Whether this is a whole backup, of this kind of database, with every byte as it was."""
    if MANIFEST not in digests:
        raise RestoreError("备份文件不完整（没有清单）。请换一份备份。")
    manifest: dict[str, Any] = json.loads((stage / MANIFEST).read_text())
    if manifest.get("kind") != KIND or manifest.get("version") != 1:
        raise RestoreError("这不是本系统的备份，或来自更新的版本。")
    if manifest["engine"] != connection.vendor:
        raise RestoreError(
            f"备份来自 {manifest['engine']}，这里配置的是 {connection.vendor}。请换成同一种数据库。"
        )
    listed = {item["name"]: item["sha256"] for item in manifest["members"]}
    wrong = {name for name, digest in digests.items() if name != MANIFEST and listed.get(name) != digest}
    wrong |= set(listed) - set(digests)
    wrong |= {
        name
        for name, digest in digests.items()
        if name.startswith("files/") and name.rpartition("/")[2] != digest
    }
    if wrong:
        raise RestoreError(f"备份文件已损坏：{len(wrong)} 处与清单不符（如 {min(wrong)}）。请换一份备份。")


def missing() -> list[str]:
    """Files that the database names and that are not there."""
    named = File.objects.values_list("sha256", flat=True).iterator()
    return [f"file {sha256} 不见了" for sha256 in named if not storage.place(sha256).exists()]


def _copy(content: IO[bytes], target: Path) -> str:
    hasher = hashlib.sha256()
    with target.open("xb") as file:
        while piece := content.read(PIECE):
            hasher.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return hasher.hexdigest()


def _keys(stage: Path, data: Path) -> None:
    for path in sorted((stage / "keys").iterdir()) if (stage / "keys").exists() else ():
        path.chmod(0o600)
        path.replace(data / path.name)


def _database(copy: Path) -> None:
    if connection.vendor == "postgresql":
        pg("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", "", str(copy))
        return
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    for rest in (f"{target}-wal", f"{target}-shm"):
        Path(rest).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(target)
