"""A real clamd with a signature base of its own: the EICAR test file, and a mark of ours."""

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from xingyun.files import scanner

# The industry's test file. In two pieces, so that no scanner takes this source for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARK = b"XINGYUN-" + b"TEST-THREAT"
STREAM = 30_000_000


class Clamd:
    """One daemon on a socket; `stop` and `start` as an outage would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"unix:{folder / 'clamd.sock'}"
        (folder / "db").mkdir()
        base = "".join(
            f"{name}:0:*:{content.hex()}\n"
            for name, content in (("Eicar-Test", EICAR), ("Xingyun-Test", MARK))
        )
        (folder / "db" / "own.ndb").write_text(base)
        (folder / "clamd.conf").write_text(
            f"LocalSocket {folder / 'clamd.sock'}\nDatabaseDirectory {folder / 'db'}\nForeground yes\n"
            f"User {getpass.getuser()}\nTemporaryDirectory {folder}\n"
            f"StreamMaxLength {STREAM}\nMaxThreads 4\nLogFile {folder / 'log'}\nFixStaleSocket yes\n"
            "ConcurrentDatabaseReload no\nOfficialDatabaseOnly no\n"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers."""
        command = [str(program()), "--config-file", str(self.folder / "clamd.conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while not scanner.answers(self.address):
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < end, "clamd does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """At once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def program() -> Path | None:
    """Where clamd is, if it is."""
    found = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return Path(found) if found else None


@pytest.fixture(scope="session")
def clamd_daemon():
    """One for all tests of a process."""
    if program() is None:
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    # A socket's path may have 107 signs; those of the tests' own folders are longer.
    with tempfile.TemporaryDirectory(prefix="xyc-") as folder:
        daemon = Clamd(Path(folder))
        yield daemon
        daemon.stop()


@pytest.fixture
def clamd(clamd_daemon, settings):
    """The scanner, set up and running; a test may stop it."""
    if clamd_daemon.process is None:
        clamd_daemon.start()
    settings.CLAMD = clamd_daemon.address
    return clamd_daemon
