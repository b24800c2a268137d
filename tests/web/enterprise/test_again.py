"""Last year's answers in the browser: offered when an application is begun, ticked, taken over."""

import re

import pytest
from tests.applications.conftest import Begun
from tests.applications.test_taking_over import following, save
from tests.web.enterprise.parties import make_party

from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(ground, party):
    """An enterprise that applied last year; a new round is open."""
    old = actions.create(enterprise=party.enterprise, round=ground.round, actor=party.actor, now=ground.now)
    begun = Begun(ground, party.enterprise, party.actor, old)
    save(begun, begun.fresh(), scope="去年的范围", cover_contact="林某", nature="limited", staff_total="120")
    return following(begun)


@pytest.fixture
def page(party, year):
    """The page that follows when an application is begun."""
    given = {"enterprise": str(party.enterprise.uid), "round": str(year.uid)}
    return party.client.post("/enterprise/new/", given)["Location"]


def ticked(said):
    return set(re.findall(r'name="field" value="(\w+)" checked', said))


def test_beginning_leads_to_what_was_answered_before(party, page):
    assert page.endswith("/again/")
    said = party.client.get(page).content.decode()
    assert "去年的范围" in said
    assert "有限责任公司" in said, "a choice is shown in words"
    assert ticked(said) == {"cover_contact"}, "declarations and long texts are looked at first"
    assert "总人数" in said.split("这些要重新填")[1]


def test_taking_over_some_and_going_on_to_the_form(party, page):
    answer = party.client.post(page, {"field": ["scope", "staff_total"]}, follow=True)
    assert "沿用了 1 项" in answer.content.decode()
    now = Application.objects.latest("id")
    assert now.answers["scope"] == "去年的范围"
    assert "staff_total" not in now.answers
    assert "cover_contact" not in now.answers


def test_nothing_ticked_is_told_and_the_page_stays(party, page):
    answer = party.client.post(page)
    assert answer.status_code == 422
    assert "没有选要沿用的内容" in answer.content.decode()


def test_the_first_page_leads_there_until_it_is_handed_in(party, page):
    assert page in party.client.get("/enterprise/").content.decode()
    Application.objects.filter(enterprise=party.enterprise).update(state=State.SUBMITTED)
    assert page not in party.client.get("/enterprise/").content.decode()
    assert "没有可以沿用的内容" in party.client.get(page).content.decode()


def test_a_first_application_goes_straight_to_the_form(ground, party):
    given = {"enterprise": str(party.enterprise.uid), "round": str(ground.round.uid)}
    assert not party.client.post("/enterprise/new/", given)["Location"].endswith("/again/")


def test_nobody_else_sees_or_takes_anything(ground, page):
    stranger = make_party(ground)
    assert stranger.client.get(page).status_code == 404
    assert stranger.client.post(page, {"field": "scope"}).status_code == 404
    assert Application.objects.latest("id").answers.get("scope", "") == ""
