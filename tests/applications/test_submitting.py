"""Handing in: complete, in time, once; and taking back."""

from datetime import datetime, timedelta

import pytest
from tests.factories.applications import Made, bind, fill, hand_in, make_application
from tests.factories.ground import Ground, make_enterprise

from xingyun.applications import actions, queries
from xingyun.applications.actions.transitions import move
from xingyun.applications.models import Application, StateChange, Submission
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.clock import ZONE
from xingyun.files.models import Upload
from xingyun.jobs.models import Job
from xingyun.messages.models import Message
from xingyun.registry.actors import ANONYMOUS, SYSTEM
from xingyun.rounds import actions as rounds

CLOSES = "2020-10-19 09:00:00"


@pytest.fixture
def made(ground: Ground) -> Made:
    """An application that can be handed in."""
    made = make_application(ground)
    bind(made, now=ground.now)
    return made


def submit(made: Made, now: datetime | None = None) -> Submission:
    """Press the button."""
    return actions.submit(application=made.application, actor=made.actor, now=now or made.ground.now)


def moment(text: str) -> datetime:
    """A time in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_what_was_handed_in_is_frozen(made: Made) -> None:
    submission = submit(made)
    assert made.application.state == State.SUBMITTED
    assert submission.version == 1
    assert submission.facts["answers"]["name"] == made.enterprise.name
    capital = made.ground.book.form.by_role("registered_capital")
    assert capital is not None
    assert submission.facts["values"][capital.key] == 1000 * 10_000 * 100
    assert submission.facts["counted_fen"] == 10_600_00
    assert {entry["slot"] for entry in submission.manifest} >= {"licence", "contracts", "booklet", "scan"}
    entry = Entry.objects.get(act="application.submit")
    assert entry.hash == submission.entry_hash
    assert entry.facts["digest"] == submission.digest
    step = StateChange.objects.filter(application=made.application).last()
    assert step is not None
    assert (step.source, step.target, step.entry_hash) == ("draft", "submitted", entry.hash)
    assert Message.objects.filter(user_id=made.actor.user_id, dedupe_key__startswith="submitted:").exists()
    assert Job.objects.filter(kind="applications.receipt").count() == 1


def test_what_is_missing_is_all_listed_and_nothing_happens(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    with pytest.raises(actions.Incomplete) as caught:
        submit(made)
    places = {finding.where[0] for finding in caught.value.findings}
    assert places >= {"form", "ledger", "material", "checklist", "booklet"}
    assert caught.value.clause
    assert made.fresh().state == State.DRAFT
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("pressed", "accepted"),
    [
        ("2020-10-11 08:59:59.999999", False),
        ("2020-10-11 09:00:00", True),
        ("2020-10-19 08:59:59.999999", True),
        (CLOSES, False),
    ],
)
def test_the_window_is_half_open(made: Made, pressed: str, accepted: bool) -> None:
    if accepted:
        submit(made, moment(pressed))
        return
    with pytest.raises(Refused) as caught:
        submit(made, moment(pressed))
    assert caught.value.clause == "三、3"
    assert made.fresh().state == State.DRAFT


def test_an_extension_shows_at_once(made: Made) -> None:
    late = moment(CLOSES)
    with pytest.raises(Refused, match="截止"):
        submit(made, late)
    rounds.set_window(
        round=made.ground.round,
        authority=made.application.authority,
        stage="applications",
        opens=made.ground.now - timedelta(days=1),
        closes=late + timedelta(hours=1),
        reason="系统维护顺延",
        set_by_id=made.ground.actor("licheng").person,
        actor=SYSTEM,
        now=made.ground.now,
    )
    assert submit(made, late).version == 1


def on_its_way(made: Made, begun: str, finished: str = "") -> None:
    """A file that one of the enterprise's people is sending."""
    Upload.objects.create(
        owner_id=made.actor.person,
        name="扫描件.pdf",
        length=10,
        offset=3,
        created_at=moment(begun),
        finished_at=moment(finished) if finished else None,
        expires_at=moment(CLOSES) + timedelta(days=1),
    )


BEFORE, AFTER = "2020-10-19 08:59:59", "2020-10-19 09:00:01"


@pytest.mark.parametrize(
    ("begun", "finished", "pressed", "accepted"),
    [
        (BEFORE, "", "2020-10-19 09:29:59.999999", True),
        (BEFORE, AFTER, "2020-10-19 09:00:00", True),
        (BEFORE, AFTER, "2020-10-19 09:30:00", False),
        ("2020-10-19 08:00:00", BEFORE, "2020-10-19 09:00:00", False),
        (CLOSES, "", "2020-10-19 09:00:01", False),
    ],
)
def test_an_upload_that_began_in_time_is_honoured(
    made: Made, begun: str, finished: str, pressed: str, accepted: bool
) -> None:
    """Half an hour, as the first programme's rulebook says."""
    on_its_way(made, begun, finished)
    if accepted:
        assert submit(made, moment(pressed)).version == 1
        return
    with pytest.raises(Refused, match="截止"):
        submit(made, moment(pressed))


def test_another_ones_upload_helps_nobody(made: Made) -> None:
    other = make_application(made.ground)
    on_its_way(other, BEFORE)
    with pytest.raises(Refused, match="截止"):
        submit(made, moment(AFTER))


def test_a_double_click_hands_in_once(made: Made) -> None:
    submit(made)
    with pytest.raises(Conflict, match="已提交"):
        submit(made)
    assert Submission.objects.count() == 1


def test_what_changed_in_this_very_moment_is_not_handed_in_unseen(made: Made) -> None:
    """The revision that was checked is the one that is handed in."""
    seen = made.fresh()
    type_scope(made, "最后一刻")
    with pytest.raises(Conflict, match="另一位填报人"):
        move(application=seen, to=State.SUBMITTED, actor=made.actor, now=made.ground.now, rev=seen.rev)
    assert made.fresh().state == State.DRAFT


