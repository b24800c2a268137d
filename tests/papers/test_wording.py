"""An office words its papers: versions, what is refused, what the issued paper says."""

import io

import docx
import pypdfium2 as pdfium
import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.reviews.office import Office, fresh

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.documents.wording import places
from xingyun.files.queries import reader
from xingyun.papers import actions
from xingyun.papers.models import Paper, Wording
from xingyun.papers.queries.previewing import preview_pdf, preview_png
from xingyun.papers.queries.wording import all_worded_by, kinds_of, worded_by
from xingyun.papers.states import KINDS
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions as reviews

pytestmark = pytest.mark.django_db
REFUSAL = KINDS["refusal"]


@pytest.fixture
def ground(now):
    return make_ground(now, rosters={"licheng": 100})


@pytest.fixture
def office(ground, now):
    return Office(ground, "licheng", now)


def word(office, *, seen=0, actor=None, kind=REFUSAL, **texts):
    """Word the office's refusal, the other passages as usual."""
    return actions.word(
        authority=office.authority,
        kind=kind.key,
        typed={**kind.defaults, **texts},
        seen=seen,
        actor=actor or office.actor(),
        now=office.now,
    )


def refuse(office):
    """Refuse an application; returns its paper."""
    made = make_application(
        office.ground, state="submitted", level="star-3", authority=office.key, now=office.now
    )
    reviews.refuse(
        application=fresh(made), reason="不在本区登记。", clause="一、1", actor=office.actor(), now=office.now
    )
    return Paper.objects.get(kind="refusal")


def text_of(paper: Paper) -> str:
    with reader(paper.file) as stream:
        pages = pdfium.PdfDocument(io.BytesIO(stream.read()))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def word_text_of(paper: Paper) -> str:
    with reader(paper.word) as stream:
        return "".join("".join(docx.Document(io.BytesIO(stream.read())).element.itertext()).split())


def test_what_is_issued_says_what_the_office_wrote(office):
    word(office, closing="有异议的，请向｛发文单位｝提出。\n感谢｛企业名称｝的参与。")
    paper = refuse(office)
    said = f"有异议的，请向{office.authority.issuer}提出。"
    for text in (text_of(paper), word_text_of(paper)):
        assert said in text
        assert "提出申诉" not in text
        assert "｛" not in text


def test_without_own_words_the_usual_ones_stand(office):
    assert "可以在系统的申报进度页提出申诉" in text_of(refuse(office))


def test_every_version_stays_and_is_recorded(office):
    first = word(office, closing="第一稿。")
    second = word(office, seen=1, closing="第二稿。")
    actions.word_as_usual(
        authority=office.authority, kind="refusal", seen=2, actor=office.actor(), now=office.now
    )
    assert [first.version, second.version] == [1, 2]
    now = worded_by(office.authority, REFUSAL)
    assert (now.version, now.own, now.texts["closing"]) == (3, False, REFUSAL.defaults["closing"])
    assert [w.texts.get("closing") for w in Wording.objects.order_by("version")] == [
        "第一稿。",
        "第二稿。",
        None,
    ]
    entries = Entry.objects.filter(stream__name="authority:licheng", act="wording.written").order_by("seq")
    assert [e.facts["version"] for e in entries] == [1, 2, 3]
    assert entries[0].facts["texts"]["closing"] == "第一稿。"


def test_whoever_has_not_seen_the_newest_version_is_told(office):
    word(office, closing="第一稿。")
    with pytest.raises(Conflict):
        word(office, closing="另一稿。")
    assert Wording.objects.count() == 1


def test_the_usual_wording_is_not_taken_back_to_itself(office):
    with pytest.raises(Refused):
        actions.word_as_usual(
            authority=office.authority, kind="refusal", seen=0, actor=office.actor(), now=office.now
        )


@pytest.mark.parametrize(
    ("texts", "field", "said"),
    [
        ({"lead": "｛企业名｝收悉"}, "lead", "｛企业名称｝"),
        ({"lead": "｛天气｝晴"}, "lead", "｛天气｝"),
        ({"closing": "｛企业名称"}, "closing", "花括号"),
        ({"title": ""}, "title", "空着"),
        ({"addressee": "甲：\n乙："}, "addressee", "一行"),
        ({"addressee": "各企业："}, "addressee", "｛企业名称｝"),
        ({"closing": "长" * 2001}, "closing", "2001"),
    ],
)
def test_a_text_that_can_not_be_filled_is_refused_where_it_is_wrong(office, texts, field, said):
    with pytest.raises(Refused, match=said) as refused:
        word(office, **texts)
    assert refused.value.field == field
    assert not Wording.objects.exists()


def test_a_character_that_no_font_has_is_refused(office):
    with pytest.raises(Refused, match="\U0002fa1f"):
        word(office, closing="\U0002fa1f。")


def test_a_place_without_a_value_stops_the_issuing_and_is_named(office):
    assert office.authority.phone == ""
    word(office, closing="请拨打｛联系电话｝。")
    with pytest.raises(Refused, match="｛联系电话｝"):
        refuse(office)
    assert not Paper.objects.exists()
    Authority.objects.filter(pk=office.authority.pk).update(phone="0500-66600001")
    assert "请拨打0500-66600001。" in text_of(refuse(office))


def test_only_the_office_itself_words_its_papers(office, ground, now):
    others = [Office(ground, "tianqiao", now), Office(ground, "city", now)]
    for other in others:
        with pytest.raises(NotAllowed):
            word(office, actor=other.actor())
    with pytest.raises(NotAllowed):
        word(office, actor=office.actor(Role.READER))
    assert not Wording.objects.exists()


def test_each_office_has_the_kinds_that_it_issues(office, ground, now):
    city = Office(ground, "city", now).authority
    below, top = ({kind.key for kind in kinds_of(a)} for a in (office.authority, city))
    assert below - top == {"decision", "recommendation", "report"}
    assert top - below == {"public_notice", "announcement"}
    with pytest.raises(NotAllowed):
        word(office, kind=KINDS["announcement"])


def test_an_office_reads_all_its_wordings_at_once(office, django_assert_num_queries):
    word(office, closing="第一稿。")
    word(office, seen=1, closing="第二稿。")
    offices = [office.authority, office.ground.authority("tianqiao")]
    with django_assert_num_queries(1):
        own, others = all_worded_by(offices)
    assert [one.own for one in others] == [False] * 5
    assert next(one for one in own if one.own).texts["closing"] == "第二稿。"
    found = {one.kind.key: one.own for one in own}
    assert found == {"return_notice": False, "refusal": True, "decision": False, "recommendation": False,
                     "report": False}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_can_be_seen_before_it_is_kept(kind, office):
    texts = {key: text or "（另起一段）" for key, text in kind.defaults.items()}
    found = pdfium.PdfDocument(preview_pdf(office.authority, kind, texts))
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in found)
    assert "（另起一段）" in text or all(kind.defaults.values())
    assert office.authority.issuer in text
    assert "｛" not in text
    assert preview_png(office.authority, kind, texts).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_usual_wordings_use_known_places(kind):
    used = {name for text in kind.defaults.values() for name in places(text)}
    assert used <= set(kind.names)
    assert set(kind.kept) <= used
    assert all(kind.defaults[p.key] for p in kind.passages if p.needed)
