"""A return for correction: answered point by point, mended where it was opened, handed in again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.applications import bind, make_application, pdf
from tests.reviews.office import Office
from tests.web.enterprise.parties import signed_in

from xingyun.applications.models import Application, Submission
from xingyun.applications.states import State
from xingyun.files.queries import reader
from xingyun.reviews import actions as reviews
from xingyun.reviews.actions import DefectData
from xingyun.reviews.models import Defect

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ground, now):
    made = make_application(ground, state=State.SUBMITTED)
    reviews.return_for_correction(
        application=made.fresh(),
        defects=[
            DefectData(place="form:scope", clause="附件1", text="写清用了哪些云服务。<b>急</b>"),
            DefectData(place="material:licence", clause="二、2", text="执照看不清，请换一份。"),
        ],
        due=now + timedelta(days=12),
        actor=ground.actor(made.application.authority.key),
        now=now,
    )
    return made


def root(made):
    return f"/enterprise/applications/{made.application.uid}/"


def test_every_point_is_listed_with_its_place_its_clause_and_the_day(made):
    page = signed_in(made.actor).get(root(made) + "progress/").content.decode()
    for told in (
        "退回补正",
        "写清用了哪些云服务",
        "执照看不清",
        "form/text/#f-scope",
        "#m-licence",
        "10月24日",
    ):
        assert told in page
    assert "<b>急</b>" not in page


def test_a_point_is_answered_by_its_own_people_only(made, stranger):
    defect = Defect.objects.order_by("id").first()
    address = f"{root(made)}returns/{defect.pk}/reply/"
    assert stranger.client.post(address, {"reply": "已改"}).status_code == 404
    client = signed_in(made.actor)
    assert client.post(address, {"reply": " "}).status_code == 422
    assert client.post(address, {"reply": "<i>已改</i>"}).status_code == 302
    defect.refresh_from_db()
    assert defect.reply == "<i>已改</i>"
    page = client.get(root(made) + "progress/").content.decode()
    assert "&lt;i&gt;已改" in page
    assert "还有 1 条退回意见没有答复" in client.get(root(made) + "submit/").content.decode()


def test_a_point_of_another_application_is_not_there(made, ground):
    other = make_application(ground, complete=False)
    defect = Defect.objects.order_by("id").first()
    address = f"{root(other)}returns/{defect.pk}/reply/"
    assert signed_in(other.actor).post(address, {"reply": "已改"}).status_code == 404


def test_what_was_not_opened_stays_closed(made):
    client = signed_in(made.actor)
    claim = {"domain": "database"}
    assert client.post(root(made) + "checklist/claim/", claim).status_code == 422
    assert client.post(root(made) + "ledger/contracts/", {"number": "1"}).status_code == 422
    assert "data-auto>" not in client.get(root(made) + "checklist/").content.decode()
    offers = client.get(root(made) + "evidence/").content.decode()
    assert '<option value="licence">' in offers
    assert '<option value="screenshots">' not in offers


def test_a_correction_is_handed_in_after_the_window_and_before_its_own_day(made, now, at):
    client = signed_in(made.actor)
    application = Application.objects.get(pk=made.application.pk)
    typed = {"scope": "云服务器 12 台，386 人使用。", "seen-scope": _seen(application)}
    assert client.post(root(made) + "form/text/", typed).status_code == 302
    made.application = made.fresh()
    bind(made, now=now)
    at("2020-10-24 09:00:00")
    assert client.post(root(made) + "submit/", {"sure": "yes"}).status_code == 422
    at("2020-10-24 08:59:59")
    assert client.post(root(made) + "submit/", {"sure": "yes"}).status_code == 302
    assert Submission.objects.filter(application=application).count() == 2
    assert "您交回了补正" in client.get(root(made) + "progress/").content.decode()
    assert "第 2 次" in client.get(root(made) + "receipt/").content.decode()


def _seen(application):
    from xingyun.applications.actions import digest

    return digest(application.answers["scope"])


def test_an_accepted_application_is_asked_back_by_a_sealed_letter(ground, now):
    made = make_application(ground, state="submitted", authority="licheng")
    office = Office(ground, "licheng", now)
    office.accept(made)
    client, root = signed_in(made.actor), f"/enterprise/applications/{made.application.uid}/"
    assert client.get(f"{root}withdraw/")["Location"] == f"{root}withdraw/sealed/"
    paper = client.get(f"{root}withdraw/sealed/letter/").content.decode()
    assert made.application.number in paper
    assert made.enterprise.uscc in paper
    here = f"{root}withdraw/sealed/"
    unsealed = client.post(here, {"reason": "并入集团"})
    assert unsealed.status_code == 422
    assert "并入集团" in unsealed.content.decode()
    broken = client.post(here, {"reason": "并入集团", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")})
    assert broken.status_code == 422
    with reader(pdf("sealed", 1, now)) as stream:
        sealed = SimpleUploadedFile("a.pdf", stream.read())
    assert client.post(here, {"reason": "并入集团", "file": sealed}).status_code == 302
    assert "等" in client.get(here).content.decode()
    assert "您书面申请撤回" in client.get(f"{root}progress/").content.decode()
    desk = signed_in(office.actor())
    case = f"/officials/applications/{made.application.uid}/"
    assert "书面申请撤回，还没有答复" in desk.get(case).content.decode()
    assert "并入集团" in desk.get(f"{case}withdrawal/").content.decode()
    assert desk.post(f"{case}withdrawal/", {"agreed": "no", "reason": ""}).status_code == 422
    assert desk.post(f"{case}withdrawal/", {"reason": "可"}).status_code == 422
    assert desk.post(f"{case}withdrawal/", {"agreed": "no", "reason": "印章不清"}).status_code == 302
    answered = client.get(f"{root}progress/").content.decode()
    assert "印章不清" in answered
    assert client.post(here, {"reason": "再来", "file": SimpleUploadedFile("a.pdf", b"")}).status_code == 422
