"""Every template compiles, carries no inline style or script, and says nothing that can't be translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import nodes

import xingyun.web

ROOT = Path(xingyun.web.__file__).parent / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
HAN = re.compile(r"[\u4e00-\u9fff]")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
# What is marked as Chinese is the text of a paper: papers are Chinese in every language of the interface.
PAPER = re.compile(r"<(\w+)[^>]*\blang=\"zh-Hans\"[^>]*>.*?</\1>", re.DOTALL)
TRANSLATORS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


@pytest.fixture(scope="module")
def env():
    return engines.all()[0].env


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(env, name):
    env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_inline(name):
    found = INLINE.findall((ROOT / name).read_text("utf-8"))
    assert not found, f"the policy forbids what is inline: {found}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_sentence_can_be_translated(env, name):
    found = list(untranslatable(env.parse(PAPER.sub("", (ROOT / name).read_text("utf-8")))))
    assert not found, f"put these into _( ) or trans: {found}"


@pytest.mark.parametrize("source", ["<p>你好</p>", "{{ '你好' }}", "{% if x %}{{ f('好') }}{% endif %}"])
def test_what_slips_through_would_be_found(env, source):
    assert list(untranslatable(env.parse(source)))


@pytest.mark.parametrize(
    "source", ["{{ _('你好') }}", "{% trans n=1 %}好 {{ n }}{% endtrans %}", "{# 你好 #}"]
)
def test_what_is_translated_is_not(env, source):
    assert not list(untranslatable(env.parse(source)))


@pytest.mark.parametrize("source", ['<p style="x">', "<script>1</script>", '<a onclick="f()">'])
def test_inline_would_be_found(source):
    assert INLINE.search(source)


def untranslatable(node: nodes.Node, inside: bool = False) -> Iterator[str]:
    """Chinese texts of a template that no translation function sees."""
    if isinstance(node, nodes.Call):
        called = node.node
        inside = inside or (isinstance(called, nodes.Name) and called.name in TRANSLATORS)
        # Text to cut at is never shown.
        inside = inside or (isinstance(called, nodes.Getattr) and called.attr == "split")
    text = node.data if isinstance(node, nodes.TemplateData) else getattr(node, "value", None)
    if (
        isinstance(node, nodes.TemplateData | nodes.Const)
        and isinstance(text, str)
        and HAN.search(text)
        and not inside
    ):
        yield text.strip()
    for child in node.iter_child_nodes():
        yield from untranslatable(child, inside)
