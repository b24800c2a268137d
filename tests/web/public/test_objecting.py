"""Anybody may object while the list is on notice, on a page that needs no account."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.results.conftest import evaluate

from xingyun.results.models import Objection

pytestmark = pytest.mark.django_db
SAID = {"name": "丁某", "contact": "13900000000", "channel": "online", "text": "该企业已迁出。"}


@pytest.fixture
def line(db, now):
    found = evaluate(now)
    found.publish()
    return found.line(found.three)


def address(line):
    return reverse("object", kwargs={"uid": line.notice.uid, "line": line.pk})


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "在线提出"), ("en", "Online")])
def test_the_form_names_the_ways_in_the_language_of_the_page(line, language, word):
    client = Client()
    client.cookies.load({"django_language": language})
    shown = client.get(address(line), headers={"accept-language": language})
    assert shown.status_code == 200
    assert word in shown.content.decode()


def test_an_objection_gives_a_receipt_that_can_be_followed(line):
    client = Client()
    answer = client.post(address(line), SAID)
    receipt = Objection.objects.get().receipt
    assert receipt in answer.content.decode()
    followed = client.post(reverse("objection"), {"receipt": receipt}).content.decode()
    assert line.application.enterprise.name in followed
    assert SAID["contact"] not in followed


@pytest.mark.parametrize("field", ["text", "name", "contact", "channel"])
def test_what_is_missing_is_said_and_the_rest_is_kept(line, field):
    answer = Client().post(address(line), {**SAID, field: ""})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert f'<p class="msg bad" id="id_{field}-e"' in shown
    assert SAID["text" if field != "text" else "name"] in shown
    assert not Objection.objects.exists()


def test_after_the_notice_the_reason_is_said_on_the_page(line, at):
    at("2020-10-17 09:00")
    answer = Client().post(address(line), SAID)
    assert answer.status_code == 422
    assert "公示到 10月16日 24:00" in answer.content.decode()
    assert SAID["text"] in answer.content.decode()
