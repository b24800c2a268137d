"""Papers: rendered, kept, recorded with template and edition; a missing character stops the issue."""

import pytest
from tests.factories.ground import make_ground

from xingyun.audit.errors import Refused
from xingyun.audit.models import Entry
from xingyun.papers import actions, queries
from xingyun.papers.models import Paper
from xingyun.registry.actors import SYSTEM

pytestmark = pytest.mark.django_db


def data(issuer: str = "星河市数字发展局") -> dict[str, object]:
    """A short public notice."""
    return {
        "title": "关于拟认定名单的公示",
        "body": [{"text": "现予以公示。"}],
        "signatures": [{"name": issuer, "key": "seal:issuer"}],
        "date": "2020年10月12日",
    }


@pytest.fixture
def edition(now):
    """The edition of an open round."""
    return make_ground(now).round.edition


def issue(edition, now, **changes) -> Paper:
    """Issue a notice."""
    given = {"kind": "public_notice", "about": "notice:1", "template": "public_notice", "data": data()}
    return actions.issue(edition=edition, actor=SYSTEM, now=now, **{**given, **changes})


def test_a_paper_is_a_file_a_row_and_an_entry(edition, now):
    paper = issue(edition, now, number="星数〔2020〕1号")
    assert (paper.file.kind, paper.file.pages) == ("application/pdf", 1)
    assert paper.edition_digest == edition.digest
    entry = Entry.objects.get(stream__name="notice:1", act="paper.issue")
    assert entry.facts["file"] == paper.file.sha256
    assert list(queries.papers("notice:1")) == [paper]
    assert list(queries.papers("notice:1", "certificate")) == []
    assert queries.paper(paper.uid) == paper


def test_the_same_words_give_the_same_file(edition, now):
    assert issue(edition, now).file == issue(edition, now).file


def test_a_character_that_no_font_has_stops_the_issue_and_is_named(edition, now):
    with pytest.raises(Refused, match="\U0002fa1f"):
        issue(edition, now, data=data(issuer="\U0002fa1f局"))
    assert not Paper.objects.exists()