def type_scope(made: Made, raw: str) -> None:
    """Change one answer."""
    before = made.fresh().answers["scope"]
    actions.save_answer(
        application=made.application,
        field="scope",
        raw=raw,
        seen=actions.digest(before),
        actor=made.actor,
        now=made.ground.now,
    )


def returned(made: Made, *places: str, due: datetime | None = None) -> None:
    """Hand in, and get it back with these places open."""
    submit(made)
    move(
        application=made.application,
        to=State.RETURNED,
        actor=made.ground.actor("licheng"),
        now=made.ground.now,
        unlocked=places,
        due=due or moment("2020-10-23 00:00:00"),
    )


def test_a_correction_after_the_window_until_it_is_due(made: Made) -> None:
    returned(made, "form:scope")
    type_scope(made, "补正")
    bind(made, now=made.ground.now)
    with pytest.raises(Refused, match="到期"):
        submit(made, moment("2020-10-23 00:00:00"))
    again = submit(made, moment("2020-10-22 23:59:59"))
    assert again.version == 2
    assert made.fresh().unlocked == []
    assert made.fresh().due is None
    first = queries.first_submission(made.application)
    assert first is not None
    assert first.facts["answers"]["scope"] != again.facts["answers"]["scope"]


def test_after_a_return_only_what_was_opened(made: Made) -> None:
    returned(made, "material:screenshots")
    space = queries.workspace(made.fresh())
    attachments = {a.material: a for m in space.materials for a in m.attachments}
    given = {"actor": made.actor, "now": made.ground.now}
    with pytest.raises(Refused, match="退回补正"):
        actions.detach(attachment=attachments["licence"], **given)
    with pytest.raises(Refused, match="退回补正"):
        actions.claim(application=made.application, domain="portal", on=False, **given)
    with pytest.raises(Refused, match="退回补正"):
        actions.remove_invoice(application=made.application, invoice=space.ledger.invoices[0], **given)
    actions.detach(attachment=attachments["screenshots"], **given)
    assert not space.may_change("ledger")
    assert space.may_change("material:screenshots")
    assert space.may_change("booklet")


def test_the_rulebooks_window_closed_for_all_when_the_round_ends(made: Made) -> None:
    rounds.close_round(round=made.ground.round, actor=SYSTEM, now=made.ground.now)
    with pytest.raises(Refused):
        submit(made)


def test_wrong_people(made: Made, ground: Ground) -> None:
    _e, stranger = make_enterprise(ground, "licheng")
    for actor in (stranger, ground.actor("licheng"), ground.actor("city"), ANONYMOUS):
        with pytest.raises(NotAllowed):
            actions.submit(application=made.application, actor=actor, now=ground.now)
        with pytest.raises(NotAllowed):
            actions.withdraw(application=made.application, reason="", actor=actor, now=ground.now)


def test_withdrawn_makes_room_and_keeps_what_was_typed(made: Made, ground: Ground) -> None:
    submit(made)
    actions.withdraw(application=made.application, reason="重新整理", actor=made.actor, now=ground.now)
    assert made.fresh().state == State.WITHDRAWN
    again = actions.create(enterprise=made.enterprise, round=ground.round, actor=made.actor, now=ground.now)
    assert again.answers == made.application.answers
    assert again.number != made.application.number
    assert queries.workspace(again).ledger.counted_fen == 10_600_00


def test_one_application_a_round(made: Made, ground: Ground) -> None:
    with pytest.raises(Refused, match="已经有一份"):
        actions.create(enterprise=made.enterprise, round=ground.round, actor=made.actor, now=ground.now)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.AWARDED, State.WITHDRAWN])
def test_what_is_accepted_is_not_withdrawn_by_a_click(ground: Ground, state: State) -> None:
    made = make_application(ground, state=state)
    with pytest.raises(Refused):
        actions.withdraw(application=made.application, reason="", actor=made.actor, now=ground.now)


def test_who_has_not_been_activated_begins_nothing(ground: Ground) -> None:
    enterprise, actor = make_enterprise(ground, "licheng", active=False)
    with pytest.raises(Refused, match="激活"):
        actions.create(enterprise=enterprise, round=ground.round, actor=actor, now=ground.now)
    _other, stranger = make_enterprise(ground, "licheng")
    with pytest.raises(NotAllowed):
        actions.create(enterprise=enterprise, round=ground.round, actor=stranger, now=ground.now)


def test_numbers_count_by_authority(ground: Ground) -> None:
    numbers = [
        make_application(ground, complete=False, authority=a).application.number
        for a in ("licheng", "licheng", "lixia")
    ]
    assert numbers[0] != numbers[1]
    assert numbers[0][-4:] == numbers[2][-4:] == "0001"
    assert numbers[0].startswith("370112-2020-")


def test_what_was_frozen_stays(made: Made) -> None:
    """Whatever is entered later."""
    returned(made, "ledger")
    space = queries.workspace(made.fresh())
    actions.remove_invoice(
        application=made.application,
        invoice=space.ledger.invoices[0],
        actor=made.actor,
        now=made.ground.now,
    )
    assert Submission.objects.get().facts["counted_fen"] == 10_600_00
    assert Application.objects.get(pk=made.application.pk).spend_fen == 0


def test_hand_in_again_after_filling_anew(ground: Ground) -> None:
    made = make_application(ground, complete=False)
    fill(made, level="star-4", now=ground.now)
    hand_in(made, now=ground.now)
    assert Submission.objects.get().facts["level"] == "star-4"
