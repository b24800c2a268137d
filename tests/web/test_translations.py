"""The catalogue follows the sources, and what is wrong with one is found."""

import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from xingyun.config import translations


def test_every_sentence_has_its_english():
    assert list(translations.faults(translations.extracted(), translations.translated())) == []


def test_the_catalogue_is_as_update_would_write_it(tmp_path, monkeypatch, capsys):
    assert translations.check() == 0
    other = tmp_path / "django.po"
    first = b"#: web/templates/"
    assert first in translations.CATALOGUE.read_bytes()
    other.write_bytes(translations.CATALOGUE.read_bytes().replace(first, first + b"gone/", 1))
    monkeypatch.setattr(translations, "CATALOGUE", other)
    # Where it is read from by default was decided when the module was read.
    monkeypatch.setattr(translations.translated, "__defaults__", (other,))
    assert translations.check() == 1
    assert "run update" in capsys.readouterr().out


@pytest.fixture
def sources():
    catalog = Catalog(locale="en")
    catalog.add("共 %(n)s 项")
    return catalog


@pytest.mark.parametrize(
    ("english", "flags", "fault"),
    [
        ("", (), "no English"),
        ("%(n)s items", ("fuzzy",), "fuzzy"),
        ("%(m)s items", (), "placeholders differ"),
        ("items", (), "placeholders differ"),
    ],
)
def test_faults_are_found(sources, english, flags, fault):
    catalogue = Catalog(locale="en")
    catalogue.add("共 %(n)s 项", english, flags=flags)
    assert any(fault in said for said in translations.faults(sources, catalogue))


def test_a_stale_catalogue_is_found(sources):
    catalogue = Catalog(locale="en")
    catalogue.add("以前的一句", "A former one")
    said = list(translations.faults(sources, catalogue))
    assert any("not in the catalogue" in one for one in said)
    assert any("no longer in the sources" in one for one in said)


def test_a_good_catalogue_has_none(sources):
    catalogue = Catalog(locale="en")
    catalogue.add("共 %(n)s 项", "%(n)s items")
    assert list(translations.faults(sources, catalogue)) == []


def test_chinese_ids_speak_both_languages():
    translations.compile_catalogue()
    with translation.override("zh-hans"):
        assert translation.gettext("证书编号") == "证书编号"
    # A process of its own: Django keeps the catalogue that it has once read.
    code = (
        "import django; from django.conf import settings; django.setup();"
        "from django.utils import translation as t; t.activate('en'); print(t.gettext('证书编号'))"
    )
    env = {"DJANGO_SETTINGS_MODULE": "xingyun.config.settings", "PYTHONPATH": "src", "PATH": "/usr/bin:/bin"}
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "Certificate number"


def test_the_command_explains_itself(capsys):
    assert translations.main([]) == 2
    assert "update" in capsys.readouterr().out
