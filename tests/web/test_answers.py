"""Refusals become answers that say what to do and keep what was typed."""

import errno
import json
import re

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.config.urls import *  # noqa: F403  # the error pages of the product
from xingyun.config.urls import urlpatterns as ours
from xingyun.web import answers
from xingyun.web.guards import require_actor, require_enterprise, require_seat

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def refusing(request):
    raise Refused("窗口已经关闭，请联系所在区县。", clause="三、3", field="scope")


def conflicting(request):
    raise Conflict("另一个人先改了。")


def forbidding(request):
    raise NotAllowed("这是别人的。")


def breaking(request):
    raise RuntimeError("a fault")


def cut_off(request):
    raise OperationalError("server closed the connection") from psycopg.OperationalError("closed")


def filling(request):
    raise OSError(errno.ENOSPC, "No space left on device")


def fine(request):
    return HttpResponse("fine")


urlpatterns = [
    *ours,
    path("t/refused", refusing),
    path("t/conflict", conflicting),
    path("t/forbidden", forbidding),
    path("t/broken", breaking),
    path("t/away", cut_off),
    path("t/full", filling),
    path("t/actor", require_actor(fine)),
    path("t/enterprise", require_enterprise(fine)),
    path("t/seat", require_seat("preparer")(fine)),
]
JSON = {"Accept": "application/json"}


def test_what_was_typed_comes_back_under_words_and_what_nobody_typed_does_not(client):
    sent = {
        "reason": "材料齐全",
        "outcome": "no",
        "seen": "17",
        "to": "granted",
        "phone": "０531",
        "again": "secret-word",
    }
    page = client.post("/t/refused", sent).content.decode()
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert facts == [("理由", "材料齐全"), ("结果和理由", "no"), ("填写的内容", "０531")]


def test_a_refusal_says_why_and_gives_back_what_was_typed(client):
    answer = client.post("/t/refused", {"scope": "写了很久的一段话", "password": "secret-word"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "窗口已经关闭" in page
    assert 'href="/notice/#c3-3"' in page
    assert "写了很久的一段话" in page
    assert "secret-word" not in page


def test_what_was_typed_is_escaped(client):
    page = client.post("/t/refused", {"scope": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_script_gets_json(client):
    answer = client.post("/t/refused", headers=JSON)
    assert answer.status_code == 422
    assert json.loads(answer.content) == {
        "message": "窗口已经关闭，请联系所在区县。",
        "clause": "三、3",
        "field": "scope",
    }


def test_a_conflict_is_409(client):
    assert client.post("/t/conflict").status_code == 409


def test_what_one_may_not_see_looks_like_nothing_there(client):
    forbidden, missing = client.get("/t/forbidden"), client.get("/t/nowhere")
    assert forbidden.status_code == missing.status_code == 404
    assert "这是别人的" not in forbidden.content.decode()


def test_a_fault_has_a_page_without_the_frame(client):
    client.raise_request_exception = False
    answer = client.get("/t/broken")
    assert answer.status_code == 500
    assert "不是您的问题" in answer.content.decode()
    assert json.loads(client.get("/t/broken", headers=JSON).content)["message"]


@pytest.mark.parametrize(
    ("where", "status", "said"), [("/t/away", 503, "数据库暂时没有应答"), ("/t/full", 507, "存储空间满了")]
)
def test_an_outage_is_told_as_what_it_is_and_gives_back_what_was_typed(client, where, status, said):
    client.raise_request_exception = False
    answer = client.post(where, {"reason": "写了很久的一段话", "password": "secret-word"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert int(answer["Retry-After"]) > 0
    assert said in page
    assert "写了很久的一段话" in page
    assert "secret-word" not in page
    script = client.get(where, headers=JSON)
    assert (script.status_code, said in json.loads(script.content)["message"]) == (status, True)


def test_nobody_is_sent_to_sign_in_and_back(client):
    assert client.get("/t/actor")["Location"] == "/accounts/login/?next=/t/actor"
    answer = client.get("/t/actor", headers=JSON)
    assert (answer.status_code, json.loads(answer.content)["login"]) == (401, "/accounts/login/")


def test_a_person_without_the_role_meets_a_closed_door(client, person):
    client.force_login(person("stranger"))
    assert client.get("/t/actor").status_code == 200
    assert client.get("/t/enterprise").status_code == 404
    assert client.get("/t/seat").status_code == 404


def test_a_form_without_token_is_kept(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/t/refused", {"scope": "一段话"})
    assert answer.status_code == 403
    assert "一段话" in answer.content.decode()
    assert client.post("/t/refused", headers=JSON).status_code == 403


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://testserver/notice/", "http://testserver/notice/"),
        ("https://evil.example/", "/start/"),
        ("", "/start/"),
    ],
)
def test_the_way_back_stays_here(referer, way):
    request = RequestFactory().post("/t/refused", headers={"Referer": referer})
    assert answers.back(request) == way


@pytest.mark.parametrize("address", ["/", "/t/nowhere", "/accounts/login/"])
def test_every_page_carries_the_policy(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
