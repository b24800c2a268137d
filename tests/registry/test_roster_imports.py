"""A table on its way into a roster: columns matched and remembered, rows judged, all of it or nothing."""

import json
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.factories.ground import make_ground
from tests.registry.sheets import HEADS, begun, brought, code, counts, handed_in, row, xlsx

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.files.queries import path
from xingyun.jobs import actions as jobs
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover
from xingyun.jobs.states import State
from xingyun.jobs.worker import Worker
from xingyun.registry import actions
from xingyun.registry.actions.roster import importing, merging, writing
from xingyun.registry.actions.roster.rows import day_of
from xingyun.registry.models import Membership, RosterEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(now):
    return make_ground(now)


def listed():
    return list(RosterEntry.objects.order_by("uscc").values("uscc", "name", "listed_on", "provider", "state"))


def mended(made, change):
    """The report as an officer sends it back: read with another library, some cells changed."""
    cells = CalamineWorkbook.from_path(path(made.report)).get_sheet_by_index(0).to_python()
    change(cells)
    return xlsx(cells[1:], cells[0])


def test_the_whole_way(ground):
    wrong = code(4)[:-1] + ("A" if code(4)[-1] != "A" else "B")
    rows = [
        row(1),
        row(2, day="2018-03", provider=""),
        row(3, name=""),
        row(4, code=wrong),
        row(1),
        row(5, day="昨天"),
    ]
    made = brought(ground, xlsx(rows))
    assert counts(made) == (2, 0, 0, 4)
    assert [(one["name"], one["listed_on"], one["provider"]) for one in listed()] == [
        ("企业1", date(2019, 7, 1), "泉畔云"),
        ("企业2", date(2018, 3, 1), ""),
    ]
    assert [number for number, *_rest in made.refusals] == [4, 5, 6, 7]
    assert "校验码" in made.refusals[1][3]
    assert "第 2 行" in made.refusals[2][3]
    entry = Entry.objects.filter(act="roster.imported").latest("id")
    assert json.loads(entry.body) == {"added": 2, "changed": 0, "unchanged": 0, "disputed": 0, "left_out": 4}


def test_the_same_table_twice_changes_nothing(ground):
    content = xlsx([row(n) for n in range(1, 6)])
    brought(ground, content)
    before = listed()
    assert counts(brought(ground, content)) == (0, 0, 5, 0)
    assert listed() == before


def test_what_a_table_says_anew_is_changed_and_what_it_leaves_open_is_not(ground):
    brought(ground, xlsx([row(1), row(2)]))
    made = brought(ground, xlsx([row(1, name="改名后", day="", provider=""), row(2, provider="云上云")]))
    assert counts(made) == (0, 2, 0, 0)
    assert [(one["name"], one["listed_on"], one["provider"]) for one in listed()] == [
        ("改名后", date(2019, 7, 1), "泉畔云"),
        ("企业2", date(2019, 7, 1), "云上云"),
    ]


def test_refused_rows_come_back_mended(ground):
    bad = code(2)[:-1] + ("A" if code(2)[-1] != "A" else "B")
    made = brought(ground, xlsx([row(1), row(2, code=bad), row(3, name="")]))

    def mend(cells):
        assert cells[0] == [*HEADS, "原行号", "哪里不对"]
        assert [line[-2] for line in cells[1:]] == [3, 4]
        cells[1][2], cells[2][1] = code(2), "企业3"

    again = handed_in(ground, mended(made, mend))
    assert again.columns == made.columns, "the headings are known, our own two columns aside"
    actions.start_import(
        made=again, head=again.head, columns=again.columns, actor=ground.actor("licheng"), now=ground.now
    )
    Worker(discover()).drain()
    again.refresh_from_db()
    assert counts(again) == (2, 0, 0, 0)
    assert RosterEntry.objects.count() == 3


