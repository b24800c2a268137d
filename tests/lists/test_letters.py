"""The list of an asking letter: who is still to be asked about, with room for the answers."""

import pytest
from python_calamine import CalamineWorkbook
from tests.factories.applications import make_application

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.files.queries import path
from xingyun.lists import actions
from xingyun.reviews import actions as reviews
from xingyun.reviews.actions import AnswersData

CREDIT = "credit-record"


def ask(ground, actor, office="licheng", condition=CREDIT):
    return actions.ask_letter(
        office=ground.authority(office), round=ground.round, condition=condition, actor=actor, now=ground.now
    )


def table(export):
    export.refresh_from_db()
    return CalamineWorkbook.from_path(path(export.file)).get_sheet_by_index(0).to_python()


def test_the_list_comes_back_as_answers(ground, work):
    mine = [make_application(ground, state="submitted", authority="licheng", level="star-3") for _n in "ab"]
    make_application(ground, state="submitted", authority="lixia", level="star-3")
    make_application(ground, state="draft", authority="licheng", level="star-3")
    actor = ground.actor("licheng")
    made = ask(ground, actor)
    work()
    cells = table(made)
    assert "结果请写" in cells[0][0]
    heads = next(n for n, line in enumerate(cells) if "统一社会信用代码" in line)
    assert cells[heads][:5] == ["申请编号", "企业名称", "统一社会信用代码", "受理单位", "申报级别"]
    rows = cells[heads + 1 : heads + 3]
    assert {line[2] for line in rows} == {one.enterprise.uscc for one in mine}
    assert made.rows == 2
    assert CREDIT in Entry.objects.get(act="export.made").body
    # The file as it was sent, not filled in.
    sheet = reviews.take_in_answers(
        round=ground.round,
        authority=ground.authority("licheng"),
        condition=CREDIT,
        file=made.file,
        name="back.xlsx",
        data=AnswersData(source="信用办", answered_on=ground.now.date()),
        actor=actor,
        now=ground.now,
    )
    told = {"uscc", "found", "answered_on", "source", "officer", "number", "entries", "remark", "name"}
    assert told == set(sheet.columns)
    reviews.start_answers(made=sheet, head=sheet.head, columns=sheet.columns, actor=actor, now=ground.now)
    work()
    sheet.refresh_from_db()
    assert (sheet.added, sheet.refused) == (0, 2), "nobody has answered yet; the stamp is no row"


def test_who_may_have_it(ground):
    make_application(ground, state="submitted", authority="licheng", level="star-3")
    for actor in (ground.actor("lixia"), ground.actor("licheng", "reader"), ground.actor("city")):
        with pytest.raises(NotAllowed):
            ask(ground, actor)
    with pytest.raises(NotAllowed):
        ask(ground, ground.actor("city"), "city")
    with pytest.raises(NotAllowed):
        ask(ground, ground.actor("licheng"), condition="nothing")
    ask(ground, ground.actor("licheng"))


def test_nobody_to_ask_about(ground):
    with pytest.raises(Refused, match="不用发函"):
        ask(ground, ground.actor("licheng"))
