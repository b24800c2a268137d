"""A file that belongs to another office: handed over, taken or declined, ruled; whose rules apply then."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.factories.applications import make_application
from tests.reviews.office import fresh

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Enterprise
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Decision, Transfer
from xingyun.reviews.queries import desk, meters, to_do
from xingyun.reviews.queries.transfers import get_transfer, targets, transfers
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Round

pytestmark = pytest.mark.django_db
WHY = "营业执照的登记机关在天桥区"


@pytest.fixture
def made(district):
    """Handed in at the home district."""
    return make_application(
        district.ground, state="submitted", level="star-3", authority=district.key, now=district.now
    )


def ask(district, abroad, made, *, actor=None, reason=WHY):
    return actions.ask_transfer(
        application=fresh(made),
        to=abroad.authority,
        reason=reason,
        actor=actor or district.actor(),
        now=district.now,
    )


def reply(office, transfer, agreed=True, answer="", actor=None):
    who = actor or office.actor()
    known = Transfer.objects.select_related("source__parent", "target", "application__enterprise")
    actions.answer_transfer(
        transfer=known.get(pk=transfer.pk), agreed=agreed, answer=answer, actor=who, now=office.now
    )


def test_a_file_goes_where_it_belongs(district, abroad, made):
    transfer = ask(district, abroad, made)
    assert fresh(made).authority == district.authority, "it stays until it is taken"
    kinds = {todo.kind for todo in to_do(abroad.actor(), abroad.now)}
    assert "transfer" in kinds
    with pytest.raises(NotAllowed):
        desk(abroad.actor(), made.application.uid)
    reply(abroad, transfer)
    moved = fresh(made)
    assert (moved.authority, moved.holder, moved.state) == (abroad.authority, abroad.authority, "submitted")
    assert moved.number == made.application.number
    assert Enterprise.objects.get(pk=made.enterprise.pk).authority == abroad.authority
    with pytest.raises(NotAllowed):
        desk(district.actor(), made.application.uid)
    told = Message.objects.filter(subject="申请已移送到另一个单位办理")
    assert [one.user_id for one in told] == [made.actor.user_id]
    assert abroad.authority.name in told[0].body
    streams = set(Entry.objects.filter(act="transfer.taken").values_list("stream__name", flat=True))
    assert streams == {
        moved.stream,
        moved.enterprise.stream,
        "authority:licheng",
        "authority:tianqiao",
    }
    # Its places are the new office's from now on.
    abroad.accept(made)
    abroad.look_up(made)
    abroad.decide(made, "star-3", "decide")
    used = {meter.quota.key: meter.used for meter in meters(abroad.authority, abroad.ground.round)}
    assert 1 in used.values()
    assert Decision.objects.get().quota_line.authority == abroad.authority


def test_an_accepted_one_goes_as_it_is_with_drafts_of_other_rounds(district, abroad, made):
    district.accept(made)
    other = make_application(district.ground, state="draft", authority=district.key, now=district.now)
    later = Round.objects.get(pk=district.ground.round.pk)
    later.pk, later.uid, later.number, later.state = None, uuid4(), 2, "closed"
    later.save(force_insert=True)
    Application.objects.filter(pk=other.application.pk).update(enterprise=made.enterprise, round=later)
    reply(abroad, ask(district, abroad, made))
    assert fresh(made).state == State.ACCEPTED
    draft = fresh(other)
    assert (draft.authority, draft.holder) == (abroad.authority, abroad.authority)
    assert draft.number in Message.objects.get(subject="申请已移送到另一个单位办理").body


def test_what_may_not_leave(district, abroad, city, made):
    for actor in (abroad.actor(), city.actor(), made.actor, district.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            ask(district, abroad, made, actor=actor)
    with pytest.raises(Refused) as refused:
        ask(district, abroad, made, reason=" ")
    assert refused.value.field == "reason"
    for wrong in (district.authority, city.authority):
        with pytest.raises(Refused) as refused:
            actions.ask_transfer(
                application=fresh(made), to=wrong, reason=WHY, actor=district.actor(), now=district.now
            )
        assert refused.value.field == "to"
    assert len(targets(fresh(made))) > 5
    ask(district, abroad, made)
    with pytest.raises(Conflict):
        ask(district, abroad, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            application=made.application,
            source=district.authority,
            target=abroad.authority,
            reason="x",
            asked_by_id=district.actor().person,
            asked_at=district.now,
        )


def test_a_decided_one_stays(district, abroad, made):
    district.accept(made)
    district.look_up(made)
    transfer = ask(district, abroad, made)
    decision = district.prepare(made, "star-3", "decide")
    with pytest.raises(Refused, match="撤销"):
        reply(abroad, transfer)
    assert fresh(made).authority == district.authority
    actions.revoke(decision=decision, reason="移送", actor=district.actor(), now=district.now)
    reply(abroad, transfer)
    assert fresh(made).authority == abroad.authority


def test_the_window_of_the_new_office_counts(district, abroad, made):
    transfer = ask(district, abroad, made)
    stage = district.ground.book.windows[0].key

    def closes(hours):
        return rounds.set_window(
            round=district.ground.round,
            authority=abroad.authority,
            stage=stage,
            opens=district.now - timedelta(days=2),
            closes=district.now + timedelta(hours=hours),
            set_by_id=abroad.actor().person,
            reason="另定",
            actor=SYSTEM,
            now=district.now - timedelta(days=1),
        )

    Application.objects.filter(pk=made.application.pk).update(submitted_at=district.now)
    closes(-1)
    with pytest.raises(Refused, match="截止") as refused:
        reply(abroad, transfer)
    assert refused.value.clause
    closes(5)
    reply(abroad, transfer)


def test_declined_it_is_ruled_from_above(district, abroad, city, made):
    transfer = ask(district, abroad, made)
    with pytest.raises(Refused) as refused:
        reply(abroad, transfer, False)
    assert refused.value.field == "answer"
    with pytest.raises(NotAllowed):
        reply(district, transfer, True)
    reply(abroad, transfer, False, "注册地址在历城")
    with pytest.raises(Refused):
        reply(abroad, transfer)
    assert "transfer_rule" in {todo.kind for todo in to_do(city.actor(), city.now)}
    known = Transfer.objects.select_related("source", "target", "application__enterprise")

    def rule(actor, to, ruling="按登记机关"):
        actions.rule_transfer(
            transfer=known.get(pk=transfer.pk), to=to, ruling=ruling, actor=actor, now=city.now
        )

    for actor in (district.actor(), abroad.actor(), city.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            rule(actor, abroad.authority)
    with pytest.raises(Refused):
        rule(city.actor(), abroad.authority, " ")
    with pytest.raises(Refused):
        rule(city.actor(), city.authority)
    rule(city.actor(), abroad.authority)
    assert fresh(made).authority == abroad.authority
    with pytest.raises(Refused):
        rule(city.actor(), district.authority)


def test_it_may_be_taken_back_and_ruled_to_stay(district, abroad, city, made):
    first = ask(district, abroad, made)
    with pytest.raises(NotAllowed):
        actions.take_back_transfer(transfer=first, actor=abroad.actor(), now=district.now)
    actions.take_back_transfer(transfer=first, actor=district.actor(), now=district.now)
    with pytest.raises(Conflict):
        actions.take_back_transfer(transfer=first, actor=district.actor(), now=district.now)
    with pytest.raises((Refused, Conflict)):
        reply(abroad, first)
    second = ask(district, abroad, made)
    reply(abroad, second, False, "不归我们")
    second.refresh_from_db()
    actions.rule_transfer(
        transfer=second, to=district.authority, ruling="维持", actor=city.actor(), now=city.now
    )
    assert fresh(made).authority == district.authority


def test_who_reads_it(district, abroad, city, made):
    transfer = ask(district, abroad, made)
    for actor in (district.actor(), abroad.actor(), city.actor(), city.actor(Role.AUDITOR)):
        assert get_transfer(actor, transfer.uid) == transfer
    for actor in (made.actor, district.ground.actor("lixia"), district.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            get_transfer(actor, transfer.uid)
    assert list(transfers(city.actor())) == [transfer]
