"""Objections: anybody while the notice runs, seen by one office, decided before the announcement."""

import re

import pytest
from tests.factories.ground import make_file
from tests.reviews.office import fresh

from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.actors import ANONYMOUS
from xingyun.registry.states import Role
from xingyun.results import actions, queries
from xingyun.results.models import Objection
from xingyun.results.states import ObjectionState
from xingyun.reviews.models import Decision
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db
CANARIES = ("周某某", "13955550000", "这家企业去年已经搬走")


@pytest.fixture
def published(evaluated):
    """The list on public notice from 2020-10-12 until 10-16, 24:00."""
    evaluated.notice = evaluated.publish()
    return evaluated


def object_to(published, made, *, actor=ANONYMOUS, now=None, **changes) -> Objection:
    """Object to a title."""
    name, contact, text = CANARIES
    given = {"name": name, "contact": contact, "text": text, "channel": "online", **changes}
    return actions.raise_objection(
        line=published.line(made), actor=actor, now=now or published.city.now, **given
    )


def test_anybody_objects_and_gets_a_receipt_that_cannot_be_guessed(published):
    receipts = {object_to(published, published.three).receipt for _n in range(20)}
    assert len(receipts) == 20
    assert all(re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}", r) for r in receipts)
    followed = queries.follow(next(iter(receipts)).lower())
    assert (followed.state, followed.outcome) == (ObjectionState.RECEIVED, "")
    assert queries.follow("2222-2222-2222-2222") is None


@pytest.mark.parametrize("moment", ["2020-10-17 00:00:00", "2020-10-20 09:00"])
def test_after_the_last_second_it_is_too_late(published, at, moment):
    with pytest.raises(Refused, match="10月16日 24:00"):
        object_to(published, published.three, now=at(moment))
    assert object_to(published, published.three, now=at("2020-10-16 23:59:59")).receipt


def test_the_office_enters_a_letter_that_came_in_time(published, at):
    late = at("2020-10-17 09:00")
    assert object_to(published, published.three, channel="letter", actor=published.city.actor(), now=late)
    with pytest.raises(Refused):
        object_to(published, published.three, actor=published.district.actor(), now=late)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "很" * 4001}, "text"),
        ({"name": ""}, "name"),
        ({"contact": ""}, "contact"),
        ({"channel": "gossip"}, "channel"),
    ],
)
def test_what_is_missing_is_named(published, changes, field):
    with pytest.raises(Refused) as refused:
        object_to(published, published.three, **changes)
    assert refused.value.field == field
    assert not Objection.objects.exists()


def test_one_that_is_upheld_strikes_the_name_and_frees_its_place(published):
    objection = object_to(published, published.three, file=make_file(b"photo", published.city.now))
    line = QuotaLine.objects.get(authority=published.district.authority, group="district-three")
    before = line.used
    actions.decide_objection(
        objection=objection,
        upheld=True,
        outcome="经核实情况属实",
        actor=published.city.actor(),
        now=published.city.now,
    )
    line.refresh_from_db()
    assert line.used == before - 1
    assert fresh(published.three).state == State.NOT_AWARDED
    assert published.line(published.three).struck_at is not None
    assert not Decision.objects.filter(application=published.three.application, revoked_at=None).exists()
    assert fresh(published.four).state == State.PROPOSED
    assert queries.follow(objection.receipt).outcome == "经核实情况属实"
    assert Message.objects.filter(
        user_id=published.three.actor.user_id, subject__contains="异议成立"
    ).exists()
    with pytest.raises(Refused, match="已不在"):
        object_to(published, published.three)


def test_one_that_is_dismissed_changes_nothing_else_and_is_decided_once(published):
    objection = object_to(published, published.three)
    given = {"objection": objection, "upheld": False, "now": published.city.now}
    with pytest.raises(Refused):
        actions.decide_objection(outcome=" ", actor=published.city.actor(), **given)
    actions.decide_objection(outcome="与事实不符", actor=published.city.actor(), **given)
    assert fresh(published.three).state == State.PROPOSED
    with pytest.raises(Conflict):
        actions.decide_objection(outcome="再议", actor=published.city.actor(), **given)


def test_who_objects_is_seen_by_the_publishing_office_alone(published):
    objection = object_to(published, published.three)
    notice, ground = published.notice, published.ground
    [seen] = queries.objections(published.city.actor(), notice)
    assert (seen.name, seen.contact) == CANARIES[:2]
    assert queries.objection(published.city.actor(), objection.uid) == objection
    auditor = ground.actor("city", Role.AUDITOR)
    [masked] = queries.objections(auditor, notice)
    assert (masked.name, masked.contact, masked.file_id) == ("", "", None)
    outsiders = [
        published.district.actor(),
        ground.actor("city", Role.COUNTERSIGNER),
        ground.actor("city", Role.READER),
        published.three.actor,
        ANONYMOUS,
    ]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            queries.objections(actor, notice)
        with pytest.raises(NotAllowed):
            queries.objection(actor, objection.uid)
    for actor in [*outsiders, auditor]:
        with pytest.raises(NotAllowed):
            actions.decide_objection(
                objection=objection, upheld=True, outcome="理由", actor=actor, now=published.city.now
            )


def test_the_record_and_the_messages_do_not_say_who_objected(published):
    objection = object_to(published, published.three, actor=published.four.actor)
    entries = list(Entry.objects.filter(stream__name=published.notice.stream))
    written = " ".join(f"{e.body} {e.actor} {e.label}" for e in entries)
    told = " ".join(f"{m.subject} {m.body}" for m in Message.objects.all())
    for secret in (*CANARIES, objection.receipt, published.four.actor.label):
        assert secret not in written
        assert secret not in told
    page = queries.notice(published.notice.uid, published.city.now)
    assert not any(secret in repr(page) for secret in CANARIES)
