"""The page on which an office words a paper: seen while it is written, refused beside the passage, kept."""

import pytest
from django.urls import reverse
from tests.factories.ground import make_ground
from tests.reviews.office import Office
from tests.web.enterprise.parties import signed_in

from xingyun.papers import actions
from xingyun.papers.models import Series, Wording
from xingyun.papers.states import KINDS

pytestmark = pytest.mark.django_db
KIND = KINDS["public_notice"]
TYPED = {**KIND.defaults, "seen": "0"}
JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def city(now):
    return Office(make_ground(now), "city", now)


@pytest.fixture
def desk(city):
    return signed_in(city.actor())


def at(name, kind=KIND.key):
    return reverse(name, args=("city", kind))


def test_the_page_lists_passages_and_places_and_tells_what_has_no_value(desk):
    page = desk.get(at("wording")).content.decode()
    for place in KIND.places:
        assert f"｛{place.name}｝" in page
    assert page.count("现在没有内容") == 1
    assert page.count("必须写明") == len(KIND.kept)


def test_what_is_kept_is_there_again_with_its_versions(desk):
    answer = desk.post(at("wording"), {**TYPED, "closing": "欢迎监督：{异议渠道}。"})
    assert answer.status_code == 302
    page = desk.get(at("wording")).content.decode()
    assert "欢迎监督：｛异议渠道｝。" in page
    assert "第 1 稿" in page
    assert "本单位文本" in desk.get(reverse("wordings")).content.decode()
    assert desk.post(at("wording_usual"), {"seen": "1"}).status_code == 302
    assert "欢迎监督" not in desk.get(at("wording")).content.decode().split("各稿")[0]
    assert Wording.objects.count() == 2


def test_what_is_wrong_is_told_beside_each_passage_and_nothing_typed_is_lost(desk):
    answer = desk.post(at("wording"), {**TYPED, "title": "｛年｝公示", "body": "｛公示首天｝起公示"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有｛年｝这个位置，是不是｛年度｝？" in page
    assert "没有｛公示首天｝这个位置，是不是｛公示首日｝？" in page
    assert "｛公示首天｝起公示</textarea>" in page
    assert not Wording.objects.exists()


def test_a_colleague_who_was_faster_is_told_of(city, desk):
    given = {"authority": city.authority, "kind": KIND.key, "actor": city.actor(), "now": city.now}
    actions.word(typed={**KIND.defaults, "contact": "（联系人：甲某）"}, seen=0, **given)
    answer = desk.post(at("wording"), {**TYPED, "contact": "（联系人：乙某）"})
    assert answer.status_code == 409
    assert "乙某" in answer.content.decode()
    assert Wording.objects.get().texts["contact"] == "（联系人：甲某）"


def test_the_preview_is_the_paper_itself_and_keeps_nothing(desk):
    pdf = desk.post(at("wording_preview"), TYPED)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    picture = desk.post(at("wording_preview") + "?as=png", TYPED)
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert not Wording.objects.exists()


def test_the_preview_says_what_is_wrong_and_where(desk):
    answer = desk.post(at("wording_preview") + "?as=png", {**TYPED, "body": "｛公示首天｝"}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["field"] == "body"
    assert "｛公示首日｝" in answer.json()["message"]


def test_numbers_are_handed_over_and_taken_back(desk):
    here = reverse("numbers_here", args=("city",))
    for typed, said in (
        ({"prefix": "", "after": "0"}, "机关代字"),
        ({"prefix": "云工信", "after": "多"}, "最后用到的号数"),
    ):
        answer = desk.post(here, typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert desk.post(here, {"prefix": "云工信", "after": ""}).status_code == 302
    assert Series.objects.get().prefix == "云工信"
    assert "改由本单位另编" in desk.get(reverse("wordings")).content.decode()
    assert desk.post(reverse("numbers_elsewhere", args=("city",))).status_code == 302
    assert not Series.objects.exists()
    assert desk.post(reverse("numbers_elsewhere", args=("city",))).status_code == 422
