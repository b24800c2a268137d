"""The one entrance leads to every command, and Django's own behind them."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from xingyun.config.command import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_leads_somewhere(name: str) -> None:
    place, _colon, function = COMMANDS[name][0].partition(":")
    assert callable(getattr(import_module(place), function))


def environment() -> dict[str, str]:
    """This process's environment, without a rehearsal and with a database of the folder's own."""
    return {k: v for k, v in os.environ.items() if k not in ("XINGYUN_REHEARSAL", "XINGYUN_DATABASE_URL")}


def xingyun(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the entrance as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "xingyun.config.command", *words],
        cwd=ROOT,
        env={**environment(), "XINGYUN_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_rulebook_is_checked_explained_and_its_cases_run(tmp_path: Path) -> None:
    for act in ("check", "test", "explain"):
        done = xingyun(tmp_path, "rulebook", act, "rulebooks/jinan-2020")
        assert done.returncode == 0, done.stdout + done.stderr
    assert "三星级" in done.stdout


def test_a_rehearsal_is_refused_where_it_was_not_asked_for(tmp_path: Path) -> None:
    done = xingyun(tmp_path, "demo", "seed")
    assert done.returncode == 2
    assert "XINGYUN_REHEARSAL=1" in done.stdout


def test_djangos_commands_are_behind_it(tmp_path: Path) -> None:
    done = xingyun(tmp_path, "makemigrations", "--check", "--dry-run")
    assert "No changes detected" in done.stdout


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    told = subprocess.run(
        f"set -o pipefail; {sys.executable} -m xingyun.config.command rulebook schema | head -1",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
        env={**environment(), "PYTHONPATH": str(ROOT / "src")},
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "{\n", "")
