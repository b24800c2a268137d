"""Settings from the environment: typed, with values that work, each explained to operators."""

import re
import threading
from pathlib import Path

import pytest
from tests.laws.code import ROOT

from xingyun.config.environment import kept_secret, read

SOURCE = (ROOT / "src" / "xingyun" / "config" / "environment.py").read_text()


@pytest.fixture
def plain(tmp_path):
    return {"XINGYUN_DATA": str(tmp_path)}


def test_every_setting_is_explained_to_operators():
    explained = (ROOT / "docs" / "operating.md").read_text()
    names = set(re.findall(r"XINGYUN_[A-Z_]+", SOURCE))
    assert len(names) > 10
    assert {name for name in names if f"| `{name}` |" not in explained} == set()
    assert set(re.findall(r"\| `(XINGYUN_[A-Z_]+)` \|", explained)) == names


ROW = re.compile(r"^\| `XINGYUN_([A-Z_]+)` \| .* \| ([^|]+) \|$", re.M)
# Told in words and tried by tests of their own.
IN_WORDS = {"SECRET_KEY", "BASE_URL"}


def test_what_operators_read_of_each_setting_is_what_stands_without_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found, told = read({}), dict(ROW.findall((ROOT / "docs" / "operating.md").read_text()))
    assert len(told) > 25
    wrong = {
        name: said for name, said in told.items() if not stands(getattr(found, name.lower()), said, tmp_path)
    }
    assert wrong.keys() == IN_WORDS


def stands(value, said, here):
    """Whether the manual's last column says this value; what is off or left out is nothing."""
    number, code = re.match(r"\d+\b(?! with)", said), re.fullmatch("`([^`]+)`", said)
    if number:
        return value == int(number[0])
    if not code:
        return not value
    if isinstance(value, Path):
        return value == here / code[1]
    return value == (tuple(code[1].split(",")) if isinstance(value, tuple) else code[1])


def test_without_settings_it_is_sqlite_on_this_machine(plain, tmp_path):
    found = read(plain)
    assert found.database["NAME"] == str(tmp_path / "xingyun.sqlite3")
    assert (found.base_url, found.rehearsal, found.debug, found.tls) == (
        "http://127.0.0.1:8000",
        False,
        False,
        False,
    )


def test_sqlite_keeps_what_it_acknowledged(plain):
    options = read(plain).database["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_postgresql_by_one_setting(plain):
    found = read({**plain, "XINGYUN_DATABASE_URL": "postgres://u:p@h:5433/n"}).database
    assert (found["ENGINE"], found["HOST"], found["PORT"], found["NAME"]) == (
        "django.db.backends.postgresql",
        "h",
        5433,
        "n",
    )


def test_sqlite_elsewhere(plain, tmp_path):
    found = read({**plain, "XINGYUN_DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}).database
    assert found["NAME"] == f"{tmp_path}/x.db"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), ("true", True), ("0", False), ("", False), ("off", False)]
)
def test_switches(plain, text, on):
    assert read({**plain, "XINGYUN_REHEARSAL": text}).rehearsal is on


def test_a_secret_is_made_once_and_its_owner_alone_reads_it(tmp_path):
    path = tmp_path / "new" / "secret.key"
    barrier, got = threading.Barrier(8), []

    def start():
        barrier.wait(10)
        got.append(kept_secret(path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(got) == 8
    assert len(set(got)) == 1
    assert len(got[0]) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in path.parent.iterdir()] == ["secret.key"]
