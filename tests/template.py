"""Migrating an empty SQLite database takes many seconds in each process; a migrated one is copied instead.

The copy is kept in the system's temporary folder under a digest of all migrations and of Django's version.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

Wrapper = BaseDatabaseWrapper


def offer(folder: Path) -> None:
    """Put a copy where each process of the run looks for its database."""
    kept = _kept()
    if kept.exists():
        name = Path(settings.DATABASES["default"]["TEST"]["NAME"])
        worker = os.environ.get("PYTEST_XDIST_WORKER")
        shutil.copy(kept, folder / (f"{name.name}_{worker}" if worker else name.name))


def keep(connection: Wrapper) -> None:
    """Keep this freshly migrated database for later runs; whoever is first wins."""
    kept = _kept()
    if kept.exists():
        return
    own = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(own)])
    own.replace(kept)


def _kept() -> Path:
    digest = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"xingyun-migrated-{digest.hexdigest()[:16]}.sqlite3"
