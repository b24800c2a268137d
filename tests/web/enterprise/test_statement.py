"""The statement on cloud services and the record of a visit: filled in, PDF and Word alike."""

import io
from datetime import date
from uuid import uuid4

import docx
import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import make_ground
from tests.reviews.office import Office
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.evidence.actions import ContractData

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        pages = pdfium.PdfDocument(io.BytesIO(content))
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    return "".join("".join(docx.Document(io.BytesIO(content)).element.itertext()).split())


@pytest.fixture
def ground(now):
    return make_ground(now, rosters={"licheng": 100})


@pytest.fixture
def made(ground, now):
    return make_application(ground, level="star-3", now=now)


def contract(
    made, now, number, seller="泉畔云数据服务有限公司", *, says=False, amount=12_345_00, title="数据采集"
):
    data = ContractData(
        number=number, title=title, seller=seller, signed_on=date(2020, 3, 2), amount_fen=amount,
        deployment="public", says_cloud=says,
    )  # fmt: skip
    application = Application.objects.get(pk=made.application.pk)
    return actions.record_contract(application=application, data=data, actor=made.actor, now=now)


def at(made, row):
    return reverse("application_statement_paper", args=(made.application.uid, row))


@pytest.mark.parametrize("form", ["", "?as=word"])
def test_it_names_both_sides_and_every_contract_of_the_provider_that_does_not_say_cloud(made, now, form):
    first = contract(made, now, "HT-01", amount=862_000_00)
    contract(made, now, "HT-02", title="设备联网")
    contract(made, now, "HT-03", "另一家云计算有限公司")
    contract(made, now, "HT-04", says=True)
    answer = signed_in(made.actor).get(at(made, first.uid) + form)
    text = text_of(answer.content)
    for said in (
        made.enterprise.name, "泉畔云数据服务有限公司", "HT-01", "2020年3月2日", "862,000.00", "HT-02",
        "设备联网", "部署方式：公有云",
    ):  # fmt: skip
        assert said in text
    assert "HT-03" not in text
    assert "HT-04" not in text
    assert "另一家" not in text


def test_a_contract_that_says_so_itself_needs_none(made, now):
    says = contract(made, now, "HT-04", says=True)
    client = signed_in(made.actor)
    assert client.get(at(made, says.uid)).status_code == 404
    assert client.get(at(made, uuid4())).status_code == 404
    first = contract(made, now, "HT-01")
    assert client.get(at(made, first.uid) + "?as=excel").status_code == 404


def test_it_stands_in_the_ledger_and_beside_the_material_once_a_provider(made, now):
    first, second = contract(made, now, "HT-01"), contract(made, now, "HT-02")
    other = contract(made, now, "HT-03", "另一家云计算有限公司")
    client = signed_in(made.actor)
    ledger = client.get(reverse("application_ledger", args=(made.application.uid,))).content.decode()
    assert all(at(made, one.uid) in ledger for one in (first, second, other))
    evidence = client.get(reverse("application_evidence", args=(made.application.uid,))).content.decode()
    assert at(made, first.uid) in evidence
    assert at(made, other.uid) in evidence
    assert at(made, second.uid) not in evidence


def test_it_is_the_applicants_alone(ground, made, now):
    first = contract(made, now, "HT-01")
    assert make_party(ground).client.get(at(made, first.uid)).status_code == 404
    assert signed_in(Office(ground, "licheng", now).actor()).get(at(made, first.uid)).status_code == 404


@pytest.mark.parametrize("form", ["", "?as=word"])
def test_the_record_of_a_visit_says_what_was_handed_in(ground, now, form):
    office = Office(ground, "licheng", now)
    handed_in = office.accepted("star-3")
    address = reverse("case_visit_paper", args=(handed_in.application.uid,))
    text = text_of(signed_in(office.actor()).get(address + form).content)
    application = Application.objects.get(pk=handed_in.application.pk)
    domain = ground.book.domains[0]
    for said in (
        application.number, application.enterprise.name, application.enterprise.uscc, "三星级", "上云支出",
        "泉畔云数据服务有限公司", "核查人员（签字）",
    ):  # fmt: skip
        assert said in text
    assert domain.label in text
    assert "第1页" in text


def test_others_do_not_visit(ground, now):
    office = Office(ground, "licheng", now)
    handed_in = office.accepted("star-3")
    address = reverse("case_visit_paper", args=(handed_in.application.uid,))
    assert signed_in(Office(ground, "tianqiao", now).actor()).get(address).status_code == 404
    assert signed_in(handed_in.actor).get(address).status_code == 404
