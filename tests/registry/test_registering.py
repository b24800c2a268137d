"""An enterprise registers, its authority rules, nobody else does."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories.ground import make_enterprise, make_file, make_ground

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry import actions
from xingyun.registry.actors import ANONYMOUS
from xingyun.registry.models import Enterprise, Member
from xingyun.registry.queries import actor_for, registrations
from xingyun.registry.states import EnterpriseState, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    return make_ground(now)


def register(ground, **changes):
    given = {
        "uscc": "91370112MAEBJ00Y43",
        "name": "云岫智造科技有限公司",
        "address": "工业北路 1 号",
        "authority": ground.authority("licheng"),
        "username": "yunxiu",
        "password": "a-long-enough-one",
        "person": "林某",
        "phone": "13800000000",
        "email": "lin@example.com",
        "licence": make_file(b"licence", ground.now),
        "authorisation": make_file(b"authorisation", ground.now),
        "now": ground.now,
    }
    return actions.register_enterprise(**{**given, **changes})


def test_a_code_is_normalised_and_its_authority_is_told(ground):
    officer = ground.actor("licheng")
    enterprise = register(ground, uscc=" 91370112-maebj00y43 ")
    assert enterprise.uscc == "91370112MAEBJ00Y43"
    assert enterprise.state == EnterpriseState.PENDING
    assert enterprise.pinyin.startswith("yun xiu zhi zao")
    assert list(registrations(officer)) == [enterprise]
    assert Message.objects.filter(user_id=officer.user_id).count() == 1


def test_a_wrong_check_digit_is_refused_beside_its_field_and_leaves_no_account(ground):
    with pytest.raises(Refused) as refused:
        register(ground, uscc="91370112MAEBJ00Y44")
    assert refused.value.field == "uscc"
    assert not Enterprise.objects.exists()
    assert not Member.objects.exists()


def test_a_second_registration_of_a_code_is_told_how_to_get_in(ground):
    register(ground)
    with pytest.raises(Refused) as refused:
        register(ground, username="another")
    assert refused.value.field == "uscc"
    assert "接管" in refused.value.message


def test_a_taken_user_name_and_a_weak_password_are_told_at_their_fields(ground):
    register(ground)
    with pytest.raises(Refused) as refused:
        register(ground, uscc="91370100MA3PRNTBX4")
    assert refused.value.field == "username"
    with pytest.raises(Refused) as refused:
        register(ground, uscc="91370100MA3PRNTBX4", username="b", password="1234567890")
    assert refused.value.field == "password"


def test_only_its_own_authority_activates_and_only_once(ground):
    enterprise, _ = make_enterprise(ground, "licheng", active=False)
    for stranger in (
        ground.actor("lixia"),
        ground.actor("city"),
        ground.actor("licheng", Role.READER),
        ANONYMOUS,
    ):
        with pytest.raises(NotAllowed):
            actions.activate(enterprise=enterprise, actor=stranger, now=ground.now)
    actions.activate(enterprise=enterprise, actor=ground.actor("licheng"), now=ground.now)
    assert enterprise.state == EnterpriseState.ACTIVE
    with pytest.raises(Conflict):
        actions.refuse_activation(
            enterprise=enterprise, reason="不符", actor=ground.actor("licheng"), now=ground.now
        )


def test_a_refusal_needs_a_reason_and_reaches_the_applicant(ground):
    enterprise, applicant = make_enterprise(ground, "licheng", active=False)
    with pytest.raises(Refused):
        actions.refuse_activation(
            enterprise=enterprise, reason=" ", actor=ground.actor("licheng"), now=ground.now
        )
    actions.refuse_activation(
        enterprise=enterprise, reason="授权书未盖章", actor=ground.actor("licheng"), now=ground.now
    )
    assert Message.objects.get(user_id=applicant.user_id).body == "授权书未盖章"


def test_no_personal_data_in_the_record(ground):
    register(ground)
    bodies = "".join(Entry.objects.values_list("body", flat=True))
    assert "13800000000" not in bodies
    assert "林某" not in bodies


def test_a_seat_is_live_from_its_first_day_until_its_last(ground, now):
    actor = ground.actor("licheng")
    assert actor.serves(ground.authority("licheng").pk)
    from xingyun.accounts.models import User
    from xingyun.registry.models import Membership

    Membership.objects.filter(user_id=actor.user_id).update(valid_from="2020-10-01", valid_to="2020-10-12")
    assert actor_for(User.objects.get(pk=actor.user_id)).seats == ()


def test_the_database_refuses_a_sanction_against_two_or_none(ground):
    from xingyun.registry.models import Sanction

    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(scope="all", valid_from="2020-10-12", reason="x")
