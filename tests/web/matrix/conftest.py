"""One state of the database for a whole module. Imports stand inside: Django is not set up yet."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """The world, built once and rolled back at the end; each test is a savepoint in its transaction."""
    from django.db import transaction
    from tests.web.matrix.world import build

    from xingyun.clock import queries as clock

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(clock.OFFSET, "fresh_for", float("inf"))
        clock.OFFSET.hold(timedelta(0))
        use_folders(patch, tmp_path_factory.mktemp("world"))
        with transaction.atomic():
            made = build(lambda text: stand_still(patch, text))
            made.folder = FOLDER["now"]
            yield made
            transaction.set_rollback(True)


FOLDER: dict[str, Path] = {}


def use_folders(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Keep files, uploads and keys in this folder, and post letters into it."""
    from django.conf import settings

    FOLDER["now"] = folder
    patch.setattr(settings, "MAIL_URL", f"file://{folder}/mail")
    for name, place in (
        ("FILES_ROOT", "files"),
        ("UPLOADS_ROOT", "uploads"),
        ("KEPT_ROOT", "kept"),
        ("PICTURES_ROOT", "pictures"),
        ("WORK_ROOT", "work"),
        ("AUDIT_KEY_FILE", "audit.key"),
    ):
        patch.setattr(settings, name, folder / place)


def stand_still(patch: pytest.MonkeyPatch, text: str) -> Any:
    """Let the product's time stand at `text`."""
    from datetime import UTC, datetime

    from xingyun.clock import ZONE
    from xingyun.clock import queries as clock

    moment = datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
    patch.setattr(clock, "wall", lambda: moment)
    return moment


@pytest.fixture(autouse=True)
def folders(world: Any) -> Path:
    """The world's own files, not a fresh folder for each test."""
    return world.folder


@pytest.fixture(autouse=True)
def _today(at: Any, world: Any) -> None:
    """The world's day, in place of the one on which other tests begin."""
    from tests.web.matrix.world import TODAY

    at(TODAY)
