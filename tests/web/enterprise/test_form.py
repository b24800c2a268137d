"""Typing: kept at once, kept as a whole without script, never overwritten, never markup."""

import json

import pytest
from tests.factories.applications import make_application
from tests.web.enterprise.parties import signed_in

from xingyun.applications import actions
from xingyun.applications.actions import digest
from xingyun.applications.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ground):
    return make_application(ground, complete=False)


@pytest.fixture
def client(made):
    return signed_in(made.actor)


def root(made):
    return f"/enterprise/applications/{made.application.uid}/"


def save(client, made, field, raw, seen=""):
    body = json.dumps({"field": field, "raw": raw, "seen": seen or digest("")})
    return client.post(
        root(made) + "save/", body, content_type="application/json", HTTP_ACCEPT="application/json"
    )


def stored(made):
    return Application.objects.get(pk=made.application.pk).answers


def test_a_field_is_kept_and_the_panel_comes_with_the_answer(client, made):
    answer = save(client, made, "scope", "云上业务")
    assert answer.status_code == 200
    body = answer.json()
    assert body["digest"] == digest("云上业务")
    assert body["error"] == ""
    assert body["saved_at"] == "09:00"
    assert 'id="missing-panel"' in body["missing"]
    assert stored(made)["scope"] == "云上业务"


def test_what_makes_no_sense_is_kept_too_and_said(client, made):
    body = save(client, made, "cloud_since", "2020-13").json()
    assert "月份只到 12" in body["error"]
    page = client.get(root(made) + "form/cloud/").content.decode()
    assert 'value="2020-13"' in page
    assert "月份只到 12" in page


def test_two_people_in_one_field_see_both_texts(client, made):
    assert save(client, made, "scope", "甲写的").status_code == 200
    answer = save(client, made, "scope", "乙写的")
    assert answer.status_code == 409
    body = answer.json()
    assert (body["mine"], body["theirs"]) == ("乙写的", "甲写的")
    assert stored(made)["scope"] == "甲写的"
    assert save(client, made, "scope", "乙写的", body["digest"]).status_code == 200


def test_half_a_message_is_refused_in_words(client, made):
    for body in ("", "[]", '{"field": "scope"}', '{"field": "scope", "raw": 1, "seen": ""}'):
        answer = client.post(
            root(made) + "save/", body, content_type="application/json", HTTP_ACCEPT="application/json"
        )
        assert answer.status_code == 422
        assert answer.json()["message"]
    assert save(client, made, "no-such-field", "x").status_code == 410


def test_a_section_is_a_plain_form_that_goes_on_to_the_next(client, made):
    typed = {"scope": "甲", "effect": "乙", "seen-scope": digest(""), "seen-effect": digest("")}
    answer = client.post(root(made) + "form/text/", typed)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/ledger/")
    assert (stored(made)["scope"], stored(made)["effect"]) == ("甲", "乙")


def test_several_choices_and_several_lines_are_one_text_each(client, made):
    typed = {
        "deployment": ["public", "private"],
        "providers": ["泉畔云数据服务有限公司", "", "鹊山工业互联科技有限公司"],
        "seen-deployment": digest(""),
        "seen-providers": digest(""),
    }
    client.post(root(made) + "form/cloud/", typed)
    assert stored(made)["deployment"] == "public,private"
    assert stored(made)["providers"] == "泉畔云数据服务有限公司\n鹊山工业互联科技有限公司"


def test_nothing_ticked_is_an_answer_and_a_field_that_was_not_shown_is_none(client, made):
    save(client, made, "deployment", "public")
    client.post(root(made) + "form/cloud/", {"seen-deployment": digest("public")})
    assert stored(made)["deployment"] == ""
    assert "cloud_since" not in stored(made)


def test_a_plain_form_in_conflict_shows_both_and_overrules_the_second_time(client, made):
    save(client, made, "scope", "甲写的")
    typed = {"scope": "乙写的", "seen-scope": digest("")}
    answer = client.post(root(made) + "form/text/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲写的" in page
    assert "乙写的" in page
    assert f'name="seen-scope" value="{digest("甲写的")}"' in page
    assert stored(made)["scope"] == "甲写的"
    client.post(root(made) + "form/text/", {**typed, "seen-scope": digest("甲写的")})
    assert stored(made)["scope"] == "乙写的"


def test_what_is_wrong_keeps_the_person_on_the_page(client, made):
    typed = {"cloud_since": "2020-13", "seen-cloud_since": digest("")}
    answer = client.post(root(made) + "form/cloud/", typed)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert stored(made)["cloud_since"] == "2020-13"


@pytest.mark.parametrize("field", ["name", "scope", "providers", "uscc", "cloud_since"])
def test_what_is_typed_is_never_markup(client, made, field):
    evil = '"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>'
    save(client, made, field, evil, digest(stored(made).get(field, "")))
    section = made.ground.book.form.field(field).section
    for page in (f"form/{section}/", "submit/", "progress/"):
        text = client.get(root(made) + page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_panel_line_leads_to_the_field(client, made):
    save(client, made, "cloud_since", "2020-13")
    page = client.get(root(made) + "submit/").content.decode()
    assert "form/cloud/#f-cloud_since" in page
    assert 'id="f-cloud_since"' in client.get(root(made) + "form/cloud/").content.decode()


def test_only_what_a_return_opens_can_be_changed(ground):
    made = make_application(ground, state="returned")
    client = signed_in(made.actor)
    page = client.get(root(made) + "form/text/").content.decode()
    assert page.count("<fieldset disabled") == 1
    assert save(client, made, "scope", "新写的", digest("云上业务")).status_code == 200
    assert save(client, made, "effect", "新写的", digest("云上业务")).status_code == 422
    assert stored(made)["effect"] == "云上业务"


def test_after_submission_the_form_is_only_read(ground):
    made = make_application(ground, state="submitted")
    client = signed_in(made.actor)
    page = client.get(root(made) + "form/text/").content.decode()
    assert "data-autosave" not in page
    assert save(client, made, "scope", "新写的", digest("云上业务")).status_code == 409
    assert actions.digest(stored(made)["scope"]) == digest("云上业务")
