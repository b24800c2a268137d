"""Rulebooks in the pages: handed in, checked, released; a running round amended, by whoever leads alone."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import JINAN
from tests.reviews.test_amending import DATE, PHRASE, changed, without_field

from xingyun.rounds.models import Amendment, Edition, Round
from xingyun.rulebook.load import load_source, read_folder

pytestmark = pytest.mark.django_db


def packed(texts, folder="next/"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(folder + name, text)
        archive.writestr("__MACOSX/._a.toml", b"\x00\x05\x16\x07")
        archive.writestr(folder + "README.md", "nothing to load")
    return SimpleUploadedFile("next.zip", out.getvalue(), "application/zip")


def loose(texts):
    return [SimpleUploadedFile(name, text.encode()) for name, text in texts.items()]


def check(client, files, status=200):
    answer = client.post(reverse("edition_check"), {"files": files})
    assert answer.status_code == status, re.sub(r"<[^>]+>", " ", answer.content.decode())[:1500]
    return answer


def sent_back(answer):
    """What the page gives back to be released; nothing where it offers no release."""
    found = re.search(r'name="texts" value="([^"]*)"', answer.content.decode())
    return unescape(found[1]) if found else ""


def release(city, texts):
    sent = {"texts": sent_back(check(city, packed(texts)))}
    assert city.post(reverse("edition_release"), sent).status_code == 302
    return Edition.objects.latest("id")


@pytest.mark.parametrize("pack", [packed, loose])
def test_a_rulebook_is_checked_compared_and_released(city, ground, pack):
    texts = changed(DATE)
    page = check(city, pack({**texts, "contacts.toml": (JINAN / "contacts.toml").read_text("utf-8")}))
    words = page.content.decode()
    assert "可以发布" in words
    assert "10月31日" in words
    assert Edition.objects.count() == 1, "looking keeps nothing"
    answer = city.post(reverse("edition_release"), {"texts": sent_back(page)})
    edition = Edition.objects.latest("id")
    assert answer["Location"] == reverse("edition", args=[edition.digest])
    assert (edition.number, edition.supersedes_id) == (2, ground.round.edition_id)
    assert edition.digest == load_source(texts).digest
    assert edition.contacts["contacts"]
    assert "10月31日" in city.get(answer["Location"]).content.decode()
    assert ground.round.edition_id != edition.pk
    again = check(city, pack(texts))
    assert "已经发布过" in again.content.decode()
    assert not sent_back(again)


def test_a_case_that_comes_out_otherwise_holds_the_release_up(city, ground):
    cases = {f.name: f.read_text("utf-8") for f in JINAN.glob("*.cases.toml")}
    words = check(city, packed({**changed(PHRASE), **cases}))
    assert sent_back(words)
    wrong = check(city, packed({**changed(DATE), **cases}))
    assert "个例子的结果和写的不同" in wrong.content.decode()
    assert not sent_back(wrong)
    sent = {"texts": json.dumps({**changed(DATE), **cases})}
    assert city.post(reverse("edition_release"), sent).status_code == 422
    assert Edition.objects.count() == 1


def test_every_fault_is_shown_with_its_place_and_nothing_is_kept(city, ground):
    texts = changed(('percent = "3%"', 'percent = "3%"\nsurprise = 1'), ("on = 2020-10-26", "on = 26"))
    words = check(city, packed(texts), 422).content.decode()
    assert "有 2 处要改，什么也没有发布" in words
    assert "3-conditions.toml:91" in words
    assert "7-procedure.toml:12" in words
    assert "surprise" in words
    assert Edition.objects.count() == 1
    sent = city.post(reverse("edition_release"), {"texts": '{"a.toml": "x = "}'})
    assert sent.status_code == 422
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "请选择规则书文件"),
        ([SimpleUploadedFile("a.zip", b"PK\x03\x04 broken")], "打不开"),
        ([SimpleUploadedFile("a.docx", b"x")], "不是 .toml 或 .zip 文件"),
        ([SimpleUploadedFile("a.toml", b"x = 1"), SimpleUploadedFile("a.toml", b"x = 2")], "只留一个"),
        ([SimpleUploadedFile("a.toml", b"x" * 1_000_001)], "太大"),
        ([SimpleUploadedFile(f"a{n}.toml", b"") for n in range(61)], "文件太多"),
        ([SimpleUploadedFile("a.toml", "标题 = 1".encode("gbk"))], "UTF-8"),
        ([SimpleUploadedFile("contacts.toml", b"contacts = 1")], "没有规则书文件"),
        ([SimpleUploadedFile("a.toml", b"x = [")], "TOML"),
    ],
)
def test_what_is_no_rulebook(city, files, words):
    for file in files:
        file.seek(0)
    answer = city.post(reverse("edition_check"), {"files": files})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Edition.objects.count() == 1


def test_a_bomb_is_not_unpacked(city, ground):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.toml", b"#" * 300_000_000)
    assert len(out.getvalue()) < 1_000_000
    answer = check(city, SimpleUploadedFile("a.zip", out.getvalue()), 422)
    assert "文件太多或太大" in answer.content.decode()


def test_somebody_else_s_programme(city, officer, ground):
    """A rulebook whose top is another authority, or nobody's, is not for this city to release."""
    texts = {n: t.replace('"city"', '"metropolis"') for n, t in read_folder(JINAN).items()}
    load_source(texts)
    answer = check(city, packed(texts), 422)
    assert "您不在这个单位" in answer.content.decode()
    checked = check(city, packed(changed(DATE)))

    sent = {"texts": json.dumps(texts)}
    assert city.post(reverse("edition_release"), sent).status_code == 404
    assert officer.post(reverse("edition_release"), {"texts": sent_back(checked)}).status_code == 404
    assert Edition.objects.count() == 1


