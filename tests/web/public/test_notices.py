"""The list on public notice, what becomes of an objection, and the papers: for whoever comes."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.results.conftest import evaluate
from tests.reviews.crowd import crowd
from tests.web.enterprise.parties import signed_in
from tests.web.officials.counting import queries

from xingyun.applications.states import State
from xingyun.registry.actors import ANONYMOUS
from xingyun.results import actions
from xingyun.results.models import NoticeLine, Objection

pytestmark = pytest.mark.django_db
AFTER = "2020-10-17 00:00:00"
LAST = "2020-10-16 23:59:59"
SAID = {"name": "丁某", "contact": "13900000000", "channel": "online", "text": "该企业已迁出。"}
OFFER = "提出异议<span"
OUTCOME = "经核实，该企业 9 月已迁出"


@pytest.fixture
def published(db, now):
    """The list on public notice from 2020-10-12 until 10-16, 24:00."""
    found = evaluate(now)
    found.notice = found.publish()
    return found


def index(published, **query):
    answer = Client().get(reverse("public_notice", args=[published.notice.uid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def form(published, made):
    return reverse("object", args=[published.notice.uid, published.line(made).pk])


def objected(published, made):
    line = published.line(made)
    return actions.raise_objection(line=line, actor=ANONYMOUS, now=published.city.now, **SAID)


def decided(published, objection, *, upheld):
    told = {"outcome": OUTCOME, "actor": published.city.actor(), "now": published.city.now}
    actions.decide_objection(objection=objection, upheld=upheld, **told)


def announced(published, at):
    actor = published.city.actor()
    return actions.announce(notice=published.notice, actor=actor, now=at(AFTER), number="济工信〔2020〕9号")


def words(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    book = pypdfium2.PdfDocument(b"".join(answer))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in book)


def scan(content=b""):
    out = io.BytesIO(content)
    if not content:
        with pikepdf.new() as paper:
            paper.add_blank_page()
            paper.save(out)
    return SimpleUploadedFile("证明.pdf", out.getvalue(), "application/pdf")


def test_the_list_names_enterprise_place_and_level_the_highest_first(published):
    page = index(published)
    places = [page.index(made.enterprise.name) for made in (published.four, published.kept, published.three)]
    assert places[0] < min(places[1:])
    assert "拟认定名单公示到 10月16日 24:00" in page
    assert page.count(OFFER) == 3
    assert "历城区" in page


def test_until_its_last_second_and_not_after(published, at):
    at(LAST)
    assert OFFER in index(published)
    at(AFTER)
    page = index(published)
    assert "公示已结束，等待公布结果" in page
    assert OFFER not in page
    assert form(published, published.three) not in page


def test_a_struck_name_stays_with_the_word_that_it_is_struck_and_no_reason(published):
    objection = objected(published, published.three)
    decided(published, objection, upheld=True)
    page = index(published)
    assert published.three.enterprise.name in page
    assert "已从名单中去除" in page
    assert OUTCOME not in page, "what was found is told to who objected and to the enterprise"
    assert form(published, published.three) not in page
    late = Client().post(form(published, published.three), SAID)
    assert late.status_code == 422
    assert "已不在公示名单上" in late.content.decode()


def test_the_notice_is_read_as_it_was_issued(published):
    text = words(Client().get(reverse("public_notice_paper", args=[published.notice.uid])))
    for made in (published.four, published.kept, published.three):
        assert made.enterprise.name in text
        assert made.enterprise.uscc not in text
    assert "2020年10月12日至2020年10月16日" in text


def test_the_announcement_is_there_once_it_is_made(published, at):
    assert "公布文件" not in index(published)
    made = announced(published, at)
    assert "公示已结束，结果已经公布" in index(published)
    address = reverse("announcement", args=[made.uid])
    assert address in index(published)
    assert published.three.enterprise.name in words(Client().get(address))


def test_what_is_not_there(published):
    nobody = "00000000-0000-4000-8000-000000000000"
    for name in ("public_notice", "public_notice_paper", "announcement"):
        assert Client().get(reverse(name, args=[nobody])).status_code == 404
    line = published.line(published.three).pk
    for address in (
        reverse("object", args=[nobody, line]),
        reverse("object", args=[published.notice.uid, 0]),
    ):
        assert Client().get(address).status_code == 404
        assert Client().post(address, SAID).status_code == 404


def test_proof_comes_with_it_and_only_the_deciding_office_opens_it(published):
    answer = Client().post(form(published, published.three), {**SAID, "file": scan()})
    assert answer.status_code == 200
    made = Objection.objects.get()
    assert made.file.pages == 1
    address = reverse("objection_file", args=[made.uid])
    assert signed_in(published.city.actor()).get(address)["Content-Type"] == "application/pdf"
    for actor in (published.district.actor(), published.three.actor):
        assert signed_in(actor).get(address).status_code == 404


def test_a_file_that_is_none_is_told_and_what_was_typed_stays(published):
    answer = Client().post(form(published, published.three), {**SAID, "file": scan(b"MZ no paper")})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "内容不是 PDF" in page
    assert SAID["text"] in page
    assert not Objection.objects.exists()


def test_too_heavy_a_form_is_refused_before_it_is_read(published, settings):
    kind = "multipart/form-data; boundary=x"
    heavy = str(settings.FILE_LIMIT + 2**21)
    address = form(published, published.three)
    assert Client().post(address, b"x", content_type=kind, CONTENT_LENGTH=heavy).status_code == 413


def test_a_form_of_another_site_is_refused(published):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(form(published, published.three), SAID).status_code == 403
    assert not Objection.objects.exists()


def test_a_receipt_says_how_far_it_is_and_stands_in_no_address(published):
    client = Client()
    page = client.post(form(published, published.three), SAID).content.decode()
    receipt = re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", page)[0]
    assert f"?receipt={receipt}" not in page
    follow = reverse("objection")
    assert "核实中" in client.post(follow, {"receipt": f" {receipt.lower()} "}).content.decode()
    assert "核实中" not in client.get(follow, {"receipt": receipt}).content.decode()
    decided(published, Objection.objects.get(), upheld=False)
    told = client.post(follow, {"receipt": receipt}).content.decode()
    assert OUTCOME in told
    assert SAID["name"] not in told
    assert SAID["text"] not in told
    wrong = client.post(follow, {"receipt": "2222-2222-2222-2222"})
    assert wrong.status_code == 404
    assert "没有这个回执号" in wrong.content.decode()


def test_a_long_list_is_paged_and_each_name_comes_once(published):
    level = published.ground.book.levels[0]
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=published.notice, application=a, level=level.key, rank=level.rank)
        for a in crowd(published.ground, "licheng", 230, state=State.PROPOSED)
    )
    seen, after = [], ""
    for _page in range(9):
        page = index(published, **({"after": after} if after else {}))
        seen += re.findall(r"/object/(\d+)/", page)
        more = re.search(r'href="\?after=([^"&]+)', page)
        if not more:
            break
        after = more[1]
    assert len(seen) == len(set(seen)) == NoticeLine.objects.count() == 233
    for odd in ("x", "3-", "-1", "３-１", "9" * 30 + "-1"):
        assert "拟认定名单" in index(published, after=odd)


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_costs_the_same_however_long_it_is(published, count):
    level = published.ground.book.levels[0]
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=published.notice, application=a, level=level.key, rank=level.rank)
        for a in crowd(published.ground, "licheng", count, state=State.PROPOSED)
    )
    assert queries(Client(), reverse("public_notice", args=[published.notice.uid])) == 4
    assert queries(Client(), form(published, published.three)) <= 5


def test_the_pages_speak_english(published):
    client = Client(headers={"accept-language": "en"})
    page = client.get(reverse("public_notice", args=[published.notice.uid])).content.decode()
    assert 'lang="en"' in page
    assert "提出异议" not in page
