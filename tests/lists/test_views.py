"""Views: kept, shared, renamed, deleted; a view shows nobody more than the queue does."""

import pytest
from django.http import QueryDict

from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.lists import actions, queries
from xingyun.lists.models import View
from xingyun.lists.queries import Choice, choice_of, chosen


def save(ground, actor, name="待受理", office=None, query="state=submitted"):
    return actions.save_view(
        round=ground.round,
        choice=chosen(query),
        name=name,
        office=ground.authority(office) if office else None,
        actor=actor,
        now=ground.now,
    )


def seen_by(ground, actor):
    return [view.name for view in queries.views(actor, ground.round.programme_id)]


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("", "all"),
        ("state=accepted&state=submitted", "state=submitted&state=accepted"),
        ("state=draft&state=nonsense&sort=sideways&doubts=maybe", "all"),
        ("q=+%E4%BA%91%E5%B2%AB+&level=star-3&doubts=yes&sort=oldest&round=x&after=3|4&authority=9",
         "level=star-3&q=%E4%BA%91%E5%B2%AB&doubts=yes&sort=oldest"),
    ],
)  # fmt: skip
def test_a_choice_is_written_in_one_way_and_read_again(asked, query):
    choice = choice_of(QueryDict(asked))
    assert choice.query == query
    assert chosen(query) == choice


def test_words_that_are_too_short_search_nothing():
    assert Choice(words="云").text == ""
    assert Choice(words="云岫").text == "云岫"


def test_no_filter_leads_out_of_what_a_person_may_see():
    """What narrows a list to other people's rows is no part of a choice at all."""
    assert {
        name for name, _value in choice_of(QueryDict("authority_id=1&holder_id=2&round_id=3")).pairs
    } == set()


def test_ones_own_is_seen_by_nobody_else(ground):
    mine = save(ground, ground.actor("licheng"))
    assert seen_by(ground, ground.actor("licheng")) == ["待受理"]
    for other in (
        ground.actor("licheng", "reviewer"),
        ground.actor("lixia"),
        ground.actor("city", "auditor"),
    ):
        assert seen_by(ground, other) == []
        with pytest.raises(NotAllowed):
            queries.view(other, mine.uid)
        for act in (actions.delete_view, lambda **g: actions.rename_view(name="x", **g)):
            with pytest.raises(NotAllowed):
                act(view=mine, seen=0, actor=other)


def test_an_offices_is_seen_by_its_people_and_changed_by_those_who_work_there(ground):
    save(ground, ground.actor("licheng"), office="licheng")
    assert seen_by(ground, ground.actor("licheng", "reader")) == ["待受理"]
    for stranger in (ground.actor("lixia"), ground.actor("city"), ground.actor("licheng", "countersigner")):
        assert seen_by(ground, stranger) == []
    view = queries.view(ground.actor("licheng", "reader"), View.objects.get().uid)
    with pytest.raises(NotAllowed):
        actions.delete_view(view=view, seen=0, actor=ground.actor("licheng", "reader"))
    actions.rename_view(view=view, name="  先 办 ", seen=0, actor=ground.actor("licheng", "reviewer"))
    assert seen_by(ground, ground.actor("licheng")) == ["先 办"]


def test_nobody_shares_with_an_office_of_others(ground):
    for actor in (ground.actor("lixia"), ground.actor("licheng", "reader"), ground.actor("city", "auditor")):
        with pytest.raises(NotAllowed):
            save(ground, actor, office="licheng")
    with pytest.raises(NotAllowed):
        save(ground, ground.actor("licheng", "countersigner"))
    assert not View.objects.exists()


def test_a_name_is_needed_and_is_there_once(ground):
    actor = ground.actor("licheng")
    save(ground, actor)
    save(ground, actor, office="licheng")
    save(ground, ground.actor("licheng", "reviewer"))
    for name in ("", " \n", "字" * 31, "待受理"):
        with pytest.raises(Refused) as refused:
            save(ground, actor, name=name)
        assert refused.value.field == "name"
    other = save(ground, actor, name="别的")
    with pytest.raises(Refused, match="已有叫"):
        actions.rename_view(view=other, name="待受理", seen=0, actor=actor)


def test_thirty_are_enough(ground):
    for n in range(30):
        save(ground, ground.actor("licheng"), name=str(n))
    with pytest.raises(Refused, match="已有 30 个"):
        save(ground, ground.actor("licheng"), name="31")


def test_what_was_renamed_meanwhile_is_not_deleted_by_the_old_name(ground):
    actor = ground.actor("licheng")
    view = save(ground, actor, office="licheng")
    actions.rename_view(view=view, name="新", seen=0, actor=actor)
    for act in (actions.delete_view, lambda **g: actions.rename_view(name="x", **g)):
        with pytest.raises(Conflict):
            act(view=view, seen=0, actor=actor)
    actions.delete_view(view=view, seen=1, actor=actor)
    with pytest.raises(Conflict):
        actions.delete_view(view=view, seen=1, actor=actor)


def test_the_record_says_of_a_search_only_that_there_was_one():
    said = queries.facts_of(Choice(states=(State.SUBMITTED,), words="岳望舒"))
    assert said == {"states": ["submitted"], "level": "", "doubts": False, "searched": True}
