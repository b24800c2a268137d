"""PostgreSQL brought back to a moment, by the steps of docs/operating.md, and found whole."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.postgres import Cluster, binaries

pytestmark = pytest.mark.anywhere
COMMAND = [sys.executable, "-m", "xingyun.config.command"]
ROOT = Path(__file__).resolve().parents[2]
KEPT = """
import io
from django.db import transaction
from xingyun import clock
from xingyun.audit import SYSTEM, actions as audit
from xingyun.files import actions as files
file = files.store(source=io.BytesIO(b"{words}" * 100), now=clock.now(), kind="text/plain")
with transaction.atomic():
    audit.append(stream="{words}", act="kept", actor=SYSTEM, body={{"sha256": file.sha256}}, now=clock.now())
audit.checkpoint(now=clock.now())
"""


@pytest.fixture
def archived() -> Iterator[Cluster]:
    """A cluster that keeps its log, set as the manual says."""
    try:
        binaries()
    except SystemExit as missing:
        pytest.skip(str(missing))
    with Cluster(fsync="on", full_page_writes="on", wal_level="replica") as cluster:
        log = cluster.folder / "wal"
        log.mkdir()
        if cluster.account:
            os.chown(log, cluster.account.pw_uid, cluster.account.pw_gid)
        cluster.stop()
        cluster.options |= {
            "archive_mode": "on",
            "archive_command": f"test ! -f {log}/%f && cp %p {log}/%f",
            "archive_timeout": "60",
        }
        cluster.start()
        yield cluster


def test_back_to_the_moment_before_the_mistake(archived: Cluster, tmp_path: Path) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("XINGYUN_")},
        "PYTHONPATH": str(ROOT / "src"),
        "XINGYUN_DATA": str(tmp_path),
        "XINGYUN_DATABASE_URL": archived.url,
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words], env=environment, check=False, capture_output=True, text=True, timeout=120
        )

    def keep(words: str) -> None:
        done = run("shell", "-v0", "-c", KEPT.format(words=words))
        assert done.returncode == 0, done.stderr

    def kept() -> set[str]:
        with psycopg.connect(archived.url) as there:
            return {row[0] for row in there.execute("SELECT name FROM audit_stream")}

    assert run("migrate", "-v0").returncode == 0
    keep("before")
    base = archived.folder / "base"
    archived.run(
        "pg_basebackup", "-h", "127.0.0.1", "-p", archived.port, "-U", "xingyun", "-D", base, "-c", "fast"
    )
    keep("after-the-base")
    with psycopg.connect(archived.url, autocommit=True) as there:
        [[moment]] = there.execute("SELECT now()::text")
        time.sleep(0.1)
        # The mistake: a table is gone.
        there.execute("DROP TABLE django_session")
    keep("too-late")
    assert kept() >= {"before", "after-the-base", "too-late"}

    archived.stop()  # the last piece of the log is put away
    shutil.rmtree(archived.data)
    base.rename(archived.data)
    (archived.data / "recovery.signal").touch()
    archived.options |= {
        "restore_command": f"cp {archived.folder}/wal/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
    }
    archived.start()

    assert kept() >= {"before", "after-the-base"}
    assert "too-late" not in kept()
    done = run("restore", "--check")
    assert (done.returncode, done.stdout.strip()) == (0, "查验无误。"), done.stderr
    lost = next(path for path in (tmp_path / "files").rglob("*") if path.is_file())
    shutil.rmtree(tmp_path / "files")
    done = run("restore", "--check")
    assert done.returncode == 1
    assert f"file {lost.name} 不见了" in done.stderr
