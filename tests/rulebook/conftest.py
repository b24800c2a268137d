"""The two rulebooks and the manual's, and facts of an application in which all is in order."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from xingyun.rulebook import Facts, Rulebook, RulebookErrors, load_folder, load_source
from xingyun.rulebook.cases import load_cases, read_cases
from xingyun.rulebook.cases.facts import facts as from_row
from xingyun.rulebook.load import read_folder

# How long an example takes says nothing on a busy machine.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "rulebooks" / "jinan-2020"
SECOND = ROOT / "tests" / "rulebooks" / "qinglan-2022"
BESIDE = ROOT / "rulebooks" / "innovative-sme-2022"


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


MANUAL = (ROOT / "docs" / "rulebook.md").read_text("utf-8")


def examples(kind: str) -> str:
    """The manual's examples of one kind put together: "toml", or "toml cases"."""
    return "\n".join(re.findall(rf"```{kind}\n(.*?)```", MANUAL, flags=re.S))


@pytest.fixture(scope="session")
def manual() -> Rulebook:
    """The rulebook that the manual's examples make; it uses every kind of rule."""
    return load_source({"manual.toml": examples("toml")})


@pytest.fixture(scope="session")
def weaver() -> Facts:
    """An application under the manual's rulebook."""
    cases: Any = read_cases("manual.cases.toml", examples("toml cases"))
    return from_row(next(c for c in cases if c.key == "second-grade").facts)


Edit = Callable[..., Rulebook]


@pytest.fixture
def manual_edited() -> Edit:
    """Load the manual's rulebook with texts replaced."""

    def load(*changes: tuple[str, str]) -> Rulebook:
        text = examples("toml")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return load_source({"manual.toml": text})

    return load


@pytest.fixture
def manual_faults(manual_edited: Edit) -> Callable[..., list[str]]:
    """The faults that such an edit causes, as lines in English."""

    def find(*changes: tuple[str, str]) -> list[str]:
        with pytest.raises(RulebookErrors) as caught:
            manual_edited(*changes)
        return [error.say("en") for error in caught.value.errors]

    return find


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
