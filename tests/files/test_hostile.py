"""A hundred files that mean harm: none is executed, shown as a page or stops anything; each has its word."""

import json
import os
import re
import resource
import time

import pytest
from tests.factories.hostile import Hostile, all_of_them

from xingyun.audit.errors import Refused
from xingyun.documents.cleaning import WORDS
from xingyun.documents.guarded import asking
from xingyun.documents.inspect import UnusableError
from xingyun.files import actions, pictures, queries
from xingyun.files.kinds import for_booklet
from xingyun.web import serving

pytestmark = pytest.mark.django_db
FILES = all_of_them()
SHOWN = {"application/pdf", "image/jpeg", "image/png"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SECONDS = 3


@pytest.fixture(autouse=True)
def _short(settings):
    settings.READ_SECONDS = SECONDS


def kept(one: Hostile, tmp_path, now):
    path = tmp_path / "given"
    path.write_bytes(one.content)
    return actions.receive(source=path, now=now, look=for_booklet(path))


def test_there_are_a_hundred_of_them():
    assert len(FILES) >= 100
    assert len({one.name for one in FILES}) == len(FILES)


@pytest.mark.parametrize("one", FILES, ids=[one.name for one in FILES])
def test_it_is_refused_or_cleaned_in_words(one, tmp_path, now):
    began, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file, refusal = given(one, tmp_path, now)
    if refusal:
        assert refusal.code in one.how, refusal.code
        assert CHINESE.search(refusal.zh)
        assert CHINESE.search(refusal.en) is None
        assert one.fate != "cleaned"
    else:
        assert one.fate in {"cleaned", "kept"}
        assert set(file.cleaned) == (one.how if one.fate == "cleaned" else set())
        harmless(file)
    assert time.monotonic() - began < 2 * SECONDS + 5
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    assert grown < 150_000, "what it unpacks to is not ours to hold"


def given(one, tmp_path, now):
    try:
        return kept(one, tmp_path, now), None
    except UnusableError as error:
        return None, error


def harmless(file):
    """Nothing in it acts any more, a page of it can be drawn or not, and it is no web page to a browser."""
    look = for_booklet(queries.path(file))
    assert look.active == ()
    assert file.kind in SHOWN
    pictures.picture(file, 1)
    for name in ("page.html", "drawing.svg", "a.pdf"):
        answer = serving.sent(file, name, inline=True)
        assert answer["Content-Type"] in SHOWN
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer["Content-Disposition"].rstrip('"').endswith((".html", ".svg"))
        answer.close()


def test_every_thing_that_is_taken_out_has_its_word():
    told = {flag for one in FILES if one.fate == "cleaned" for flag in one.how}
    assert told == set(WORDS)


def test_a_nursery_that_died_is_started_anew(tmp_path, now):
    honest = next(one for one in FILES if one.fate == "kept")
    kept(honest, tmp_path, now)
    nursery = asking._known[os.getpid()].process
    nursery.kill()
    nursery.wait()
    assert kept(honest, tmp_path, now).pages == 1
    assert asking._known[os.getpid()].process.pid != nursery.pid


def test_what_is_no_paper_is_only_ever_saved(tmp_path, now):
    for content in (b"<!doctype html><script>alert(1)</script>", b"<svg/>", json.dumps({}).encode()):
        (tmp_path / "a").write_bytes(content)
        answer = serving.sent(actions.receive(source=tmp_path / "a", now=now), "a.html", inline=True)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "html" not in answer["Content-Type"]
        assert "svg" not in answer["Content-Type"]


def test_what_is_not_scanned_is_not_shown(tmp_path, now, settings):
    settings.CLAMD = "unix:/nowhere"
    (tmp_path / "a").write_bytes(b"a letter")
    file = actions.receive(source=tmp_path / "a", now=now)
    for show in (lambda: serving.sent(file, "a"), lambda: serving.picture(file, 1)):
        with pytest.raises(Refused, match="病毒扫描"):
            show()
    assert list(serving.pages(file)) == []
