"""An enterprise registers in the browser; nothing that was typed or sent is lost on the way."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pikepdf import Pdf
from tests.factories.ground import make_enterprise

from xingyun.files.models import File
from xingyun.registry.models import Enterprise
from xingyun.registry.states import EnterpriseState

pytestmark = pytest.mark.django_db
CODE = "91370112MAEBJ00Y43"
URL = "/enterprise/register/"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "licence.pdf"
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    return path.read_bytes()


def typed(**changes):
    given = {
        "uscc": CODE,
        "name": "云岫智造科技有限公司",
        "address": "工业北路 1 号",
        "authority": "licheng",
        "person": "林某",
        "phone": "13800000000",
        "email": "lin@example.com",
        "username": "yunxiu",
        "password": "a-long-enough-one",
    }
    return {**given, **changes}


def files(paper, **names):
    return {
        field: SimpleUploadedFile(name, paper)
        for field, name in (names or {"licence": "执照.pdf", "authorisation": "授权.pdf"}).items()
    }


def test_registering_and_what_the_authority_does_next(ground, client, paper):
    answer = client.post(URL, {**typed(), **files(paper)})
    assert answer.status_code == 302
    assert answer["Location"] == "/enterprise/registered/licheng/"
    enterprise = Enterprise.objects.get(uscc=CODE)
    assert enterprise.state == EnterpriseState.PENDING
    assert enterprise.licence.kind == "application/pdf"
    assert enterprise.licence.pages == 1
    assert "等历城区核对" in client.get(answer["Location"]).content.decode()


def test_the_places_come_from_the_edition_and_leave_out_the_upper_tier(ground, client):
    page = client.get(URL).content.decode()
    assert '<option value="licheng">历城区' in page
    assert 'value="city"' not in page


def test_a_wrong_code_keeps_what_was_typed_and_the_papers(ground, client, paper):
    answer = client.post(URL, {**typed(uscc="91370112MAEBJ00Y44"), **files(paper)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="工业北路 1 号"' in page
    assert "a-long-enough-one" not in page
    assert "执照.pdf 已收好" in page
    tokens = dict(re.findall(r'name="(\w+-kept)" value="([^"]+)"', page))
    again = client.post(URL, {**typed(), **tokens})
    assert again.status_code == 302
    assert Enterprise.objects.get(uscc=CODE).authorisation_id


def test_a_token_of_one_paper_is_none_for_the_other_and_a_forged_one_for_neither(ground, client, paper):
    page = client.post(URL, {**typed(), **files(paper, licence="执照.pdf")}).content.decode()
    token = re.search(r'name="licence-kept" value="([^"]+)"', page)[1]
    for wrong in ({"authorisation-kept": token}, {"authorisation-kept": "x:y:z"}):
        answer = client.post(URL, {**typed(), "licence-kept": token, **wrong})
        assert answer.status_code == 422
        assert "还差盖章的授权书" in answer.content.decode()


def test_a_paper_that_is_no_paper_is_told_by_name(ground, client, paper):
    sent = {
        "licence": SimpleUploadedFile("执照.pdf", b"MZ not a paper"),
        "authorisation": SimpleUploadedFile("授权.pdf", paper),
    }
    answer = client.post(URL, {**typed(), **sent})
    assert "营业执照副本（执照.pdf）：内容不是 PDF、JPG 或 PNG" in answer.content.decode()
    assert not Enterprise.objects.filter(uscc=CODE).exists()


def test_a_taken_code_is_told_beside_its_field(ground, client, paper):
    taken, _ = make_enterprise(ground, "lixia")
    answer = client.post(URL, {**typed(uscc=taken.uscc), **files(paper)})
    assert answer.status_code == 422
    assert "已经注册" in answer.content.decode()


def test_who_tries_through_the_codes_of_others_is_stopped(ground, client, paper, settings):
    """An honest mistake or two is told; a city's list of codes is not answered one by one."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    taken, _ = make_enterprise(ground, "lixia")

    def told(address, at=URL, **more):
        given = {**typed(uscc=taken.uscc), **files(paper), **more}
        return client.post(at, given, headers={"X-Forwarded-For": address}).content.decode()

    claim, free = "/enterprise/register/takeover/", {"uscc": CODE, "reason": "left"}
    for n in range(20):
        page = told("10.0.0.1", claim, **free) if n % 2 else told("10.0.0.1")
        assert ("还没有人注册" if n % 2 else "已经注册") in page
    assert "一小时后再试" in told("10.0.0.1")
    assert "已经注册" not in told("10.0.0.1")
    assert "还没有人注册" not in told("10.0.0.1", claim, **free)
    assert "已经注册" in told("10.0.0.2"), "and nobody else is"


def test_what_is_typed_is_never_markup(ground, client):
    page = client.post(URL, typed(name='"><script>alert(1)</script>')).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_without_a_token_nothing_is_read(ground, paper):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(URL, {**typed(), **files(paper)}).status_code == 403
    assert not Enterprise.objects.filter(uscc=CODE).exists()


def test_a_form_too_heavy_is_refused_before_it_is_read(ground, client, settings):
    answer = client.post(URL, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999")
    assert answer.status_code == 413
    assert "20" in answer.content.decode() or "40" in answer.content.decode()


def test_the_number_of_queries_is_known(ground, client, django_assert_num_queries):
    client.get(URL)
    with django_assert_num_queries(1):
        client.get(URL)


def test_an_unknown_place_is_not_there(ground, client):
    assert client.get("/enterprise/registered/nowhere/").status_code == 404
    assert client.get("/enterprise/register/letter/").status_code == 200


def test_files_of_a_failed_try_are_stored_once(ground, client, paper):
    for _ in range(2):
        client.post(URL, {**typed(uscc="x"), **files(paper, licence="a.pdf")})
    assert File.objects.filter(kind="application/pdf").count() == 1
