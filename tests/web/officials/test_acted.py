"""Pages say of what a deputy did for whom it was done, as the record does; of all else the person alone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.ground import make_file
from tests.reviews.office import Office, fresh

from xingyun.accounts.models import User
from xingyun.papers import actions as papers
from xingyun.papers.states import KINDS
from xingyun.registry import actions as registry
from xingyun.registry.deputies import standing_in
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.reviews import actions
from xingyun.reviews.models import Decision
from xingyun.web.officials.acted import Acted

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(ground, now):
    return Office(ground, "licheng", now)


def deputy_for(ground, office, role):
    """An administrator's or reader's seat of the office stands in for the person in this role."""
    principal = User.objects.get(pk=ground.actor(office, role).user_id)
    deputy = User.objects.get(pk=ground.actor(office, Role.READER).user_id)
    today = ground.now.date()
    made = registry.name_deputy(
        authority=ground.authority(office),
        role=role,
        principal=principal,
        deputy=deputy,
        first_day=today,
        last_day=today + timedelta(days=9),
        reason="出差",
        actor=ground.actor(office, Role.ADMIN),
        now=ground.now,
    )
    acting = standing_in(deputy, made.pk)
    assert acting.label == f"{deputy.label} 代 {principal.label}"
    return acting


def shown(client, name, *args, **query):
    page = client.get(reverse(name, args=args), query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_the_chain_of_a_decision_names_both(ground, district, officer, at):
    made = district.accepted("star-3")
    acting = deputy_for(ground, "licheng", Role.SIGNATORY)
    reviewer = ground.actor("licheng", Role.REVIEWER)
    decision = district.prepare(made, "star-3", "decide")
    actions.review(decision=decision, actor=reviewer, now=ground.now)
    actions.sign(decision=decision, minutes=district.minutes, actor=acting, now=ground.now)
    page = shown(officer, "decide", made.application.uid)
    assert f"签发{acting.label}，" in page
    assert f"复核{reviewer.label}，" in page
    assert f"{reviewer.label} 代" not in page
    assert acting.label in shown(officer, "case_record", made.application.uid)


def test_lists_name_both_in_one_query(ground, district, officer, at):
    acting = deputy_for(ground, "licheng", Role.PREPARER)
    several = [district.accepted("star-3") for _n in range(3)]
    for made, actor in zip(several, (acting, acting, district.actor()), strict=True):
        actions.prepare(
            application=fresh(made),
            level="star-3",
            kind="decide",
            outcome="granted",
            reason="",
            actor=actor,
            now=ground.now,
        )
    page = shown(officer, "decisions")
    assert page.count(acting.label) == 2
    acted = Acted(made.application.stream for made in several)
    decided = list(Decision.objects.select_related("prepared_by").order_by("id"))
    with CaptureQueriesContext(connection) as asked:
        told = [acted(decision.prepared_by, decision.prepared_at) for decision in decided]
    assert told == [acting.label, acting.label, district.actor().label]
    assert len(asked) == 1


def test_a_transfer_and_a_case_of_the_blacklist_name_both(ground, district, officer, city, sign_in, at):
    acting = deputy_for(ground, "licheng", Role.REVIEWER)
    made = district.accepted("star-3")
    moved = actions.ask_transfer(
        application=fresh(made),
        to=ground.authority("lixia"),
        reason="注册地变更",
        actor=acting,
        now=ground.now,
    )
    assert acting.label in shown(officer, "transfer", moved.uid)
    above = deputy_for(ground, "city", Role.PREPARER)
    case = results.give_notice(
        round=ground.round,
        authority=ground.authority("city"),
        rule="applicant-fraud",
        subject=made.enterprise,
        programmes=[],
        facts="发票系伪造。",
        proof=make_file(b"proof", ground.now),
        due=ground.now + timedelta(days=7),
        actor=above,
        now=ground.now,
    )
    assert above.label in shown(city, "blacklist_case", case.uid)
    at("2020-10-20 09:00")
    assert "作出决定" in shown(city, "blacklist_case", case.uid)
    assert "理由必填" not in shown(city, "blacklist_case", case.uid), "it is a signatory's"
    assert "理由必填" in shown(sign_in("city", "signatory"), "blacklist_case", case.uid)


def test_versions_of_a_wording_name_both(ground, district, officer, at):
    acting = deputy_for(ground, "licheng", Role.PREPARER)
    texts = KINDS["return_notice"].defaults
    papers.word(
        authority=ground.authority("licheng"), kind="return_notice", typed=texts, seen=0, actor=acting,
        now=ground.now,
    )  # fmt: skip
    assert acting.label in shown(officer, "wordings")
    assert acting.label in shown(officer, "wording", "licheng", "return_notice")


def test_nobody_has_no_name():
    assert Acted([])(None, None) == "—"
