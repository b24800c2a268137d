"""A disk that is small enough to be filled: a tmpfs of its own, for which one must be root."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

MB = 1024 * 1024
INODES = 200


class Disk:
    """`fill` takes all of its room, `empty` gives that back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ballast = path / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes."""
        found = os.statvfs(self.path)
        with self.ballast.open("ab") as out:
            os.posix_fallocate(out.fileno(), out.tell(), found.f_bavail * found.f_frsize - leave)

    def empty(self) -> None:
        """Somebody has made room."""
        self.ballast.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Of 8 MB, empty."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a disk that is small enough to be filled")
    place = tmp_path / "disk"
    place.mkdir()
    options = f"size={8 * MB},nr_inodes={INODES}"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode()}")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", str(place)], check=True)
