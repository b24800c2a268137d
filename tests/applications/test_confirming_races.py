"""One link, several hands: a provider's answer counts once, against others and against a withdrawal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.applications.test_races import HANDS, at_once
from tests.factories.applications import Made, make_application
from tests.factories.confirming import ADDRESS, DATA, NO, YES, answered, asked, current, mailed, unsaid
from tests.factories.ground import Ground

from xingyun.applications import actions
from xingyun.applications.queries import workspace
from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.models import Entry
from xingyun.evidence.actions import confirmations as limits
from xingyun.evidence.models import Confirmation, Contract
from xingyun.messages.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def made(ground: Ground, now: datetime) -> Made:
    return make_application(ground, level="star-3", now=now)


def answer(one: Confirmation, what: Any, now: datetime) -> Act:
    """Answer by an own copy of the link."""
    mine = Confirmation.objects.get(pk=one.pk)
    return lambda: answered(mine, what, now)


def of_row(act: Callable[..., object], made: Made, one: Confirmation, now: datetime) -> Act:
    """An act of the applicant's on this asking, from an own copy of the application."""
    given = {"contract": one.row, "seen": str(one.uid), "actor": made.actor, "now": now}
    application = current(made)
    return lambda: act(application=application, **given)


def change(made: Made, row: Contract, now: datetime) -> Act:
    """Another sum, from an own copy."""
    given = {"application": current(made), "actor": made.actor, "now": now}
    data = replace(DATA, number=row.number, amount_fen=1)
    return lambda: actions.change_contract(contract=row, data=data, **given)


def ask(made: Made, row: Contract, now: datetime) -> Act:
    """Ask, from an own copy."""
    given = {"services": "云", "address": ADDRESS, "network": "192.0.2.1", "actor": made.actor, "now": now}
    application = current(made)
    return lambda: actions.ask_confirmation(application=application, contract=row.uid, **given)


def test_of_many_answers_one(made: Made, now: datetime) -> None:
    one = asked(made, unsaid(made, now), now)
    hands = [replace(YES if n % 2 else NO, person=f"第{n}人") for n in range(HANDS)]
    results = at_once([answer(one, hand, now) for hand in hands])
    won = [n for n, r in enumerate(results) if isinstance(r, Confirmation)]
    assert len(won) == 1, results
    assert sum(isinstance(r, Conflict) for r in results) == HANDS - 1, results
    stored = Confirmation.objects.get()
    assert stored.person == f"第{won[0]}人"
    assert stored.state == ("confirmed" if won[0] % 2 else "declined")
    assert Entry.objects.filter(act="application.confirmation.answered").count() == 1
    assert Message.objects.filter(dedupe_key__startswith="confirmation:").count() == 1


def test_an_answer_against_a_withdrawal(made: Made, now: datetime) -> None:
    for n in range(5):
        one = asked(made, unsaid(made, now, number=f"HT-{n}"), now)
        back = of_row(actions.withdraw_confirmation, made, one, now)
        said, withdrawn = at_once([answer(one, YES, now), back])
        stored = Confirmation.objects.get(pk=one.pk)
        if isinstance(said, Confirmation):
            assert isinstance(withdrawn, Conflict), withdrawn
            assert stored.state == "confirmed"
        else:
            assert isinstance(said, Conflict), said
            assert (withdrawn, stored.state, stored.person) == (None, "withdrawn", "")


def test_an_answer_against_a_change_of_the_contract(made: Made, now: datetime) -> None:
    """Whoever comes first: nothing is confirmed of what the contract does not say any more."""
    for n in range(5):
        row = unsaid(made, now, number=f"HT-{n}")
        one = asked(made, row, now)
        said, changed = at_once([answer(one, YES, now), change(made, row, now)])
        assert isinstance(changed, Contract), changed
        assert isinstance(said, Confirmation | Refused), said
        assert row.uid not in workspace(current(made)).ledger.confirmed


def test_an_answer_against_another_letter(made: Made, now: datetime) -> None:
    """Both take the application first, so neither waits for the other for ever."""
    for n in range(5):
        one, later = asked(made, unsaid(made, now, number=f"HT-{n}"), now), now + limits.PAUSE
        again = of_row(actions.ask_confirmation_again, made, one, later)
        said, sent = at_once([answer(one, YES, later), again])
        kinds = {type(said), type(sent)}
        assert kinds in ({Confirmation, Conflict}, {Confirmation, Refused}), (said, sent)


def test_of_many_askings_one(made: Made, now: datetime) -> None:
    row = unsaid(made, now)
    results = at_once([ask(made, row, now) for _n in range(HANDS)])
    assert sum(isinstance(r, Confirmation) for r in results) == 1, results
    assert all(isinstance(r, Confirmation | Refused) for r in results), results
    assert len(mailed()) == 1


def test_of_many_letters_one(made: Made, now: datetime) -> None:
    one, later = asked(made, unsaid(made, now), now), now + limits.PAUSE
    again = actions.ask_confirmation_again
    results = at_once([of_row(again, made, one, later) for _n in range(HANDS)])
    assert sum(isinstance(r, Confirmation) for r in results) == 1, results
    assert all(isinstance(r, Confirmation | Refused) for r in results), results
    assert len(mailed()) == 2
