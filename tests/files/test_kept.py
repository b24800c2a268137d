"""Kept pieces and the folders of killed work go away by themselves."""

import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from xingyun.clock import machine_now
from xingyun.documents.piece import Piece
from xingyun.files import kept
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover
from xingyun.jobs.run import Run


def test_the_hourly_work_removes_what_nobody_used_for_a_month(db, folders, tmp_path):
    for name, days in (("aa", 31), ("bb", 29)):
        kept.shelf().keep(name, Piece(None, 1, texts=(name,)))
        long_ago = (machine_now() - timedelta(days=days)).timestamp()
        os.utime(Path(settings.KEPT_ROOT) / name / name, (long_ago, long_ago))
    assert not Job.objects.exists()
    discover()["files.purge"].work(Run(1, "files.purge", "", {}, None, 1, 60))
    assert kept.shelf().find("aa", tmp_path / "aa.pdf") is None
    assert kept.shelf().find("bb", tmp_path / "bb.pdf") is not None


def test_what_killed_work_left_goes_after_a_day(db, folders):
    with kept.workplace() as old, kept.workplace() as young:
        for place in (old, young):
            (place / "half.pdf").write_bytes(b"%PDF-")
        two_days_ago = (machine_now() - timedelta(days=2)).timestamp()
        os.utime(old, (two_days_ago, two_days_ago))
        kept.purge(now=machine_now())
        assert not old.exists()
        assert young.exists()
    assert list(Path(settings.WORK_ROOT).iterdir()) == []


def test_the_limit_of_the_installation_holds(settings, folders, tmp_path):
    settings.KEPT_LIMIT = 200_000
    for n in range(20):
        (tmp_path / f"{n}.pdf").write_bytes(b"%PDF-" + b"x" * 40_000)
        kept.shelf().keep(f"{n:02x}", Piece(tmp_path / f"{n}.pdf", 1))
    kept.purge(now=machine_now())
    held = sum(path.stat().st_size for path in Path(settings.KEPT_ROOT).rglob("*") if path.is_file())
    assert 0 < held <= 200_000
    assert kept.shelf().find("13", tmp_path / "found.pdf") is not None
