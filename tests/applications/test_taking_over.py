"""Last year's answers come back only where they are wanted, fit, and meet an empty field."""

from datetime import timedelta

import pytest
from tests.applications.conftest import Begun
from tests.factories.applications import Made, fill
from tests.factories.ground import JINAN, make_enterprise

from xingyun.accounts.models import User
from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.applications.queries import earlier, with_earlier
from xingyun.applications.queries.answers import digest
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.registry.actors import SYSTEM
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Round
from xingyun.rulebook.load import read_folder
from xingyun.rulebook.next_year import next_year

GONE = ('key = "contact_fax"', 'key = "contact_fax_line"')


def following(begun: Begun) -> Round:
    """The programme's round of the next year, under an edition in which one field has another key."""
    first, now = begun.ground.round, begun.ground.now
    texts = dict(next_year(read_folder(JINAN), 2020, 2021).texts)
    texts["5-form.toml"] = texts["5-form.toml"].replace(*GONE)
    edition = rounds.release_edition(
        source=texts, contacts="", released_by=User.objects.first(), actor=SYSTEM, now=now
    )
    planned = rounds.plan_round(edition=edition, year=2021, authority=first.authority, actor=SYSTEM, now=now)
    rounds.close_round(round=first, actor=SYSTEM, now=now)
    rounds.open_round(round=planned, actor=SYSTEM, now=now + timedelta(seconds=1))
    return planned


@pytest.fixture
def again(begun: Begun) -> Begun:
    """Last year's application, filled in, and behind it the one of this year, just begun."""
    fill(
        Made(begun.ground, begun.application, begun.enterprise, begun.actor),
        level="star-3",
        now=begun.ground.now,
    )
    save(begun, begun.fresh(), contact_fax="0531-88880000")
    made = actions.create(
        enterprise=begun.enterprise, round=following(begun), actor=begun.actor, now=begun.ground.now
    )
    return Begun(begun.ground, begun.enterprise, begun.actor, made)


def save(begun: Begun, application: Application, **typed: str) -> None:
    seen = {key: digest(application.answers.get(key, "")) for key in typed}
    actions.save_section(
        application=application, values=typed, seen=seen, actor=begun.actor, now=begun.ground.now
    )


def take(begun: Begun, *fields: str) -> actions.Section:
    return actions.take_over(
        application=begun.application, fields=fields, actor=begun.actor, now=begun.ground.now
    )


def offered(begun: Begun) -> dict[str, str]:
    found = earlier(begun.fresh())
    assert found is not None
    return {o.field.key: o.raw for o in found.offers}


def before(begun: Begun) -> Application:
    return Application.objects.exclude(pk=begun.application.pk).get()


def test_what_fits_is_offered_as_it_was_typed(again: Begun) -> None:
    old = before(again).answers
    offers = offered(again)
    assert offers["cover_contact"] == old["cover_contact"]
    assert offers["scope"] == old["scope"]
    assert offers["industry"] == old["industry"]


def test_sums_numbers_days_and_the_level_are_asked_for_anew(again: Begun) -> None:
    found = earlier(again.fresh())
    assert found is not None
    anew = {field.key for field in found.anew}
    assert {"registered_capital", "staff_total", "cloud_since", "level"} <= anew
    assert not anew & offered(again).keys()
    take(again, *anew, "scope")
    now = again.fresh()
    assert now.answers.get("level", "") == ""
    assert now.answers.get("registered_capital", "") == ""
    assert now.level == ""


def test_a_field_that_the_edition_no_longer_has_is_not_offered(again: Begun) -> None:
    assert before(again).answers["contact_fax"] == "0531-88880000"
    assert "contact_fax" not in offered(again)
    take(again, "contact_fax", "scope")
    assert "contact_fax" not in again.fresh().answers


def test_an_answer_that_makes_no_sense_is_not_offered(again: Begun) -> None:
    Application.objects.filter(pk=before(again).pk).update(
        answers={**before(again).answers, "cover_email": "nothing like it", "nature": "gone"}
    )
    assert not {"cover_email", "nature"} & offered(again).keys()


def test_only_what_is_chosen_is_taken_over(again: Begun) -> None:
    done = take(again, "scope", "cover_contact")
    assert set(done.saved) == {"scope", "cover_contact"}
    now = again.fresh()
    assert now.answers["scope"] == before(again).answers["scope"]
    assert now.answers.get("effect", "") == ""
    assert "scope" not in offered(again)


def test_what_was_typed_is_never_overwritten(again: Begun) -> None:
    save(again, again.fresh(), scope="今年写的")
    assert "scope" not in offered(again)
    # The page was opened before somebody typed: this application still shows the field empty.
    done = take(again, "scope", "effect")
    assert set(done.saved) == {"effect"}
    assert again.fresh().answers["scope"] == "今年写的"


def test_nothing_chosen_or_nothing_before_is_refused_and_changes_nothing(again: Begun, begun: Begun) -> None:
    rev = again.fresh().rev
    with pytest.raises(Refused):
        take(again)
    with pytest.raises(Refused):
        take(again, "level", "nothing-of-the-kind")
    assert again.fresh().rev == rev


def test_the_first_application_of_a_programme_has_nothing_before_it(begun: Begun) -> None:
    assert earlier(begun.fresh()) is None
    assert with_earlier([begun.fresh()]) == set()
    with pytest.raises(Refused):
        take(begun, "scope")


def test_drafts_with_something_before_them_are_known(again: Begun) -> None:
    assert with_earlier([again.fresh(), before(again)]) == {again.application.pk}


def test_a_withdrawn_application_is_not_offered(again: Begun) -> None:
    Application.objects.filter(pk=before(again).pk).update(state=State.WITHDRAWN)
    assert earlier(again.fresh()) is None


def test_another_enterprise_s_answers_are_nobody_s(again: Begun) -> None:
    other, stranger = make_enterprise(again.ground, "licheng")
    made = actions.create(enterprise=other, round=again.fresh().round, actor=stranger, now=again.ground.now)
    assert earlier(made) is None
    with pytest.raises(NotAllowed):
        actions.take_over(
            application=again.application, fields=["scope"], actor=stranger, now=again.ground.now
        )


def test_what_was_handed_in_takes_nothing_over(again: Begun) -> None:
    Application.objects.filter(pk=again.application.pk).update(state=State.RETURNED)
    again.application.state = State.RETURNED
    with pytest.raises(Conflict):
        take(again, "scope")
