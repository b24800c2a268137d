"""The blacklist: told before, heard, decided by another, at once, lifted; providers for their own."""

from datetime import timedelta

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_file, make_ground
from tests.reviews.office import Office, fresh

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.actions import known_provider
from xingyun.registry.models import Sanction
from xingyun.registry.queries import shut_out
from xingyun.registry.states import Role
from xingyun.results import actions, queries
from xingyun.results.models import SanctionCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(now):
    return Office(make_ground(now, rosters={"licheng": 100}), "city", now)


@pytest.fixture
def made(city):
    return make_application(city.ground, state="submitted", level="star-3", authority="licheng", now=city.now)


def notice(city, subject, *, rule="applicant-fraud", actor=None, **more):
    given = {"facts": "发票系伪造。", "due": city.now + timedelta(days=7), "programmes": [], **more}
    return actions.give_notice(
        round=city.ground.round,
        authority=city.authority,
        rule=rule,
        subject=subject,
        proof=make_file(b"proof", city.now),
        actor=actor or city.actor(),
        now=city.now,
        **given,
    )


def decide(city, case, listed=True, *, actor=None, now=None, outcome="申辩不成立"):
    case = SanctionCase.objects.get(pk=case.pk)
    actions.decide_case(
        case=case,
        listed=listed,
        outcome=outcome,
        actor=actor or city.actor(Role.SIGNATORY),
        now=now or city.now,
    )


def test_the_whole_way_of_an_applicant(city, made):
    case = notice(city, made.enterprise)
    told = Message.objects.filter(user_id=made.actor.user_id, subject="拟列入黑名单告知").get()
    assert "请登录查看" in told.body
    assert "发票系伪造" not in told.body
    with pytest.raises(Conflict):
        notice(city, made.enterprise)
    with pytest.raises(Refused, match="还没有过"):
        decide(city, case)
    with pytest.raises(NotAllowed):  # an applicant speaks for itself
        actions.state_defence(case=case, text="x", file=None, actor=city.actor(), now=city.now)
    with pytest.raises(Refused, match="时间已过"):
        actions.state_defence(case=case, text="x", file=None, actor=made.actor, now=case.due)
    actions.state_defence(case=case, text="系开票方错误", file=None, actor=made.actor, now=city.now)
    with pytest.raises(Conflict):
        actions.state_defence(case=case, text="再说", file=None, actor=made.actor, now=city.now)
    with pytest.raises(Refused) as refused:
        decide(city, case, outcome=" ")
    assert refused.value.field == "outcome"
    decide(city, case)
    case.refresh_from_db()
    assert case.sanction.valid_from == city.now.date()
    assert case.sanction.programmes == [city.ground.round.programme.key]
    with pytest.raises(Refused):
        decide(city, case, False)
    # At once: nothing of it is granted any more.
    home = Office(city.ground, "licheng", city.now)
    home.accept(made)
    home.look_up(made)
    with pytest.raises(Refused, match="黑名单") as refused:
        home.prepare(made, "star-3", "decide")
    assert refused.value.clause == "四"
    with pytest.raises(NotAllowed):
        actions.lift_case(case=case, reason="x", actor=city.actor(), now=city.now)
    signatory = city.actor(Role.SIGNATORY)
    actions.lift_case(case=case, reason="复核后撤回", actor=signatory, now=city.now)
    assert home.prepare(made, "star-3", "decide").pk
    case.refresh_from_db()
    with pytest.raises(Conflict):
        actions.lift_case(case=case, reason="再来", actor=signatory, now=city.now)
    acts = set(Entry.objects.filter(act__startswith="blacklist.").values_list("act", flat=True))
    assert acts == {f"blacklist.{one}" for one in ("noticed", "stated", "decided", "lifted")}
    assert fresh(made).state == "accepted"


def test_who_gives_notice_and_decides(city, made):
    home = Office(city.ground, "licheng", city.now)
    for actor in (home.actor(), made.actor, city.actor(Role.READER)):
        with pytest.raises(NotAllowed):
            notice(city, made.enterprise, actor=actor)
    for given, field in (
        ({"facts": " "}, "facts"),
        ({"due": city.now + timedelta(days=1)}, "due"),
        ({"rule": "provider-fraud"}, "rule"),
    ):
        with pytest.raises(Refused) as refused:
            notice(city, made.enterprise, **given)
        assert refused.value.field == field
    signatory = city.actor(Role.SIGNATORY)
    case = notice(city, made.enterprise, actor=signatory)
    with pytest.raises(Refused, match="同一个人"):
        decide(city, case, actor=signatory, now=case.due)
    with pytest.raises(Refused, match="签发"):
        decide(city, case, actor=city.actor(), now=case.due)
    with pytest.raises(NotAllowed):
        decide(city, case, actor=home.actor(Role.SIGNATORY), now=case.due)
    assert not Sanction.objects.exists()


def test_a_provider_is_shut_out_as_an_applicant_of_its_own(city, made):
    provider = known_provider(uscc=made.enterprise.uscc, name="云上云")
    with pytest.raises(Refused) as refused:
        notice(city, provider, rule="provider-fraud", programmes=["nothing"])
    assert refused.value.field == "programmes"
    case = notice(city, provider, rule="provider-fraud", programmes=[])
    actions.state_defence(case=case, text="来函", file=None, actor=city.actor(), now=city.now)
    decide(city, case)
    today, key = city.now.date(), city.ground.round.programme.key
    assert Sanction.objects.get().provider == provider
    assert shut_out(provider.uscc, key, today) is None, "no programme here was named"
    again = notice(city, provider, rule="provider-fraud", programmes=[key])
    decide(city, again, now=again.due)
    assert shut_out(provider.uscc, key, again.due.date() + timedelta(days=1)) is not None


def waits(city, role=Role.PREPARER, now=None):
    found = queries.to_do(city.actor(role), now or city.now)
    return [(one.kind, one.since, one.due, one.clause) for one in found]


def test_a_case_waits_to_be_heard_and_then_for_the_signatory(city, made):
    assert waits(city) == waits(city, Role.SIGNATORY) == []
    case = notice(city, made.enterprise)
    heard = [("hearing", city.now, case.due, "四")]
    assert waits(city) == waits(city, Role.SIGNATORY) == heard
    home = Office(city.ground, "licheng", city.now)
    assert waits(home) == waits(home, Role.SIGNATORY) == []  # another office knows nothing of it
    later = case.due + timedelta(hours=1)
    assert waits(city, Role.SIGNATORY, later) == [("blacklist", case.due, case.due, "四")]
    assert waits(city, now=later) == []
    said = city.now + timedelta(hours=2)
    actions.state_defence(case=case, text="系开票方错误", file=None, actor=made.actor, now=said)
    assert waits(city, Role.SIGNATORY) == [("blacklist", said, case.due, "四")]
    decide(city, case)
    assert waits(city, Role.SIGNATORY, later) == []


def test_whoever_gave_notice_is_not_asked_to_decide(city, made):
    signatory = city.actor(Role.SIGNATORY)
    case = notice(city, made.enterprise, actor=signatory)
    assert waits(city, Role.SIGNATORY)[0][0] == "hearing"
    assert waits(city, Role.SIGNATORY, case.due) == []
