"""Exports: who may have which rows and columns, what the file holds, what is recorded, what is deleted."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.applications.test_lists import many
from tests.factories.applications import make_application

from xingyun.applications.models import Application, Submission
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.audit.verify import verify
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.jobs.states import State as JobState
from xingyun.lists import actions, queries
from xingyun.lists.models import Definition, Export
from xingyun.registry.models import Enterprise, Membership

PHONE = "contact:contact_phone"
WITH_PHONE = {"columns": ["name", PHONE], "reason": "电话通知补正"}


def table(export):
    export.refresh_from_db()
    return CalamineWorkbook.from_path(path(export.file)).get_sheet_by_index(0).to_python()


def lines(export):
    export.refresh_from_db()
    text = path(export.file).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "old Excel takes it for UTF-8 by this alone"
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))


def test_rows_are_those_of_the_queue_in_its_order(ground, now, export, work):
    many(ground, 60, now)
    made = export(ground.actor("licheng"), "licheng", ["number", "state"], query="level=star-3&sort=oldest")
    work()
    rows = table(made)
    assert rows[0] == ["申请编号", "状态"]
    assert [row[0] for row in rows[1:31]] == [f"X-{n:05d}" for n in range(1, 60, 2)]
    assert made.rows == 30
    assert "licheng preparer" in rows[-1][0]
    assert str(made.uid)[:8] in rows[-1][0]


@pytest.mark.parametrize("batch", [7, 60, 2000])
def test_batches_neither_lose_nor_double(ground, now, export, work, monkeypatch, batch):
    monkeypatch.setattr("xingyun.lists.queries.lines.BATCH", batch)
    many(ground, 60, now)
    made = export(ground.actor("licheng"), "licheng", ["number"], form="csv")
    work()
    assert sorted(row[0] for row in lines(made)[1:]) == [f"X-{n:05d}" for n in range(60)]


def test_every_column_of_a_real_application(ground, export, work):
    made = make_application(ground, state="accepted", authority="licheng", level="star-3")
    columns = list(queries.known(ground.book))
    one = export(ground.actor("licheng"), "licheng", columns, reason="核对", form="csv")
    work()
    [heads, values, stamp] = lines(one)
    told = dict(zip(heads, values, strict=True))
    assert told["企业名称"] == made.enterprise.name
    assert told["状态"] == "已受理"
    assert told["申报级别"] == "三星级"
    assert told["办公电话"] == "0531-66600000"
    assert "不得转发" in stamp[0]


def test_what_is_being_mended_is_not_told(ground, export, work):
    made = make_application(ground, state="returned", authority="licheng")
    Application.objects.filter(pk=made.application.pk).update(
        answers={**made.application.answers, "contact_phone": "13911112222"}
    )
    one = export(ground.actor("licheng"), "licheng", form="csv", **WITH_PHONE)
    work()
    assert lines(one)[1][1] == "0531-66600000"


@pytest.mark.parametrize("evil", ["=1+1", "+86 531", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_cell_becomes_a_formula(ground, now, export, work, evil):
    many(ground, 1, now)
    Enterprise.objects.filter(name__startswith="云程").update(name=evil)
    one, two = (export(ground.actor("licheng"), "licheng", ["name"], form=form) for form in ("csv", "xlsx"))
    work()
    assert path(File.objects.get(pk=Export.objects.get(pk=one.pk).file_id)).read_bytes().count(b"'") == 1
    assert lines(one)[1][0].startswith("'")
    assert table(two)[1][0].strip() == evil.strip()


def test_another_district_finance_and_enterprises_get_nothing(ground, now, export, work):
    many(ground, 3, now)
    made = make_application(ground, state="submitted", authority="licheng")
    for actor in (ground.actor("licheng", "countersigner"), made.actor, ground.actor("city", "admin")):
        with pytest.raises(NotAllowed):
            export(actor, "licheng", ["number"])
    for actor in (ground.actor("lixia"), ground.actor("city")):
        with pytest.raises(NotAllowed):
            export(actor, "licheng", ["number"])
    other = export(ground.actor("lixia"), "lixia", ["number"])
    above = export(ground.actor("city"), "city", ["number"])
    work()
    assert [len(table(one)) for one in (other, above)] == [3, 3], "heads, a blank line and who exported"


def test_only_a_seat_in_the_office_counts_whatever_else_one_holds(ground, now, export, work):
    """A person of two offices exports from one of them what that one sees."""
    many(ground, 4, now)
    both = ground.actor("lixia")
    Membership.objects.create(
        user_id=both.user_id, authority=ground.authority("licheng"), role="preparer", valid_from="2019-01-01"
    )
    made = export(both, "lixia", ["number"], shared=True)
    work()
    made.refresh_from_db()
    assert made.rows == 0


def test_who_asked_has_it_and_the_office_if_it_is_shared(ground, now, export, work):
    many(ground, 2, now)
    asked, colleague = ground.actor("licheng"), ground.actor("licheng", "reviewer")
    mine = export(asked, "licheng", ["number"])
    ours = export(asked, "licheng", ["number"], shared=True)
    work()
    assert queries.export(colleague, ours.uid) == ours
    assert actions.take_export(export=queries.export(asked, mine.uid), actor=asked, now=now)
    strangers = [
        ground.actor(*who)
        for who in (("lixia",), ("city",), ("city", "auditor"), ("licheng", "countersigner"))
    ]
    for actor in (colleague, *strangers):
        assert mine not in queries.exports(actor)
        with pytest.raises(NotAllowed):
            queries.export(actor, mine.uid)
        with pytest.raises(NotAllowed):
            actions.take_export(export=mine, actor=actor, now=now)
    for actor in strangers:
        assert not queries.exports(actor).exists()
        with pytest.raises(NotAllowed):
            queries.export(actor, ours.uid)


def test_who_left_the_office_gets_nothing_any_more(ground, now, export, work):
    many(ground, 2, now)
    actor = ground.actor("licheng")
    made = export(actor, "licheng", ["number"])
    Membership.objects.filter(user_id=actor.user_id).delete()
    work()
    made.refresh_from_db()
    assert (made.ended_at, made.file) == (None, None)
    assert Job.objects.get(kind="lists.export").state == JobState.FAILED


def test_contacts_need_a_reason_and_a_seat_that_works_with_them(ground, export, work):
    make_application(ground, state="submitted", authority="licheng")
    with pytest.raises(Refused) as refused:
        export(ground.actor("licheng"), "licheng", ["name", PHONE], reason="  ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        export(ground.actor("licheng", "reader"), "licheng", **WITH_PHONE)
    assert refused.value.field == "columns"
    made = export(ground.actor("licheng"), "licheng", shared=True, **WITH_PHONE)
    work()
    rows = table(made)
    assert "不得转发" in rows[0][0]
    assert "不得转发" in rows[-1][0]
    assert rows[2][1] == "0531-66600000"
    with pytest.raises(NotAllowed):
        queries.export(ground.actor("licheng", "reader"), made.uid)
    assert queries.export(ground.actor("licheng", "signatory"), made.uid)


def test_an_auditor_exports_everything_and_is_recorded_too(ground, now, export, work):
    make_application(ground, state="submitted", authority="licheng")
    make_application(ground, state="submitted", authority="lixia")
    auditor = ground.actor("city", "auditor")
    with pytest.raises(Refused, match="只能自己下载"):
        export(auditor, "city", ["name"], shared=True)
    made = export(auditor, "city", **WITH_PHONE)
    work()
    made.refresh_from_db()
    assert made.rows == 2
    actions.take_export(export=made, actor=auditor, now=now)
    entries = Entry.objects.filter(stream__name="authority:city", act__startswith="export.").order_by("seq")
    assert [(e.act, e.actor, e.facts["contacts"]) for e in entries] == [
        ("export.made", auditor.id, True),
        ("export.taken", auditor.id, True),
    ]


def test_the_record_says_who_when_which_and_how_many_and_names_nobody(ground, now, export, work):
    made = make_application(ground, state="submitted", authority="licheng")
    name = made.enterprise.name[:4]
    one = export(
        ground.actor("licheng"), "licheng", keep="电话表", query=f"q={name}&state=submitted", **WITH_PHONE
    )
    work()
    entry = Entry.objects.get(act="export.made")
    assert entry.facts == {
        "export": str(one.uid),
        "definition": str(Definition.objects.get().uid),
        "round": str(ground.round.uid),
        "columns": ["name", PHONE],
        "contacts": True,
        "rows": 1,
        "states": ["submitted"],
        "level": "",
        "doubts": False,
        "searched": True,
    }
    for word in (name, "电话表", "电话通知补正", "0531"):
        assert word not in entry.body
    assert list(verify()) == []


def test_a_definition_is_its_offices(ground, export, work):
    export(ground.actor("licheng"), "licheng", ["name"], keep="周报", query="state=submitted")
    kept = Definition.objects.get()
    assert list(queries.definitions(ground.actor("licheng", "reader"), ground.round.programme_id)) == [kept]
    for other in (ground.actor("lixia"), ground.actor("city", "auditor")):
        with pytest.raises(NotAllowed):
            queries.definition(other, kept.uid)
        with pytest.raises(NotAllowed):
            actions.delete_definition(definition=kept, actor=other)
    with pytest.raises(Refused) as refused:
        export(ground.actor("licheng"), "licheng", ["name"], keep="周报")
    assert refused.value.field == "keep"
    assert Export.objects.count() == 1, "what can't be kept is not begun either"
    with pytest.raises(NotAllowed):
        export(ground.actor("licheng", "reader"), "licheng", ["name"], keep="另一个")
    actions.delete_definition(definition=kept, actor=ground.actor("licheng", "reviewer"))
    with pytest.raises(Conflict):
        actions.delete_definition(definition=kept, actor=ground.actor("licheng"))


def test_no_column_and_too_many_waiting(ground, export):
    for columns in ([], ["nonsense", "contact:nonsense"]):
        with pytest.raises(Refused) as refused:
            export(ground.actor("licheng"), "licheng", columns)
        assert refused.value.field == "columns"
    for _n in range(5):
        export(ground.actor("licheng"), "licheng", ["name"])
    with pytest.raises(Refused, match="已有 5 份"):
        export(ground.actor("licheng"), "licheng", ["name"])


def test_too_long_a_list_is_refused_with_what_to_do(ground, now, export, work, monkeypatch):
    monkeypatch.setattr("xingyun.lists.actions.making.MOST", 2)
    many(ground, 3, now)
    made = export(ground.actor("licheng"), "licheng", ["name"])
    work()
    assert "缩小筛选" in Job.objects.get(key=str(made.uid)).error


def test_after_seven_days_the_file_is_gone_and_what_was_exported_stays_known(
    ground, now, export, work, django_capture_on_commit_callbacks
):
    many(ground, 2, now)
    actor = ground.actor("licheng")
    made = export(actor, "licheng", ["number"])
    work()
    made.refresh_from_db()
    place, later = path(made.file), now + timedelta(days=7)
    assert actions.purge_exports(now=later - timedelta(seconds=1)) == 0
    with pytest.raises(Conflict, match="已过期"):
        actions.take_export(export=made, actor=actor, now=later)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_exports(now=later) == 1
    made.refresh_from_db()
    assert (made.file, made.rows) == (None, 2)
    assert not place.exists()
    assert actions.purge_exports(now=later) == 0


def test_content_that_another_row_names_stays(ground, now, export, work):
    actor = ground.actor("licheng")
    one, two = (export(actor, "licheng", ["number"], form="csv") for _n in range(2))
    work()
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.file == two.file
    Export.objects.filter(pk=two.pk).update(expires_at=now + timedelta(days=30))
    assert actions.purge_exports(now=now + timedelta(days=8)) == 0
    assert path(two.file).exists()


def test_a_try_that_was_cut_short_leaves_nothing_behind(
    ground, now, export, work, monkeypatch, django_capture_on_commit_callbacks
):
    """Killed between writing and recording: the next try takes the place of what was written."""
    many(ground, 2, now)
    made = export(ground.actor("licheng"), "licheng", ["number"])

    def die(*_given, **_more):
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr("xingyun.lists.actions.making._record", die)
        with pytest.raises(SystemExit):
            work()
    made.refresh_from_db()
    assert made.ended_at is None
    first = made.file
    assert first is not None
    many_more = Application.objects.order_by("id").first()
    Application.objects.filter(pk=many_more.pk).update(number="另一个")
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=now - timedelta(days=3650))
    with django_capture_on_commit_callbacks(execute=True):
        work()
    made.refresh_from_db()
    assert made.ended_at is not None
    assert made.file != first
    assert not File.objects.filter(pk=first.pk).exists()
    assert not path(first).exists()
    assert Entry.objects.filter(act="export.made").count() == 1


def test_done_twice_it_is_the_same_file(ground, now, export):
    many(ground, 5, now)
    actor = ground.actor("licheng")
    made = export(actor, "licheng", ["number", "submitted_at"])
    digests = set()
    for _n in range(2):
        Export.objects.update(ended_at=None, expires_at=None)
        made.refresh_from_db()
        actions.make_export(
            export=made, actor=actor, now=now, progress=lambda *_: None, check=lambda: None, also=lambda: None
        )
        made.refresh_from_db()
        digests.add(made.file.sha256)
    assert len(digests) == 1


@pytest.mark.parametrize("item_count", [10, 1000])
def test_a_batch_costs_as_much_whatever_is_in_it(ground, now, item_count):
    many(ground, item_count, now)
    made = make_application(ground, state="accepted", authority="licheng")
    assert Submission.objects.filter(application=made.application).exists()
    columns = list(queries.known(ground.book).values())
    filters = queries.Choice().filters(ground.round.pk)
    with CaptureQueriesContext(connection) as captured:
        rows = list(queries.rows(ground.actor("licheng"), filters, columns, lambda _done: None))
    assert len(rows) == item_count + 1
    assert len(captured) == 6
