"""Levels that are entered without the one below: nothing is decided on what is skipped."""

from pathlib import Path

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import JINAN, make_ground
from tests.reviews.office import fresh

from xingyun.audit.errors import Refused
from xingyun.reviews.permissions import may_grant
from xingyun.reviews.queries import standing
from xingyun.rulebook.load import read_folder

pytestmark = pytest.mark.django_db
DOOR = """
[[conditions]]
kind = "{kind}"
key = "door"
label = "直接申报"
label_en = "Direct entry"
clause = "三、2"
text = "可以直接申报。"
text_en = "May enter directly."
{keys}
"""
STATE = 'field = "nature"\naccepted = ["state"]'
OTHER = 'field = "nature"\naccepted = ["joint-stock"]'
LADDER = 'requires = "star-3"\nsame_round_counts = true'


def stands(tmp_path: Path, now, kind: str, keys: str, *, same_round: bool):
    """Where an application for star-4 of a state enterprise stands, whose rulebook has this door."""
    source = read_folder(JINAN)
    ladder = f'requires = "star-3"\nsame_round_counts = {str(same_round).lower()}\ndirect_if = ["door"]'
    door = DOOR.format(kind=kind, keys=keys)
    legal = '\n[[conditions]]\nkind = "answer_is"\nkey = "legal-person"'
    text = source["3-conditions.toml"].replace(LADDER, ladder, 1)
    # The door stands before the condition whose answer the applicant gives.
    source["3-conditions.toml"] = text.replace(legal, door + legal, 1)
    for name, content in source.items():
        (tmp_path / name).write_text(content, "utf-8")
    ground = make_ground(now, folder=tmp_path)
    made = make_application(ground, state="submitted", level="star-4", authority="licheng", now=now)
    return standing(fresh(made))


def test_who_enters_directly_is_decided_at_that_level_only(tmp_path, now):
    found = stands(tmp_path, now, "answer_is", STATE, same_round=True)
    assert found.direct == {"star-4"}
    assert [(a.tier, a.kind, a.level) for a in found.path] == [
        ("district", "recommend", "star-4"),
        ("city", "decide", "star-4"),
    ]
    may_grant(found, found.path[0])


def test_a_shut_door_leaves_the_ladder(tmp_path, now):
    found = stands(tmp_path, now, "answer_is", OTHER, same_round=True)
    assert found.direct == frozenset()
    assert [a.level for a in found.path] == ["star-3", "star-4", "star-4"]
    with pytest.raises(Refused, match="请先"):
        may_grant(found, found.path[1])


def test_what_reviewers_judge_they_may_grant(tmp_path, now):
    found = stands(tmp_path, now, "judged", "", same_round=False)
    assert found.direct == {"star-4"}
    may_grant(found, found.path[0])
