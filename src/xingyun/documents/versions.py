"""What something was made with, as a digest: the code itself and the packages that it rests on.

Nobody has to remember to raise a number: whoever changes the code, or upgrades a package, changes the digest.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def made_with(files: tuple[Path, ...], packages: tuple[str, ...]) -> str:
    """The digest of the content of `files` and of the versions of `packages`."""
    found = hashlib.sha256()
    for file in files:
        found.update(hashlib.sha256(file.read_bytes()).digest())
    for package in packages:
        found.update(f"{package} {version(package)}\n".encode())
    return found.hexdigest()
