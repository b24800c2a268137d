"""A return for correction: answered point by point, mended where it was opened, handed in again."""

from datetime import timedelta

import pytest
from tests.factories.applications import bind, make_application
from tests.web.enterprise.parties import signed_in

from xingyun.applications.models import Application, Submission
from xingyun.applications.states import State
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
