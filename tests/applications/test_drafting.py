"""Typing: nothing is lost, nobody is overwritten."""

from dataclasses import replace

import pytest
from tests.applications.conftest import Begun
from tests.factories.ground import make_enterprise

from xingyun.applications import actions
from xingyun.applications.actions import FieldConflict
from xingyun.applications.models import Application
from xingyun.applications.queries.answers import digest
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry

EMPTY = digest("")


def save(begun: Begun, field: str, raw: str, seen: str = EMPTY) -> actions.Saved:
    """Type into a field as the fixture's person."""
    return actions.save_answer(
        application=begun.application,
        field=field,
        raw=raw,
        seen=seen,
        actor=begun.actor,
        now=begun.ground.now,
    )


def test_what_the_register_knows_is_filled_in(begun: Begun) -> None:
    assert begun.application.answers["uscc"] == begun.enterprise.uscc
    assert begun.application.answers["name"] == begun.enterprise.name


def test_an_invalid_answer_survives_with_its_error(begun: Begun) -> None:
    saved = save(begun, "cloud_since", "2018-13")
    assert saved.error is not None
    assert saved.error.code == "no_such_month"
    assert begun.fresh().answers["cloud_since"] == "2018-13"


def test_line_ends_are_one_sign_and_nul_is_dropped(begun: Begun) -> None:
    save(begun, "scope", "一\r\n二\r三\x00")
    assert begun.fresh().answers["scope"] == "一\n二\n三"


def test_two_people_on_different_fields_never_meet(begun: Begun) -> None:
    """Both loaded the page before either saved."""
    other = Application.objects.get(pk=begun.application.pk)
    save(begun, "scope", "甲写的")
    actions.save_answer(
        application=other, field="effect", raw="乙写的", seen=EMPTY, actor=begun.actor, now=begun.ground.now
    )
    assert begun.fresh().answers["scope"] == "甲写的"
    assert begun.fresh().answers["effect"] == "乙写的"


def test_two_people_on_one_field_see_both_versions(begun: Begun) -> None:
    save(begun, "scope", "甲写的")
    with pytest.raises(FieldConflict) as caught:
        save(begun, "scope", "乙写的")
    assert (caught.value.mine, caught.value.theirs) == ("乙写的", "甲写的")
    assert begun.fresh().answers["scope"] == "甲写的"
    save(begun, "scope", "乙写的", seen=caught.value.digest)
    assert begun.fresh().answers["scope"] == "乙写的"


def test_the_same_text_twice_is_saved(begun: Begun) -> None:
    save(begun, "scope", "一样")
    rev = begun.fresh().rev
    assert save(begun, "scope", "一样").error is None
    assert begun.fresh().rev == rev


def test_a_section_saves_what_it_can(begun: Begun) -> None:
    save(begun, "scope", "甲写的")
    done = actions.save_section(
        application=begun.application,
        values={"scope": "乙写的", "effect": "乙的效果"},
        seen={"scope": EMPTY, "effect": EMPTY},
        actor=begun.actor,
        now=begun.ground.now,
    )
    assert set(done.conflicts) == {"scope"}
    assert begun.fresh().answers["effect"] == "乙的效果"


def test_columns_follow_the_roles(begun: Begun) -> None:
    save(begun, "level", "star-4")
    save(begun, "deployment", "public,private")
    save(begun, "industry", "3421")
    found = begun.fresh()
    assert (found.level, found.deployments, found.industry) == ("star-4", "public,private", "C3421"[-4:])
    save(begun, "level", "star-9", seen=digest("star-4"))
    assert begun.fresh().level == ""


def test_typing_leaves_no_trace_in_the_record(begun: Begun) -> None:
    before = Entry.objects.count()
    save(begun, "scope", "正文")
    assert Entry.objects.count() == before


def test_a_field_that_is_not_there(begun: Begun) -> None:
    with pytest.raises(Refused) as caught:
        save(begun, "no-such", "x")
    assert caught.value.field == "no-such"


def test_too_much_text_is_refused_in_words(begun: Begun) -> None:
    with pytest.raises(Refused, match="太长"):
        save(begun, "scope", "字" * 20_001)


def test_another_enterprise_finds_nothing(begun: Begun) -> None:
    _other, stranger = make_enterprise(begun.ground, "licheng")
    with pytest.raises(NotAllowed):
        save(replace_actor(begun, stranger), "scope", "改")


def test_officials_do_not_type(begun: Begun) -> None:
    with pytest.raises(NotAllowed):
        save(replace_actor(begun, begun.ground.actor("licheng")), "scope", "改")


def test_nothing_is_typed_into_what_was_handed_in(begun: Begun) -> None:
    Application.objects.filter(pk=begun.application.pk).update(state=State.SUBMITTED)
    with pytest.raises(Conflict):
        save(begun, "scope", "晚了")


def test_after_a_return_only_the_opened_field(begun: Begun) -> None:
    Application.objects.filter(pk=begun.application.pk).update(
        state=State.RETURNED, unlocked=["form:scope", "ledger"]
    )
    save(begun, "scope", "补正")
    with pytest.raises(Refused, match="退回补正"):
        save(begun, "effect", "顺手改")


def replace_actor(begun: Begun, actor: object) -> Begun:
    """The same draft with somebody else at the keyboard."""
    return replace(begun, actor=actor)  # type: ignore[arg-type]
