"""Health, search for an industry, progress of a job, the start."""

import json

import pytest
from django.db import transaction
from tests.factories.ground import PASSWORD, make_ground, make_user

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.clock import machine_now
from xingyun.jobs.models import Job, Worker
from xingyun.jobs.states import State
from xingyun.web import health

pytestmark = pytest.mark.django_db


def test_health_names_what_fails(client, monkeypatch):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content) == {
        "ok": False, "database": True, "storage": True, "worker": False, "scanner": None, "clock": True,
    }  # fmt: skip
    Worker.objects.create(name="w", started_at=machine_now(), seen_at=machine_now())
    assert json.loads(client.get("/healthz").content)["ok"] is True
    monkeypatch.setattr(health, "storage_ok", lambda: False)
    assert client.get("/healthz").status_code == 503


def test_health_says_that_the_clock_was_set_back(client, at, now):
    Worker.objects.create(name="w", started_at=machine_now(), seen_at=machine_now())
    with transaction.atomic():
        audit.append(stream="a", act="b", actor=SYSTEM, body={}, now=now)
    audit.checkpoint(now=now)
    assert json.loads(client.get("/healthz").content)["clock"] is True
    at("2020-10-12 08:00")
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)["clock"]) == (200, False)


def test_a_check_that_breaks_has_failed():
    def full() -> bool:
        raise OSError

    assert health.works(full) is False


BY_WORDS = ["3421", "金属切削", "jsqxjc", "jinshuqiexiao", "Qiexiao Jichuang"]


@pytest.mark.parametrize(("words", "code"), [(words, "3421") for words in BY_WORDS])
def test_an_industry_is_found_by_code_name_pinyin_and_initials(client, words, code):
    found = json.loads(client.get("/industries/", {"q": words}).content)["results"]
    assert code in [row["code"] for row in found]
    assert found[0]["path"].startswith("制造业 › ")


@pytest.mark.parametrize("words", ["", "没有这种行业", "x" * 5000, "%", "iexiaojichuang"])
def test_nothing_is_found_quietly(client, words):
    assert json.loads(client.get("/industries/", {"q": words}).content)["results"] == []


@pytest.fixture
def job(person, now):
    return Job.objects.create(
        kind="k", key="1", owner=person("li"), total=10, progress=3, run_after=now, created_at=now
    )


def test_progress_is_told_to_its_owner_alone(client, job, person):
    client.force_login(person("wang"))
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    client.force_login(job.owner)
    told = json.loads(client.get(f"/jobs/{job.pk}/").content)
    assert (told["ended"], told["progress"], told["total"]) == (False, 3, 10)
    Job.objects.update(state=State.DONE)
    assert json.loads(client.get(f"/jobs/{job.pk}/").content)["ended"] is True


def test_signing_in_leads_to_the_own_work(client, now):
    make_user("li.si", now)
    answer = client.post("/accounts/login/", {"login": "li.si", "password": PASSWORD})
    assert answer["Location"] == "/start/"
    assert client.get("/start/").status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_name(client, now):
    make_user("li.si", now)
    page = client.post("/accounts/login/", {"login": "li.si", "password": "not-this-one"}).content.decode()
    assert 'value="li.si"' in page
    assert 'role="alert"' in page
    assert "not-this-one" not in page


def test_signing_out_is_a_post(client, now):
    client.force_login(make_user("li.si", now))
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/start/")["Location"].startswith("/accounts/login/")


def test_officials_and_enterprises_start_on_their_own_pages(client, now):
    ground = make_ground(now)
    actor = ground.actor("licheng")
    client.force_login(make_user("nobody", now))
    assert client.get("/start/")["Location"] == "/"
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=actor.user_id))
    assert client.get("/start/")["Location"].startswith("/officials/")
