"""A field that was drawn before looks as if it were drawn now."""

from dataclasses import replace

import pytest
from django.utils import translation

from xingyun.web import drawn
from xingyun.web.fields import Choice, Shown

TEXT = Shown(key="scope", kind="long_text", label="上云范围", value="<b>一</b>", digest="d1", max_chars=500)
LEVEL = Shown(
    key="level",
    kind="choice",
    label="级别",
    value="a",
    choices=(Choice("a", "甲", rank=2), Choice("b", "乙")),
)


@pytest.fixture(autouse=True)
def fresh():
    drawn._field.cache_clear()
    yield
    drawn._field.cache_clear()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("shown", [TEXT, LEVEL])
def test_again_as_at_first(shown, language):
    with translation.override(language):
        first = drawn.field(shown)
        assert drawn.field(shown) == first
        assert drawn._field.cache_info().hits == 1
        drawn._field.cache_clear()
        assert drawn.field(shown) == first


@pytest.mark.parametrize(
    "change",
    [
        {"value": "二"},
        {"error": "太长"},
        {"digest": "d2"},
        {"locked": True},
        {"required": False},
        {"hint": "写明"},
        {"clauses": ("一",), "edition": "ab" * 32},
        {"max_chars": 20},
    ],
)
def test_whatever_changes_is_drawn_anew(change):
    assert drawn.field(replace(TEXT, **change)) != drawn.field(TEXT)


def test_each_language_has_its_own():
    with translation.override("en"):
        english = drawn.field(TEXT)
    with translation.override("zh-hans"):
        assert "必填" in drawn.field(TEXT)
    assert "必填" not in english


def test_what_was_typed_stays_text():
    assert "&lt;b&gt;一&lt;/b&gt;" in drawn.field(TEXT)
