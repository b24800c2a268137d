"""Closed doors: who sees what, and when."""

import pytest
from tests.factories.applications import Made, make_application
from tests.factories.ground import Ground, make_enterprise

from xingyun.applications import queries
from xingyun.applications.states import AFTER_REPORT, State
from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.states import Role

OFFICIAL = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY, Role.READER)


def sees(actor: Actor, made: Made) -> bool:
    """Whether this person finds the application, by address and in lists alike."""
    try:
        queries.get(actor, made.application.uid)
        found = True
    except NotAllowed:
        found = False
    assert queries.visible_to(actor).filter(pk=made.application.pk).exists() == found
    return found


@pytest.mark.parametrize("role", [*OFFICIAL, Role.COUNTERSIGNER, Role.AUDITOR])
@pytest.mark.parametrize("authority", ["licheng", "lixia", "city"])
def test_nobody_reads_a_draft_but_its_applicant(ground: Ground, authority: str, role: str) -> None:
    made = make_application(ground, complete=False, authority="licheng")
    assert sees(made.actor, made)
    assert not sees(ground.actor(authority, role), made)


def test_a_draft_that_was_withdrawn_stays_the_applicants(ground: Ground) -> None:
    made = make_application(ground, state=State.WITHDRAWN, authority="licheng")
    assert sees(made.actor, made)
    assert not sees(ground.actor("licheng"), made)


def test_strangers_never(ground: Ground) -> None:
    made = make_application(ground, state=State.AWARDED, authority="licheng")
    _e, competitor = make_enterprise(ground, "licheng")
    for actor in (ANONYMOUS, competitor, ground.actor("licheng", Role.ADMIN), ground.actor("lixia")):
        assert not sees(actor, made)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.DRAFT, State.WITHDRAWN)])
def test_the_office_below_sees_what_was_handed_in_and_the_one_above_what_was_reported(
    ground: Ground, state: State
) -> None:
    made = make_application(ground, state=state, authority="licheng")
    for role in OFFICIAL:
        assert sees(ground.actor("licheng", role), made)
    assert not sees(ground.actor("licheng", Role.COUNTERSIGNER), made), "finance reads reports"
    assert sees(ground.actor("city"), made) == (state in AFTER_REPORT)
    assert not sees(ground.actor("lixia"), made)
    assert sees(ground.actor("city", Role.AUDITOR), made)


def test_an_enterprise_that_waits_for_activation_sees_nothing(ground: Ground) -> None:
    _e, actor = make_enterprise(ground, "licheng", active=False)
    made = make_application(ground, complete=False, authority="licheng")
    assert not sees(actor, made)
    assert not queries.of_enterprise(actor).exists()


def test_an_address_that_is_none(ground: Ground) -> None:
    with pytest.raises(NotAllowed):
        queries.get(ground.actor("licheng"), "00000000-0000-4000-8000-000000000000")