def test_the_report_runs_nothing(ground):
    evil = '=HYPERLINK("http://x","点我")'
    made = brought(
        ground, xlsx([row(1, code="+cmd|' /C calc'!A0", name=evil), row(2, name="@SUM(1)", code="-1")])
    )
    cells = CalamineWorkbook.from_path(path(made.report)).get_sheet_by_index(0).to_python()
    assert cells[1][1] == evil
    assert cells[1][2] == "+cmd|' /C calc'!A0"
    with zipfile.ZipFile(path(made.report)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_columns_are_remembered_for_an_office_and_its_headings(ground):
    heads = ("编号", "叫什么", "证号", "哪天")
    first = handed_in(ground, xlsx([[1, "甲公司", code(1), "2019-01-05"]], heads))
    assert (first.head, first.columns) == (1, {"uscc": 2, "name": 1}), "told by what stands below"
    chosen = {"uscc": 2, "name": 1, "listed_on": 3}
    actions.start_import(made=first, head=1, columns=chosen, actor=ground.actor("licheng"), now=ground.now)
    second = xlsx([["", ""], [], [7, "乙公司", code(2), "2019-01-05"]], heads)
    assert handed_in(ground, second).columns == chosen
    assert handed_in(ground, second, "lixia").columns != chosen, "each office has its own"


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ([["名录"], ["编号", "证号", "名"]], 2),
        ([["9137", "某公司"]], 0),
        ([["名录"]], 0),
        ([], 0),
        ([["统一社会信用代码", "2019"]], 1),
    ],
)
def test_where_the_headings_are(ground, above, head):
    assert handed_in(ground, xlsx([*above, [1, code(1), "甲公司"]], ())).head == head


def test_headings_below_a_title(ground):
    made = brought(ground, xlsx([["", ""], HEADS, row(1)], ["上云企业名录"]))
    assert made.head == 3
    assert counts(made) == (1, 0, 0, 0)


def test_without_headings_what_stands_there_tells(ground):
    made = brought(ground, xlsx([[n, f"企业{n}", code(n)] for n in (1, 2)], ()))
    assert made.head == 0
    assert counts(made) == (2, 0, 0, 0)


def test_columns_must_be_matched(ground):
    made = handed_in(ground, xlsx([row(1)]))
    for columns in ({"name": 1}, {"uscc": 1, "name": 1}):
        with pytest.raises(Refused):
            actions.start_import(
                made=made, head=1, columns=columns, actor=ground.actor("licheng"), now=ground.now
            )
    assert not Job.objects.filter(kind="registry.import_roster").exists()


def test_other_districts_rows_are_not_taken(ground):
    heads = ("企业名称", "信用代码", "所属区县")
    rows = [
        ["甲", code(1), "历城区"],
        ["乙", code(2), "历下区"],
        ["丙", code(3), "历城"],
        ["丁", code(4), ""],
    ]
    made = brought(ground, xlsx(rows, heads))
    assert counts(made) == (3, 0, 0, 1)
    assert "历下区" in made.refusals[0][3]


def test_a_code_kept_as_a_number_is_told(ground):
    made = brought(ground, xlsx([row(1, code=123456789012345678)]))
    assert "存成了数字" in made.refusals[0][3]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2018-03", date(2018, 3, 1)),
        ("2019年7月", date(2019, 7, 1)),
        ("2019年7月5日", date(2019, 7, 5)),
        ("2020.3.15", date(2020, 3, 15)),
        ("2020/3/15 10:00", date(2020, 3, 15)),
        ("20200315", date(2020, 3, 15)),
        ("202003", date(2020, 3, 1)),
        ("43905", date(2020, 3, 15)),
        ("2020-13", None),
        ("2020-02-30", None),
        ("1889-01-01", None),
        ("昨天", None),
        ("12", None),
    ],
)
def test_days_in_all_their_spellings(said, day):
    assert day_of(said) == day


def test_a_day_to_come_is_refused(ground):
    made = brought(ground, xlsx([row(1, day="2020-11")]))
    assert "晚于" in made.refusals[0][3]


