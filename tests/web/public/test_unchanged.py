"""The public's lists as they were laid out last: never older than the last act, never somebody else's."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.results.conftest import evaluate
from tests.web.enterprise.parties import signed_in

from xingyun.registry.models import Enterprise
from xingyun.results import actions
from xingyun.results.models import NoticeLine
from xingyun.web.public import unchanged

pytestmark = pytest.mark.django_db
TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(unchanged, "MOST", 8)
    unchanged._pages.clear()
    yield unchanged._pages
    unchanged._pages.clear()


@pytest.fixture
def published(db, now, kept):
    found = evaluate(now)
    found.notice = found.publish()
    return found


def address(published):
    return reverse("public_notice", args=[published.notice.uid])


def page(client, at):
    answer = client.get(at)
    assert answer.status_code == 200
    return answer.content.decode()


def without_tokens(text):
    return TOKEN.sub("", text)


def test_the_second_visitor_costs_one_query_and_has_a_token_of_its_own(published):
    at, visitors = address(published), [Client(enforce_csrf_checks=True) for _ in range(2)]
    first = page(visitors[0], at)
    with CaptureQueriesContext(connection) as asked:
        second = page(visitors[1], at)
    assert len(asked) == 1
    assert without_tokens(first) == without_tokens(second)
    assert set(TOKEN.findall(first)).isdisjoint(TOKEN.findall(second))
    assert unchanged.MARK.decode() not in second
    for visitor, text in zip(visitors, (first, second), strict=True):
        chosen = {"csrfmiddlewaretoken": TOKEN.findall(text)[0], "theme": "dark", "next": at}
        assert visitor.post(reverse("theme"), chosen).status_code == 302
        assert visitor.post(reverse("theme"), {**chosen, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_an_act_shows_at_once(published):
    where, line = address(published), NoticeLine.objects.filter(notice=published.notice).first()
    firm = line.application.enterprise
    assert firm.name in page(Client(), where)
    Enterprise.objects.filter(pk=firm.pk).update(name="改了名的")
    assert firm.name in page(Client(), where), "nobody has acted"
    said = {"name": "丁某", "contact": "13900000000", "channel": "online", "text": "已迁出。"}
    actions.raise_objection(line=line, actor=published.city.actor(), now=published.city.now, **said)
    assert "改了名的" in page(Client(), where)


def test_time_that_passes_shows(published, at):
    where = address(published)
    assert "提出异议<span" in page(Client(), where)
    at("2020-10-17 00:00:00")
    assert "提出异议<span" not in page(Client(), where)


def test_each_language_theme_and_address_is_its_own(published, kept):
    where = address(published)
    english, dark = Client(headers={"accept-language": "en"}), Client()
    dark.cookies["theme"] = "dark"
    texts = {without_tokens(page(client, where)) for client in (Client(), english, dark)}
    assert len(texts) == 3
    assert 'lang="en"' in page(Client(headers={"accept-language": "en"}), where)
    assert len(kept) == 3
    for n in range(20):
        page(Client(), f"{where}?after={n}-1")
    assert len(kept) == 8, "whoever writes addresses fills no memory"


def test_who_is_signed_in_or_told_something_is_not_among_them(published, kept):
    where = address(published)
    named = page(signed_in(published.city.actor()), where)
    told = Client()
    told.cookies["messages"] = "x"
    page(told, where)
    assert not kept
    assert Client().head(where).status_code == 200
    assert not kept
    for _visit in range(2):
        assert without_tokens(page(Client(), where)) != without_tokens(named)
    assert len(kept) == 1
