"""`python -m tests.locks [NAME…]`: takes each lock and constraint away and looks whether a test notices.

In a copy of the tree and on a PostgreSQL cluster of its own. First all the tests run with everything in
place, as slow as they will be (see stage): they have to pass. Then for each name its patch is applied, or its
constraint dropped while its own tests run, and one of these has to fail. The exit code is the number of
those that nobody noticed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import psycopg
from tests.locks.patches import shipped
from tests.locks.stage import covers
from tests.locks.table import CONSTRAINTS, LOCKS, NETS
from tests.postgres import Cluster

Tests = tuple[str, ...]
ROOT = Path(__file__).parents[2]
COPIED = ("src", "tests", "rulebooks", "docs", "pyproject.toml")
TEMPLATE = "xingyun_template"
# Seconds for one run of pytest, on a busy machine.
PATIENCE = 1800
PASSED, FAILED = 0, 1


def main(names: list[str]) -> int:
    """Try these, or all."""
    known = LOCKS | NETS | CONSTRAINTS
    if unknown := set(names) - set(known):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}")
    wanted = {name: known[name] for name in names or known}
    with tempfile.TemporaryDirectory(prefix="xingyun-locks-") as folder, Cluster() as cluster:
        stage = Stage(Path(folder), cluster)
        if failed := stage.run({test for tests in wanted.values() for test in tests}):
            raise SystemExit(f"with everything in place these fail: {', '.join(sorted(failed))}")
        noticed = {}
        for name in (name for name in wanted if name in LOCKS):
            noticed[name] = stage.unlocked(name)
            tell(name, noticed[name])
        for some in rounds({name: tests for name, tests in wanted.items() if name not in LOCKS}):
            for name, by in stage.unconstrained(some).items():
                noticed[name] = by
                tell(name, by)
    unnoticed = [name for name in wanted if not noticed[name]]
    print(f"{len(wanted) - len(unnoticed)} of {len(wanted)} are noticed", flush=True)
    return len(unnoticed)


def tell(name: str, by: Collection[str]) -> None:
    """One line of the result."""
    said = ", ".join(sorted(test.rpartition("::")[2] for test in by))
    print(f"{name}: noticed by {said}" if by else f"{name}: NOT NOTICED", flush=True)


def rounds(wanted: Mapping[str, Tests]) -> Iterator[dict[str, Tests]]:
    """Constraints that can be dropped in one run: no test has to do without two of them."""
    left = dict(wanted)
    while left:
        some: dict[str, Tests] = {}
        for name, tests in left.items():
            if not any(set(tests) & set(others) for others in some.values()):
                some[name] = tests
        yield some
        left = {name: tests for name, tests in left.items() if name not in some}


class Stage:
    """The copy of the tree, and a migrated database of which each run gets a copy."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.root = folder
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / name)
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{folder / 'src'}:{folder}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XINGYUN_DATABASE_URL": cluster.url,
            "XINGYUN_TEMPLATE": TEMPLATE,
        }
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        template = {
            **self.environment,
            "XINGYUN_DATABASE_URL": cluster.url.rpartition("/")[0] + f"/{TEMPLATE}",
            "XINGYUN_DATA": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "xingyun.config.settings",
        }
        words = [sys.executable, "-m", "django", "migrate", "-v", "0"]
        subprocess.run(words, cwd=folder, env=template, check=True)

    def run(self, tests: Iterable[str], without: Mapping[str, Tests] | None = None) -> set[str]:
        """The tests that fail; a run that hangs or breaks down ends everything."""
        report = self.root / "report.xml"
        report.unlink(missing_ok=True)
        words = ["-m", "pytest", "-q", "-p", "tests.locks.stage", "-p", "no:cacheprovider", "--junit-xml"]
        done = subprocess.run(
            [sys.executable, *words, str(report), *sorted(tests)],
            cwd=self.root, env={**self.environment, "XINGYUN_WITHOUT": json.dumps(without or {})},
            check=False, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        if done.returncode not in (PASSED, FAILED):
            raise SystemExit(done.stdout + done.stderr)
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
        if any(case.find("error") is not None for case in cases):
            raise SystemExit(done.stdout + done.stderr)
        return {
            f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
            for case in cases
            if case.find("failure") is not None
        }

    def unlocked(self, name: str) -> set[str]:
        """What fails without a lock."""
        patch = shipped()[name]
        file = self.root / patch.path
        kept = file.read_text()
        patch.apply(self.root)
        try:
            return self.run(LOCKS[name])
        finally:
            file.write_text(kept)

    def unconstrained(self, some: Mapping[str, Tests]) -> dict[str, set[str]]:
        """What fails without each of these constraints."""
        failed = self.run({test for tests in some.values() for test in tests}, some)
        return {
            name: {one for one in failed if any(covers(test, one) for test in tests)}
            for name, tests in some.items()
        }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
