"""Each lock of the source has a patch that takes away it and nothing else, and every patch still fits."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint
from tests.laws.code import SOURCE, modules
from tests.locks.excused import EXCUSED
from tests.locks.patches import LOCK, Patch, PatchError, read, shipped
from tests.locks.table import CONSTRAINTS, LOCKS, NETS

ROOT = SOURCE.parents[1]
PATCHES = shipped()


def locks() -> set[tuple[str, int]]:
    """File and line of every lock in the source."""
    return {
        (f"src/xingyun/{path}", node.func.end_lineno)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == LOCK
    }


@pytest.mark.parametrize("patch", PATCHES.values(), ids=PATCHES)
def test_the_patch_fits_and_takes_away_one_lock_alone(patch: Patch, tmp_path: Path) -> None:
    assert (patch.path, patch.place(ROOT)) in locks()
    copy = tmp_path / patch.path
    copy.parent.mkdir(parents=True)
    before = (ROOT / patch.path).read_text()
    copy.write_text(before)
    patch.apply(tmp_path)
    after = copy.read_text()
    assert after.count(LOCK) == before.count(LOCK) - 1
    changed = [
        (was, now) for was, now in zip(before.splitlines(), after.splitlines(), strict=True) if was != now
    ]
    [(was, now)] = changed
    assert re.sub(rf"\.{LOCK}\((?:[^()]|\([^()]*\))*\)", "", was) == now
    ast.parse(after)


def test_every_lock_has_a_patch_and_every_patch_its_tests() -> None:
    assert {(patch.path, patch.place(ROOT)) for patch in PATCHES.values()} == locks()
    assert set(PATCHES) == set(LOCKS)


def test_a_patch_that_fits_no_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.patch").write_text("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-one\n+two\n")
    (tmp_path / "x.py").write_text("three\n")
    with pytest.raises(PatchError, match="at 0 places"):
        read(tmp_path / "a.patch").apply(tmp_path)


def test_every_unique_constraint_is_tried_or_excused() -> None:
    """A unique `uid` is a random number: nobody contends for it."""
    known = set()
    for model in apps.get_models():
        if model.__module__.startswith("xingyun."):
            named = [c.name for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
            columns = [f.name for f in model._meta.concrete_fields if f.unique and not f.primary_key]
            known |= {f"{model._meta.label}.{key}" for key in (*named, *columns) if key != "uid"}
    excused = {name for names in EXCUSED.values() for name in names}
    tried = {name for name in CONSTRAINTS if name not in CHECKS_AND_UIDS}
    assert not tried & excused
    assert tried | excused == known


CHECKS_AND_UIDS = {"rounds.QuotaLine.places_within_cap", "reviews.Circular.uid"}


FILES = sorted({test.partition("::")[0] for tests in (LOCKS | CONSTRAINTS | NETS).values() for test in tests})


@pytest.mark.parametrize("name", FILES)
def test_the_tests_are_there(name: str) -> None:
    text = (ROOT / name).read_text()
    for tests in (*LOCKS.values(), *CONSTRAINTS.values(), *NETS.values()):
        for test in tests:
            file, _dots, rest = test.partition("::")
            if file == name and rest:
                function, _bracket, case = rest.partition("[")
                assert f"def {function}(" in text
                assert not case or tests in NETS.values() or f"def {case.removesuffix(']')}(" in text