def test_what_was_delisted_does_not_come_back_by_itself(ground):
    brought(ground, xlsx([row(1), row(2)]))
    entry = RosterEntry.objects.get(uscc=code(1))
    actions.delist_entry(
        entry=entry, reason="已注销", seen=entry.seen, actor=ground.actor("licheng"), now=ground.now
    )
    made = brought(ground, xlsx([row(1), row(2)]))
    assert counts(made) == (0, 0, 1, 1)
    assert "已注销" in made.refusals[0][3]


class Crash(Exception):
    pass


@pytest.mark.parametrize("where", ["write", "_carried_out", "audit"])
def test_a_crash_leaves_nothing_and_the_next_try_does_all(ground, monkeypatch, where):
    made = begun(ground, xlsx([row(n) for n in range(1, 8)] + [row(9, name="")]))

    def crash(*_given, **_named):
        raise Crash

    def after(*given, **named):
        writing.write(*given, **named)
        raise Crash

    with monkeypatch.context() as patch:
        if where == "audit":
            patch.setattr(merging.audit, "append", crash)
        else:
            patch.setattr(merging, where, after if where == "write" else crash)
        Worker(discover()).drain()
    assert RosterEntry.objects.count() == 0
    Job.objects.filter(key=str(made.uid)).update(run_after=ground.now)
    Worker(discover()).drain()
    made.refresh_from_db()
    assert counts(made) == (7, 0, 0, 1)


def test_whoever_was_overtaken_writes_nothing(ground):
    made = begun(ground, xlsx([row(1)]))
    run = jobs.claim(kinds=discover(), now=ground.now)
    while run.kind != "registry.import_roster":
        run = jobs.claim(kinds=discover(), now=ground.now)
    Job.objects.filter(pk=run.id).update(attempt=run.attempt + 1)
    Worker(discover()).do(run)
    assert RosterEntry.objects.count() == 0
    made.refresh_from_db()
    assert made.ended_at is None


def test_done_is_done(ground):
    made = brought(ground, xlsx([row(1)]))
    with pytest.raises(Conflict):
        actions.start_import(
            made=made, head=1, columns=made.columns, actor=ground.actor("licheng"), now=ground.now
        )
    RosterEntry.objects.all().delete()
    ends = []
    actions.carry_out_import(
        made=made, actor=ground.actor("licheng"), now=ground.now, also=lambda: ends.append(1)
    )
    assert (RosterEntry.objects.count(), ends) == (0, [1])


def test_whoever_lost_the_seat_meanwhile_imports_nothing(ground):
    made = begun(ground, xlsx([row(1)]))
    Membership.objects.filter(user_id=made.asked_by_id).delete()
    Worker(discover()).drain()
    job = Job.objects.get(key=str(made.uid))
    assert (job.state, RosterEntry.objects.count()) == (State.FAILED, 0)
    assert "所属单位" in job.reason


@pytest.mark.parametrize("who", [("lixia", "preparer"), ("city", "preparer"), ("city", "auditor")])
def test_only_the_own_office_imports(ground, who):
    made = handed_in(ground, xlsx([row(1)]))
    stranger = ground.actor(*who)
    with pytest.raises(NotAllowed):
        actions.start_import(made=made, head=1, columns=made.columns, actor=stranger, now=ground.now)
    with pytest.raises(NotAllowed):
        actions.carry_out_import(made=made, actor=stranger, now=ground.now)
    with pytest.raises(NotAllowed):
        actions.take_in(
            authority=ground.authority("licheng"), file=made.file, name="a", listed_on=ground.now.date(),
            actor=stranger, now=ground.now,
        )  # fmt: skip


def test_progress_is_told(ground, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    made = handed_in(ground, xlsx([row(n) for n in range(1, 6)]))
    told = []
    actions.start_import(
        made=made, head=made.head, columns=made.columns, actor=ground.actor("licheng"), now=ground.now
    )
    made.refresh_from_db()
    actions.carry_out_import(
        made=made, actor=ground.actor("licheng"), now=ground.now,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(0, 6), (2, 6), (4, 6), (6, 6)]
