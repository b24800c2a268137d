"""Withdrawal after acceptance: a sealed request, agreed to or declined by the office, once."""

import json

import pytest
from django.db import IntegrityError, transaction
from tests.factories.ground import make_file
from tests.reviews.office import fresh
from tests.reviews.test_races import together

from xingyun.applications import actions as applications
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.models import Decision, WithdrawalRequest
from xingyun.reviews.queries import last_request, to_do
from xingyun.rounds.models import QuotaLine

pytestmark = pytest.mark.django_db


def ask(made, now, **more):
    given = {"letter": make_file(b"sealed", now), "reason": "并入集团，由集团申报", "actor": made.actor}
    return actions.ask_to_withdraw(application=fresh(made), now=now, **{**given, **more})


def test_agreeing_lets_the_application_go_and_frees_its_place(district, now):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    line = QuotaLine.objects.get(authority=district.authority, group="district-three")
    assert line.used == 1
    request = ask(made, now)
    assert fresh(made).state == State.ACCEPTED
    actions.answer_withdrawal(
        request=last_request(fresh(made)), agreed=True, answer="印章相符", actor=district.actor(), now=now
    )
    line.refresh_from_db()
    assert (line.used, fresh(made).state) == (0, State.WITHDRAWN)
    request.refresh_from_db()
    assert (request.agreed, request.answer) == (True, "印章相符")
    told = Message.objects.filter(user_id=made.actor.user_id).latest("id")
    assert (told.subject, made.application.number in told.body) == ("已同意撤回申请", True)
    entry = Entry.objects.get(stream__name=made.application.stream, act="application.withdraw")
    assert json.loads(entry.body)["letter"] == request.letter.sha256


def test_declining_says_why_and_changes_nothing(district, now):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    request = ask(made, now)
    actions.answer_withdrawal(
        request=request, agreed=False, answer="印章与名称不符", actor=district.actor(), now=now
    )
    assert fresh(made).state == State.ACCEPTED
    assert Decision.objects.filter(application=made.application, revoked_at=None).count() == 1
    told = Message.objects.filter(user_id=made.actor.user_id).latest("id")
    assert told.subject == "没有同意撤回申请"
    assert "印章与名称不符" in told.body
    # Another one, better sealed, may follow.
    assert ask(made, now).pk != request.pk


def test_the_office_is_told_and_finds_it_among_its_work(district, abroad, now):
    made = district.accepted("star-3")
    people = [district.actor(role) for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)]
    ask(made, now)
    for person in people:
        told = Message.objects.filter(user_id=person.user_id).latest("id")
        assert made.enterprise.name in told.body
    waiting = [t for t in to_do(district.actor(), now) if t.kind == "withdrawal"]
    assert [t.uid for t in waiting] == [str(made.application.uid)]
    assert not [t for t in to_do(abroad.actor(), now) if t.kind == "withdrawal"]


def test_whom_it_does_not_concern_can_neither_ask_nor_answer(district, abroad, city, now):
    made, other = district.accepted("star-3"), district.accepted("star-3")
    for actor in (other.actor, district.actor(), city.actor()):
        with pytest.raises(NotAllowed):
            ask(made, now, actor=actor)
    request = ask(made, now)
    wrong = (made.actor, other.actor, abroad.actor(), city.actor(), district.actor(Role.COUNTERSIGNER))
    for actor in wrong:
        for agreed in (True, False):
            with pytest.raises(NotAllowed):
                actions.answer_withdrawal(request=request, agreed=agreed, answer="可", actor=actor, now=now)
    request.refresh_from_db()
    assert (request.agreed, fresh(made).state) == (None, State.ACCEPTED)


def test_both_say_why(district, now):
    made = district.accepted("star-3")
    for reason in ("", "  ", "长" * 1001):
        with pytest.raises(Refused) as refused:
            ask(made, now, reason=reason)
        assert refused.value.field == "reason"
    request = ask(made, now)
    for agreed in (True, False):
        with pytest.raises(Refused) as refused:
            actions.answer_withdrawal(
                request=request, agreed=agreed, answer=" ", actor=district.actor(), now=now
            )
        assert refused.value.field == "reason"
    assert not Entry.objects.filter(act="withdrawal.declined").exists()


def test_it_is_asked_once_and_answered_once(district, now):
    made = district.accepted("star-3")
    request = ask(made, now)
    with pytest.raises(Conflict, match="不用再交"):
        ask(made, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        WithdrawalRequest.objects.create(
            application=made.application,
            letter=request.letter,
            reason="又一份",
            asked_by=request.asked_by,
            asked_at=now,
        )
    actions.answer_withdrawal(request=request, agreed=False, answer="不符", actor=district.actor(), now=now)
    with pytest.raises(Conflict, match="刚被同事答复"):
        actions.answer_withdrawal(request=request, agreed=True, answer="可", actor=district.actor(), now=now)
    assert fresh(made).state == State.ACCEPTED


def test_only_between_acceptance_and_report(district, city, now):
    submitted = district.accepted("star-3")
    with pytest.raises(Refused, match="盖章的申请书"):
        applications.withdraw(application=fresh(submitted), reason="不报了", actor=submitted.actor, now=now)
    district.decide(submitted, "star-3", "decide")
    request = ask(submitted, now)
    district.sent()
    with pytest.raises(Conflict, match="已上报"):
        ask(submitted, now)
    with pytest.raises(Refused, match="还没有上报"):
        actions.answer_withdrawal(request=request, agreed=True, answer="可", actor=district.actor(), now=now)
    assert fresh(submitted).state == State.REPORTED


@pytest.mark.django_db(transaction=True)
def test_two_officers_answer_at_the_same_moment_one_is_heard(district, now):
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    request = ask(made, now)
    copies = [last_request(fresh(made)) for _n in range(4)]
    actor = district.actor()

    def answer(one, agreed):
        return lambda: actions.answer_withdrawal(
            request=one, agreed=agreed, answer="可", actor=actor, now=now
        )

    results = together(*(answer(one, n % 2 == 0) for n, one in enumerate(copies)))
    assert sum(r is None for r in results) == 1, results
    assert all(r is None or isinstance(r, Refused) for r in results), results
    request.refresh_from_db()
    line = QuotaLine.objects.get(authority=district.authority, group="district-three")
    expected = (State.WITHDRAWN, 0) if request.agreed else (State.ACCEPTED, 1)
    assert (fresh(made).state, line.used) == expected


@pytest.mark.django_db(transaction=True)
def test_two_people_ask_at_the_same_moment_one_request_is_made(district, now):
    made = district.accepted("star-3")
    letter = make_file(b"sealed", now)
    results = together(*[lambda: ask(made, now, letter=letter)] * 4)
    assert sum(isinstance(r, WithdrawalRequest) for r in results) == 1, results
    assert all(isinstance(r, WithdrawalRequest | Conflict) for r in results), results
