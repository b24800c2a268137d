"""Two people at the same view, and two workers at the same export, in the same moment."""

import pytest
from tests.factories.ground import make_ground
from tests.reviews.test_races import together

from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.models import Entry
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.lists import actions
from xingyun.lists.actions.asking import KIND
from xingyun.lists.models import Export, View
from xingyun.lists.queries import Choice, chosen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground(now):
    return make_ground(now)


@pytest.fixture
def view(ground):
    return actions.save_view(
        round=ground.round,
        choice=chosen("state=submitted"),
        name="待受理",
        office=ground.authority("licheng"),
        actor=ground.actor("licheng"),
        now=ground.now,
    )


def test_a_renaming_and_a_deletion_exclude_each_other(ground, view):
    one, two = ground.actor("licheng"), ground.actor("licheng", "reviewer")
    renamed, deleted = together(
        lambda: actions.rename_view(view=view, name="新", seen=0, actor=one),
        lambda: actions.delete_view(view=view, seen=0, actor=two),
    )
    assert sorted(type(r).__name__ for r in (renamed, deleted)) == ["Conflict", "NoneType"]
    assert [v.name for v in View.objects.all()] == (["新"] if renamed is None else [])


@pytest.mark.parametrize("act", ["rename", "delete"])
def test_the_same_twice_is_done_once(ground, view, act):
    one, two = ground.actor("licheng"), ground.actor("licheng", "reviewer")

    def do(actor, name):
        if act == "rename":
            return actions.rename_view(view=view, name=name, seen=0, actor=actor)
        return actions.delete_view(view=view, seen=0, actor=actor)

    results = together(lambda: do(one, "甲"), lambda: do(two, "乙"), lambda: do(one, "丙"))
    assert sum(r is None for r in results) == 1, results
    assert all(r is None or isinstance(r, Conflict) for r in results), results


def test_the_same_name_is_given_once(ground):
    def save(actor):
        return actions.save_view(
            round=ground.round, choice=Choice(), name="全部", office=ground.authority("licheng"), actor=actor,
            now=ground.now,
        )  # fmt: skip

    one, two = ground.actor("licheng"), ground.actor("licheng", "reviewer")
    results = together(lambda: save(one), lambda: save(two))
    assert sorted(isinstance(r, Refused) for r in results) == [False, True], results


def test_two_workers_make_one_export(ground):
    actor = ground.actor("licheng")
    actions.ask_export(
        office=ground.authority("licheng"), round=ground.round, choice=Choice(), columns=["number"],
        form="csv", reason="", shared=False, actor=actor, now=ground.now,
    )  # fmt: skip
    kinds = {KIND: discover()[KIND]}
    assert sorted(together(*[lambda: Worker(kinds).drain()] * 2)) == [0, 1]
    assert Export.objects.get().ended_at is not None
    assert Entry.objects.filter(act="export.made").count() == 1