def test_wrong_doors(officer, stranger, applicant, auditor, city, ground):
    edition = release(city, changed(DATE))
    pages = [reverse("editions"), reverse("edition", args=[edition.digest])]
    amend = reverse("round_amend", args=[ground.round.uid])
    assert [Client().get(page).status_code for page in pages] == [302, 302]
    assert [applicant.get(page).status_code for page in pages] == [404, 404]
    for client in (officer, stranger, auditor):
        assert [client.get(page).status_code for page in pages] == [200, 200]
        assert client.post(reverse("edition_check"), {"files": packed(changed(DATE))}).status_code == 404
        assert client.get(amend).status_code == 404
        assert client.post(amend, {"edition": edition.digest}).status_code == 404
        assert "发布下一版" not in client.get(pages[0]).content.decode()
    assert city.get(reverse("edition", args=["0" * 64])).status_code == 404
    assert city.get(amend, {"edition": "0" * 64}).status_code == 404


def form(ground, edition, **more):
    return {
        "edition": edition.digest,
        "seen": ground.round.edition.digest,
        "scope": "undecided",
        "effective_on": "2020-10-12",
        "reason": "上级延期",
        **more,
    }


def test_the_running_round_is_amended(city, ground, now):
    waiting = make_application(ground, state="submitted", authority="licheng")
    begun = make_application(ground, authority="licheng")
    edition = release(city, changed(DATE))
    address = reverse("round_amend", args=[ground.round.uid])
    assert "选一版新规则" in city.get(address).content.decode()
    words = city.get(address, {"edition": edition.digest}).content.decode()
    assert "改了 1 处，进行中的申请有 2 份" in words
    assert "已提交 1" in words
    assert waiting.application.number in words
    assert begun.enterprise.name not in words, "a draft is its applicant's own"
    assert city.post(address, form(ground, edition, reason="")).status_code == 422
    assert city.post(address, form(ground, edition, effective_on="2020-10-11")).status_code == 422
    assert city.post(address, form(ground, edition, seen="")).status_code == 409
    assert city.post(address, form(ground, edition)).status_code == 302
    ground.round.refresh_from_db()
    assert ground.round.edition_id == edition.pk
    page = city.get(reverse("round", args=[ground.round.uid])).content.decode()
    assert "2 份改按新规则，0 份照旧" in page
    assert "上级延期" in page
    public = Client().get(reverse("notice")).content.decode()
    assert "上级延期" in public
    assert "10月31日" in public


def test_what_asks_more_of_enterprises_offers_one_scope(city, ground):
    edition = release(city, without_field("scope"))
    address = reverse("round_amend", args=[ground.round.uid])
    words = city.get(address, {"edition": edition.digest}).content.decode()
    assert "undecided" not in words
    assert "已提交的按提交时的要求评定" in words
    assert city.post(address, form(ground, edition)).status_code == 422


def test_what_can_not_be_amended_says_why(city, ground):
    edition = release(city, changed(('percent = "3%"', 'percent = "4%"')))
    address = reverse("round_amend", args=[ground.round.uid])
    words = city.get(address, {"edition": edition.digest}).content.decode()
    assert "不能用于进行中的批次" in words
    assert "请另开批次" in words
    assert city.post(address, form(ground, edition)).status_code == 422
    plan = {"edition": edition.pk, "year": "2020"}
    assert city.post(reverse("round_plan"), plan).status_code == 302
    assert Round.objects.latest("id").edition_id == edition.pk


def test_announced_for_later_and_withdrawn(city, officer, ground):
    edition = release(city, changed(DATE))
    address = reverse("round_amend", args=[ground.round.uid])
    assert city.post(address, form(ground, edition, effective_on="2020-10-15")).status_code == 302
    waiting = Amendment.objects.get()
    assert "10月15日起用" in Client().get(reverse("notice")).content.decode()
    assert "待起用" in city.get(reverse("round", args=[ground.round.uid])).content.decode()
    assert "先在批次页撤回" in city.get(address, {"edition": edition.digest}).content.decode()
    back = reverse("amendment_withdraw", args=[ground.round.uid, waiting.uid])
    assert officer.post(back, {"reason": "不改了"}).status_code == 404
    assert city.post(back, {"reason": ""}).status_code == 422
    assert city.post(back, {"reason": "不改了"}).status_code == 302
    assert "起用" not in Client().get(reverse("notice")).content.decode()
    assert "已撤回" in city.get(reverse("round", args=[ground.round.uid])).content.decode()
