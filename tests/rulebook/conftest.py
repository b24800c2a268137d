"""The two rulebooks, and facts of an application in which all is in order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from xingyun.rulebook import Facts, Rulebook, RulebookErrors, load_folder, load_source
from xingyun.rulebook.cases import load_cases
from xingyun.rulebook.cases.facts import facts as from_row
from xingyun.rulebook.load import read_folder

# How long an example takes says nothing on a busy machine.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "rulebooks" / "jinan-2020"
SECOND = ROOT / "tests" / "rulebooks" / "qinglan-2022"


@pytest.fixture(scope="session")
def first() -> Rulebook:
    """The rulebook of the first programme."""
    return load_folder(FIRST)


@pytest.fixture(scope="session")
def second() -> Rulebook:
    """The made-up one: three tiers, points, other keys."""
    return load_folder(SECOND)


def _facts(folder: Path, key: str) -> Facts:
    case: Any = next(c for c in load_cases(folder) if c.key == key)
    return from_row(case.facts)


@pytest.fixture(scope="session")
def in_order() -> Facts:
    """An application for the first level with nothing missing."""
    return _facts(FIRST, "all-in-order")


@pytest.fixture(scope="session")
def gold() -> Facts:
    """An application for the made-up rulebook's highest level."""
    return _facts(SECOND, "gold-80")


Edit = Callable[..., Rulebook]


@pytest.fixture
def edited() -> Edit:
    """Load the first rulebook with texts replaced: `edited(("rank = 4", "rank = 3"))`."""

    def load(*changes: tuple[str, str], folder: Path = FIRST) -> Rulebook:
        source = read_folder(folder)
        for old, new in changes:
            holders = [name for name, text in source.items() if old in text]
            assert holders, old
            source[holders[0]] = source[holders[0]].replace(old, new, 1)
        return load_source(source)

    return load


@pytest.fixture
def faults(edited: Edit) -> Callable[..., list[str]]:
    """The faults that such an edit causes, as lines in English."""

    def find(*changes: tuple[str, str], folder: Path = FIRST) -> list[str]:
        with pytest.raises(RulebookErrors) as caught:
            edited(*changes, folder=folder)
        return [error.say("en") for error in caught.value.errors]

    return find
