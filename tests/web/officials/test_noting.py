"""Notes and progress on the desk's pages."""

import re

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import make_file
from tests.web.officials.counting import queries

from xingyun.applications.models import Attachment, StampedScan
from xingyun.applications.queries import latest_submission
from xingyun.evidence.models import Finding
from xingyun.reviews.models import Note, PageRead
from xingyun.web.officials.panes import shown, upright

pytestmark = pytest.mark.django_db
HERE = "?at=material%3Ainvoices"


@pytest.fixture
def made(ground):
    return make_application(ground, state="submitted", authority="licheng")


@pytest.fixture
def sheet(made):
    return Attachment.objects.get(application=made.application, material="invoices", removed_at=None)


@pytest.fixture
def desk(made):
    return f"/officials/applications/{made.application.uid}/"


def note(sheet, **more):
    given = {"source": str(sheet.uid), "number": "1", "turn": "0", "left": "30", "top": "42.5"}
    return {**given, "text": "请换成清楚的扫描件。", "place": "material:invoices", "clause": "二、3", **more}


def finding(made, sheet, n=1, **more):
    given = {
        "page": 1,
        "box": [600, 80 * n, 900, 80 * n + 40],
        "zh": f"日期不对 {n}。",
        "en": f"wrong date {n}",
        "check_key": "dates",
    }
    return Finding.objects.create(
        dossier=made.application.dossier, fingerprint=f"f{n}", file=sheet.file,
        clause="二、3", repair_zh="请换一张。", repair_en="Take another.", found_at=made.ground.now,
        **{**given, **more},
    )  # fmt: skip


def text(client, address):
    return client.get(address).content.decode()


def test_a_note_is_a_flag_on_the_page_and_a_row_of_the_notice(officer, desk, sheet):
    sent = officer.post(desk + "notes/" + HERE, note(sheet))
    assert sent.headers["Location"] == desk + HERE
    page = text(officer, desk + HERE)
    high = int(re.search(r'class="marks" viewBox="0 0 1000 (\d+)"', page)[1])
    assert f'class="pinned" transform="translate(300 {425 * high // 1000})"' in page
    assert "1 条，退回时一次告知" in page
    assert "退回补正（1 条）" in page
    form = text(officer, desk + "return/")
    assert f"“{sheet.name}”第 1 页：请换成清楚的扫描件。</textarea>" in form
    assert f'name="note" value="{Note.objects.get().pk}"' in form
    assert '<option value="material:invoices" selected>' in form


def test_the_notice_that_is_sent_takes_the_note_up(officer, desk, sheet):
    officer.post(desk + "notes/" + HERE, note(sheet))
    kept = Note.objects.get()
    row = {"place": ["material:invoices"], "clause": ["二、3"], "text": ["请换。"], "due": "2020-10-23"}
    again = officer.post(desk + "return/", {**row, "note": [kept.pk], "due": "2020-01-01"})
    assert f'name="note" value="{kept.pk}"' in again.content.decode()
    officer.post(desk + "return/", {**row, "note": [kept.pk]})
    kept.refresh_from_db()
    assert kept.of is not None
    assert 'class="pinned"' not in text(officer, desk + HERE)


