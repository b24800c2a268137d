"""Answers of other bodies: whom an office asks about, and tables of answers recorded row by row."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.factories.applications import make_application
from tests.factories.ground import JINAN, make_file
from tests.registry.sheets import xlsx
from tests.reviews.office import fresh

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.files.queries import path
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.actions import AnswersData, LookUpData
from xingyun.reviews.actions.answers import recording
from xingyun.reviews.actions.answers.rows import CLEAR, LISTED
from xingyun.reviews.models import LookUp
from xingyun.reviews.queries import asking, desk, reporting, to_do
from xingyun.rulebook import load_folder
from xingyun.rulebook.schema.lists import OutsideList

pytestmark = pytest.mark.django_db
CREDIT = "credit-record"
HEADS = ("企业名称", "统一社会信用代码", "结果", "答复日期", "说明")


@pytest.fixture
def three(district):
    """Three applications handed in, nothing looked up."""
    ground = district.ground
    return [
        make_application(ground, state="submitted", level="star-3", authority=district.key, now=district.now)
        for _n in range(3)
    ]


def row(made, found="没有", day="", remark=""):
    return [made.enterprise.name, made.enterprise.uscc, found, day, remark]


def taken(office, rows, heads=HEADS, *, actor=None, condition=CREDIT, **more):
    given = {"source": "市场监管局", "answered_on": office.now.date(), "number": "复函 5 号", **more}
    return actions.take_in_answers(
        round=office.ground.round,
        authority=office.authority,
        condition=condition,
        file=make_file(xlsx(rows, heads), office.now),
        name="答复.xlsx",
        data=AnswersData(**given),
        actor=actor or office.actor(),
        now=office.now,
    )


def recorded(office, rows, heads=HEADS, **more):
    made = taken(office, rows, heads, **more)
    actions.start_answers(
        made=made, head=made.head, columns=made.columns, actor=office.actor(), now=office.now
    )
    Worker(discover()).drain()
    made.refresh_from_db()
    return made


def counts(made):
    return made.added, made.changed, made.unchanged, made.refused, made.listed


def test_the_whole_way(district, three):
    one, two, three_ = three
    proof = make_file(b"scan of the reply", district.now)
    made = recorded(
        district,
        [row(one), row(two, "有", "2020-10-09", "行政处罚一条"), row(three_, "或许"), ["", "", "", "", ""]],
        proof=proof,
        officer="洪某",
    )
    assert counts(made) == (2, 0, 0, 1, 1)
    assert "认不出" in made.refusals[0][3]
    first, second = LookUp.objects.order_by("id")
    assert (first.found, first.source, first.looked_up_on, first.number, first.officer, first.proof) == (
        "clear", "市场监管局", district.now.date(), "复函 5 号", "洪某", proof,
    )  # fmt: skip
    assert (second.found, second.looked_up_on, second.remark) == (
        "listed",
        date(2020, 10, 9),
        "行政处罚一条",
    )
    district.accept(two)
    check = next(c for c in desk(district.actor(), two.application.uid).checks if c.key == CREDIT)
    assert check.finding.kind == "obstacle"
    district.look_up(two, only="joint-punishment")
    with pytest.raises(Refused, match=r"查到记录|还没有核查") as refused:
        district.prepare(two, "star-3", "decide")
    assert refused.value.clause
    body = json.loads(Entry.objects.get(act="answers.recorded").body)
    assert (body["added"], body["left_out"], body["proof"]) == (2, 1, proof.sha256)
    assert "洪某" not in "".join(Entry.objects.values_list("body", flat=True))


def test_twice_changes_nothing_and_a_correction_supersedes(district, three):
    rows = [row(one) for one in three]
    assert counts(recorded(district, rows)) == (3, 0, 0, 0, 0)
    assert counts(recorded(district, rows)) == (0, 0, 3, 0, 0)
    assert counts(recorded(district, [row(three[0], "有", remark="补充函"), *rows[1:]])) == (0, 1, 2, 0, 1)
    assert LookUp.objects.count() == 4


def test_an_older_answer_undoes_no_newer_one(district, three):
    recorded(district, [row(three[0], "有", remark="新")])
    made = recorded(district, [row(three[0], "没有", "2020-10-01")])
    assert counts(made) == (0, 0, 0, 1, 0)
    assert "比这一份新" in made.refusals[0][3]


def test_rows_that_are_not_taken(district, abroad, three):
    other = make_application(
        district.ground, state="submitted", level="star-3", authority=abroad.key, now=district.now
    )
    tomorrow = (district.now.date() + timedelta(days=1)).isoformat()
    made = recorded(
        district,
        [
            row(three[0], ""),
            row(three[0], "没有", "后天"),
            row(three[1], "没有", tomorrow),
            row(other),
            ["无码", "", "没有", "", ""],
            row(three[2]),
            row(three[2], "有", remark="两样"),
        ],
    )
    assert counts(made) == (1, 0, 0, 6, 0)
    cells = CalamineWorkbook.from_path(path(made.report)).get_sheet_by_index(0).to_python()
    said = {line[-2]: line[-1] for line in cells[1:]}
    assert "没有写结果" in said[2]
    assert "认不出" in said[3]
    assert "晚于今天" in said[4]
    assert "本批次没有" in said[5]
    assert "缺统一社会信用代码" in said[6]
    assert "第 7 行" in said[8]
    # Mended, it comes back as it is: our own two columns do no harm.
    cells[1][2] = "没有"
    again = recorded(district, [cells[1]], cells[0])
    assert counts(again) == (1, 0, 0, 0, 0)


def test_a_try_that_was_cut_short_goes_on(district, three, monkeypatch):
    made = taken(district, [row(one) for one in three])
    actions.start_answers(
        made=made, head=made.head, columns=made.columns, actor=district.actor(), now=district.now
    )
    made.refresh_from_db()
    real, left = recording.keep, iter([1, 2])

    def dies(*args, **more):
        next(left)
        return real(*args, **more)

    monkeypatch.setattr(recording, "keep", dies)
    with pytest.raises((StopIteration, RuntimeError)):
        actions.record_answers(made=made, actor=district.actor(), now=district.now)
    assert LookUp.objects.count() == 2
    monkeypatch.setattr(recording, "keep", real)
    actions.record_answers(made=made, actor=district.actor(), now=district.now)
    made.refresh_from_db()
    assert counts(made) == (3, 0, 0, 0, 0)
    actions.record_answers(made=made, actor=district.actor(), now=district.now)
    assert LookUp.objects.count() == 3
    with pytest.raises(Conflict):
        actions.start_answers(
            made=made, head=1, columns=made.columns, actor=district.actor(), now=district.now
        )


def test_who_may_take_in_and_record(district, abroad, city, three):
    rows = [row(three[0])]
    for actor in (abroad.actor(), city.actor(), district.actor(Role.READER), three[0].actor):
        with pytest.raises(NotAllowed):
            taken(district, rows, actor=actor)
    with pytest.raises(NotAllowed):
        taken(district, rows, condition="no-such-check")
    with pytest.raises(NotAllowed):  # the check is the districts'
        taken(city, rows)
    made = taken(district, rows)
    with pytest.raises(NotAllowed):
        actions.start_answers(made=made, head=1, columns=made.columns, actor=abroad.actor(), now=district.now)
    with pytest.raises(NotAllowed):
        actions.record_answers(made=made, actor=abroad.actor(), now=district.now)
    assert not LookUp.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"source": " "}, "source"),
        ({"answered_on": date(2999, 1, 1)}, "answered_on"),
        ({"number": "字" * 121}, "number"),
        ({"officer": "字" * 81}, "officer"),
    ],
)
def test_what_goes_with_the_table(district, three, given, field):
    with pytest.raises(Refused) as refused:
        taken(district, [row(three[0])], **given)
    assert refused.value.field == field


def test_columns_are_told_and_remembered(district, three):
    made = taken(district, [row(three[0])])
    assert made.columns == {"name": 0, "uscc": 1, "found": 2, "answered_on": 3, "remark": 4}
    strange = ("甲", "码", "丙")
    first = taken(district, [["x", three[0].enterprise.uscc, "无"]], strange)
    with pytest.raises(Refused) as refused:
        actions.start_answers(
            made=first, head=first.head, columns={"uscc": 1}, actor=district.actor(), now=district.now
        )
    assert refused.value.field == "columns"
    with pytest.raises(Refused):
        actions.start_answers(
            made=first, head=1, columns={"uscc": 1, "found": 1}, actor=district.actor(), now=district.now
        )
    chosen = {"name": 0, "uscc": 1, "found": 2}
    actions.start_answers(
        made=first, head=first.head, columns=chosen, actor=district.actor(), now=district.now
    )
    assert taken(district, [["y", three[1].enterprise.uscc, "无"]], strange).columns == chosen


def test_no_word_means_both():
    assert not CLEAR & LISTED


def test_whom_an_office_asks_about(district, abroad, city, three):
    book = district.ground.book
    names = [task.check.key for task in asking.tasks(book, district.key)]
    assert names == [CREDIT, "joint-punishment", "blacklist", "provider-blacklist"]
    assert asking.tasks(book, city.key) == ()
    task = asking.task(book, district.key, CREDIT)
    today = district.now.date()
    counted = asking.count(district.actor(), district.ground.round, task, today)
    assert (counted.all, counted.waiting, counted.listed) == (3, 3, 0)
    recorded(district, [row(three[0]), row(three[1], "有", remark="一条")])
    counted = asking.count(district.actor(), district.ground.round, task, today)
    assert (counted.all, counted.waiting, counted.listed) == (3, 1, 1)
    assert asking.count(abroad.actor(), district.ground.round, task, today).all == 0
    with pytest.raises(NotAllowed):
        asking.task(book, city.key, CREDIT)


def test_lists_and_repeats_make_tasks_of_their_offices():
    pool = OutsideList(
        key="pool", label="名单", label_en="Pool", clause=("一",), text="在册", text_en="Listed",
        source="名单", source_en="Pool", kept_by="city",
    )  # fmt: skip
    plain = load_folder(JINAN)
    rules = tuple(
        replace(rule, repeat_within_days=10) if rule.key == CREDIT else rule for rule in plain.conditions
    )
    book = replace(plain, conditions=rules, lists=(pool,))
    again, kept = asking.tasks(book, "city")
    assert (again.check.key, again.homes, "licheng" in again.again) == (CREDIT, frozenset(), True)
    assert (kept.check.key, "licheng" in kept.homes, kept.again) == ("list--pool", True, frozenset())


def test_reading_costs_the_same_for_more(district, three):
    task = asking.task(district.ground.book, district.key, CREDIT)
    with CaptureQueriesContext(connection) as few:
        rows = list(asking.concerned(district.actor(), district.ground.round, task))
    assert len(rows) == 3
    assert len(few) == 1


def test_a_record_by_hand_and_a_table_form_one_line(district, three):
    by_hand = actions.record_look_up(
        application=fresh(three[0]),
        condition=CREDIT,
        data=LookUpData(found="clear", source="信用中国", looked_up_on=district.now.date(), officer="某"),
        seen=None,
        actor=district.actor(),
        now=district.now,
    )
    made = recorded(district, [row(three[0], "有", remark="一条")])
    last = LookUp.objects.latest("id")
    assert (made.changed, last.supersedes, last.sheet) == (1, by_hand, made)


def outside(office, role=Role.PREPARER):
    found = to_do(office.actor(role), office.now)
    return [(one.count, one.since, one.due, one.clause) for one in found if one.kind == "outside_checks"]


def test_answers_that_nobody_has_asked_for_wait_on_the_first_page(district, three):
    (found,) = outside(district)
    many = len(asking.tasks(district.ground.book, district.key))
    due = reporting.due(district.ground.round, district.authority)
    assert found[0] == 3 * many
    assert found[1] == min(made.fresh().submitted_at for made in three)
    assert found[2:] == (due.at, "三、3")
    recorded(district, [row(made) for made in three])
    assert outside(district)[0][0] == 3 * (many - 1)
    for made in three:
        district.accept(made)
        district.look_up(made)
    assert outside(district) == []
    assert outside(district, Role.SIGNATORY) == []
