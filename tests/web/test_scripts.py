"""The scripts' own sentences: each has its English, with the same places to fill; none is left over."""

import re
from pathlib import Path

import pytest

import xingyun.web

SCRIPTS = Path(xingyun.web.__file__).parent / "static" / "js"
SAID = re.compile(r"\bt\(\s*\"([^\"]+)\"|\bconst \w+ = \"([^\"]*[\u4e00-\u9fff][^\"]*)\"")
PAIR = re.compile(r"^  \"([^\"]+)\":\s*\"([^\"]*)\",$", re.MULTILINE)
PLACE = re.compile(r"\{(\w+)\}")
ENGLISH = dict(PAIR.findall((SCRIPTS / "words.js").read_text("utf-8")))


def said() -> set[str]:
    """Every sentence that a script says."""
    sources = (path.read_text("utf-8") for path in SCRIPTS.glob("*.js") if path.name != "words.js")
    return {one or other for source in sources for one, other in SAID.findall(source)}


def test_every_sentence_has_english_and_none_is_left_over():
    assert said() == set(ENGLISH)


@pytest.mark.parametrize("sentence", sorted(ENGLISH))
def test_the_places_to_fill_are_the_same(sentence):
    assert sorted(PLACE.findall(sentence)) == sorted(PLACE.findall(ENGLISH[sentence]))


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_chinese_stands_only_in_what_is_translated(path):
    if path.name == "words.js":
        return
    source = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for literal in re.findall(r"\"([^\"\n]*[\u4e00-\u9fff][^\"\n]*)\"", source):
        assert literal in ENGLISH, literal