def test_what_was_typed_is_kept_when_it_is_refused(officer, desk, sheet):
    answer = officer.post(desk + "notes/" + HERE, note(sheet, left="140", text="位置不对的一条"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "位置请填 0 到 100 之间的数" in page
    assert "位置不对的一条</textarea>" in page
    assert 'name="left" type="number" min="0" max="100" step="0.1" value="140"' in page
    assert not Note.objects.exists()
    for wrong in ("nan", "x", ""):
        assert officer.post(desk + "notes/" + HERE, note(sheet, top=wrong)).status_code == 422


def test_a_file_that_is_another_applications_is_none(officer, desk, sheet, ground):
    other = make_application(ground, state="submitted", authority="licheng")
    theirs = Attachment.objects.filter(application=other.application, material="invoices").get()
    for source in (str(theirs.uid), "nothing"):
        assert officer.post(desk + "notes/", note(sheet, source=source)).status_code == 404
        assert officer.post(desk + "read/", {"source": source, "number": "1"}).status_code == 404
    assert not Note.objects.exists()
    assert not PageRead.objects.exists()


def test_a_note_stays_at_its_place_when_the_page_is_turned(officer, desk, sheet):
    officer.post(desk + "notes/" + HERE, note(sheet, turn="1", left="10", top="20"))
    kept = Note.objects.get()
    assert (kept.x, kept.y) == (200, 900)
    for turn in range(4):
        assert upright(*shown(200, 900, turn), turn) == (200, 900)
    assert 'transform="translate(100 ' in text(officer, desk + HERE + "&turn=1")


def test_f_goes_through_the_findings_and_n_begins_with_what_is_odd(officer, desk, made, sheet):
    first, second = (finding(made, sheet, n) for n in (1, 2))
    elsewhere = Attachment.objects.get(application=made.application, material="spend-audit", removed_at=None)
    third = finding(made, elsewhere, 3, check_key="sums")
    seen, at = [], desk
    for _step in range(4):
        at = desk + re.search(r'data-key="f" class="nw" href="([^"]+)"', text(officer, at))[1].replace(
            "&amp;", "&"
        )
        seen.append(int(re.search(r"finding=(\d+)", at)[1]))
    assert seen == [first.pk, second.pk, third.pk, first.pk]
    page = text(officer, at)
    assert "日期不对 1。请换一张。</textarea>" in page
    assert '<option value="二、3" selected>' in page
    assert 'name="left" type="number" min="0" max="100" step="0.1" value="90"' in page


def test_what_is_shared_with_another_applicant_is_never_put_into_a_notice(officer, desk, made, sheet, ground):
    other = make_application(ground, state="submitted", authority="licheng")
    found = finding(made, sheet, across=True, other=other.application.dossier, zh="与某某公司的发票同号。")
    page = text(officer, f"{desk}{HERE}&finding={found.pk}")
    assert re.search(r'<textarea id="note"[^>]*></textarea>', page)
    assert '<option value="二、3" selected>' in page


def test_progress_is_kept_for_each_officer(officer, sign_in, desk, sheet):
    before = re.search(r">您看过 (\d+) 页，共 (\d+) 页", text(officer, desk))
    assert before[1] == "0"
    assert "标为看过" in text(officer, desk + HERE)
    done = officer.post(desk + "read/" + HERE, {"source": str(sheet.uid), "number": "1"})
    assert done.headers["Location"] == desk + HERE
    officer.post(desk + "read/" + HERE, {"source": str(sheet.uid), "number": "1"})
    after = text(officer, desk + HERE)
    assert re.search(r">您看过 (\d+) 页，共 (\d+) 页", after).groups() == ("1", before[2])
    assert "标为看过" not in after
    assert ">您看过 0 页" in text(sign_in("licheng", "reviewer"), desk)


def test_the_book_repeats_pages_and_does_not_count(officer, desk):
    officer.post(desk + "read/", {"source": "book", "number": "1"})
    page = text(officer, desk + "?at=book")
    assert ">您看过 0 页" in page
    assert PageRead.objects.count() == 1


def test_what_was_seen_and_noted_in_the_book_stays_when_pages_of_it_are_replaced(officer, desk, made, ground):
    here = desk + "?at=book"

    def told():
        page = text(officer, here)
        entry = re.search(r'at=book"[^>]*aria-current="true".*?</a>', page, re.DOTALL)[0]
        return re.search(r">(\d+)/\d+<", entry)[1], page.count('class="pinned" transform')

    where = {"source": "book", "number": "1", "turn": "0", "left": "30", "top": "42.5"}
    officer.post(desk + "read/?at=book", where)
    officer.post(desk + "notes/?at=book", {**where, "text": "看不清。", "place": "form", "clause": "二、3"})
    assert told() == ("1", 1)
    handed_in = latest_submission(made.application)
    replaced = StampedScan.objects.filter(booklet=handed_in.booklet, file=handed_in.scan)
    assert replaced.update(bound=make_file(b"with stamped pages", ground.now)) == 1
    assert told() == ("1", 1)
    officer.post(desk + "read/?at=book", {**where, "number": "2"})
    assert told() == ("2", 1)


def test_how_many_notes_there_are_costs_no_more(officer, desk, sheet):
    officer.post(desk + "notes/" + HERE, note(sheet))
    one = queries(officer, desk + HERE)
    for n in range(12):
        officer.post(desk + "notes/" + HERE, note(sheet, text=f"第 {n} 条"))
    assert queries(officer, desk + HERE) == one


def test_who_only_reads_has_no_form_for_notes(sign_in, desk, sheet):
    reader = sign_in("licheng", "reader")
    page = text(reader, desk + HERE)
    assert 'data-key="n"' not in page
    assert reader.post(desk + "notes/" + HERE, note(sheet)).status_code == 404
