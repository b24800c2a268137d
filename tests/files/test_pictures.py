"""Pictures of pages are drawn once, apart, and kept; what can't be drawn is not tried again."""

import io
import os
from datetime import timedelta

import pytest
from PIL import Image

from xingyun.clock import machine_now
from xingyun.files import actions, pictures
from xingyun.files.kinds import for_booklet
from xingyun.files.queries import path

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(pdf, now):
    return actions.store(source=io.BytesIO(pdf), now=now, kind="application/pdf", pages=2)


def test_a_page_is_drawn_once_in_each_size(file, monkeypatch):
    drawn = {size: pictures.picture(file, 2, size) for size in pictures.SIZES}
    widths = {size: Image.open(place).width for size, place in drawn.items()}
    assert widths["thumb"] == 320
    assert widths["thumb"] < widths["page"] < widths["large"]
    monkeypatch.setattr(pictures, "drawn", None)
    assert pictures.picture(file, 2) == drawn["page"], "it is not drawn again"


@pytest.mark.parametrize("page", [0, 3, 10**9])
def test_a_page_that_is_not_there_is_not_asked_for(file, page, monkeypatch):
    monkeypatch.setattr(pictures, "drawn", None)
    assert pictures.picture(file, page) is None


def test_what_can_not_be_drawn_is_tried_once(file, monkeypatch):
    tried = []

    def ended(*given, **_more):
        tried.append(given)
        raise pictures.EndedError

    monkeypatch.setattr(pictures, "drawn", ended)
    assert pictures.picture(file, 1) is None
    assert pictures.picture(file, 1) is None
    assert len(tried) == 1


def test_the_job_draws_ahead_what_a_reader_asks_for_first(file, monkeypatch):
    beats = []
    assert pictures.draw_ahead(file, lambda: beats.append(1)) == 2
    assert len(beats) == 2
    monkeypatch.setattr(pictures, "drawn", None)
    assert all(pictures.picture(file, page, size) for page in (1, 2) for size in ("thumb", "page"))


def test_what_nobody_looks_at_goes_and_then_what_is_too_much(file, settings):
    pictures.draw_ahead(file)
    old = pictures.picture(file, 1)
    long_ago = (machine_now() - timedelta(days=31)).timestamp()
    os.utime(old, (long_ago, long_ago))
    assert pictures.purge(now=machine_now()) == 1
    assert not old.exists()
    settings.PICTURES_LIMIT = 0
    assert pictures.purge(now=machine_now()) == 3
    assert pictures.picture(file, 1).exists(), "it is drawn anew"


def test_an_upload_is_kept_without_what_acts(tusc, now):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
        made.save(out, static_id=True)
    first = actions.finish(upload=tusc.send(out.getvalue()), now=now)
    assert first.cleaned == ["javascript", "open_action"]
    assert first.size == path(first).stat().st_size
    assert for_booklet(path(first)).active == ()
    assert actions.finish(upload=tusc.send(out.getvalue()), now=now) == first, "the same of the same"
