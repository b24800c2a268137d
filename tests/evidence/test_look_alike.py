"""Screens of one product are no copies of one another; what was copied is found however it was changed."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from bench.forging import drafts, papers
from PIL import Image, ImageEnhance
from tests.evidence.test_checks import all_of, look, open_one, told
from tests.factories.ground import make_ground

from xingyun.documents.fonts import find_fonts
from xingyun.documents.page_looks import fine_distance
from xingyun.documents.page_looks.look import looks
from xingyun.evidence import actions
from xingyun.evidence.checks import Held, Holder
from xingyun.evidence.checks.look_alike import FINE, SURE
from xingyun.evidence.models import Dossier, PageLook
from xingyun.files import actions as files

SEED = 2020
READ = {"read": True, "invoices": [], "contract": None, "audit": None, "findings": [], "parts": []}
Keep = Callable[[Path], Held]


@pytest.fixture
def two(db: None, now: datetime) -> tuple[Dossier, Dossier]:
    ground = make_ground(now)
    return open_one(ground), open_one(ground)


@pytest.fixture
def keep(now: datetime) -> Keep:
    """Store a picture and look at it."""

    def do(path: Path) -> Held:
        kind = "image/png" if path.suffix == ".png" else "image/jpeg"
        file = files.store(source=path, now=now, kind=kind, pages=1)
        actions.keep_reading(file=file, data=READ, looks=looks(path, 30), now=now)
        return Held(uid=uuid4(), file=file, name=path.name, slot="screenshots")

    return do


def screen(n: int, folder: Path, *, seal: bool = True) -> Path:
    return papers.screenshot(drafts.draft(n, SEED), folder / f"{n}-{seal}.png", find_fonts(), seal=seal)


def found(two: tuple[Dossier, Dossier], mine: Held, theirs: Held) -> int:
    own, other = two
    subject = told(own, files=(mine,), looks={mine.file.pk: [seen(mine)]},
                   others=all_of(holders=(Holder(other.pk, theirs.file.pk),)))  # fmt: skip
    return len(look("look-alike", subject))


def seen(held: Held) -> PageLook:
    return PageLook.objects.get(file=held.file)


def apart(one: Held, other: Held) -> int:
    return fine_distance(seen(one).fine, seen(other).fine)


@pytest.mark.parametrize(("one", "other"), [(162, 213), (177, 290)])
def test_screens_of_one_product(
    two: tuple[Dossier, Dossier], keep: Keep, tmp_path: Path, one: int, other: int
) -> None:
    """Their hashes are as near as those of a copy under another seal."""
    mine, theirs = keep(screen(one, tmp_path)), keep(screen(other, tmp_path))
    assert SURE < apart(mine, theirs) <= FINE
    assert found(two, mine, theirs) == 0


def sealed_anew(folder: Path) -> Path:
    path = screen(162, folder, seal=False)
    papers.stamp(path, random.Random(1001))
    return path


def with_a_margin(folder: Path) -> Path:
    with Image.open(screen(162, folder)) as image:
        paper = Image.new("RGB", (image.width * 51 // 50, image.height * 51 // 50), "white")
        paper.paste(image, (image.width // 100, image.height // 100))
    paper.save(folder / "margin.jpg", quality=45)
    return folder / "margin.jpg"


def smaller_and_brighter(folder: Path) -> Path:
    with Image.open(screen(162, folder)) as image:
        small = image.convert("RGB").resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    ImageEnhance.Brightness(small).enhance(1.12).save(folder / "small.jpg", quality=30)
    return folder / "small.jpg"


@pytest.mark.parametrize("changed", [sealed_anew, with_a_margin, smaller_and_brighter])
def test_a_copy_however_it_was_changed(
    two: tuple[Dossier, Dossier], keep: Keep, tmp_path: Path, changed: Callable[[Path], Path]
) -> None:
    theirs = keep(screen(162, tmp_path))
    mine = keep(changed(tmp_path))
    assert apart(mine, theirs) <= FINE
    assert found(two, mine, theirs) == 1


def test_what_has_no_picture_stays_alike(
    two: tuple[Dossier, Dossier], keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xingyun.evidence.checks import look_alike

    mine, theirs = keep(screen(162, tmp_path)), keep(screen(213, tmp_path))
    monkeypatch.setattr(look_alike, "picture", lambda *_page: None)
    assert found(two, mine, theirs) == 1
