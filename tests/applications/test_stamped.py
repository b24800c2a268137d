"""Printed, stamped, scanned, matched: brought in any order, told page by page, taken, put into the book."""

from pathlib import Path

import pytest
from tests.applications.stamping import (
    Work,
    add,
    bound,
    bring,
    count,
    given,
    needed,
    scanned,
    type_into,
)
from tests.factories.applications import Made, make_application, pdf
from tests.factories.ground import Ground, make_enterprise

from xingyun.applications import actions, queries
from xingyun.applications.models import Booklet, ScanReading, StampedPage, StampedScan, Submission
from xingyun.applications.queries.booklets import printed
from xingyun.applications.queries.stamped import scan_of as live_scan
from xingyun.applications.queries.stamped import stamped_pages, unstamped
from xingyun.applications.states import ScanState
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.files.models import File
from xingyun.files.queries import path


@pytest.fixture
def made(ground: Ground) -> Made:
    """A draft that is complete but for the book."""
    return make_application(ground)


def kinds(reading: ScanReading) -> list[tuple[str, int | None]]:
    return [(row["kind"], row["number"]) for row in reading.found]


def stated(made: Made) -> list[str]:
    """What the book is told to lack."""
    return [f.text for f in queries.workspace(made.fresh()).verdict.blocking]


def test_shuffled_and_in_two_files_it_is_the_whole_book(made: Made, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    numbers = needed(booklet)
    assert len(numbers) > 4
    reading = bring(made, scanned(booklet, tmp_path, numbers[3:][::-1], seals=True), work)
    assert kinds(reading) == [("fits", number) for number in numbers[3:][::-1]]
    again = bring(made, scanned(booklet, tmp_path, numbers[:3], seals=True), work, "照片.pdf")
    assert again.pk == reading.pk
    assert [row["file"] for row in again.found][-1] == "照片.pdf"
    actions.take_scan(scan=reading.uid, placed={}, **given(made))
    work()
    scan = live_scan(booklet)
    assert scan is not None
    assert scan.unsealed == []
    assert count(path(scan.file)) == len(numbers)
    assert scan.bound is not None
    assert count(path(scan.bound)) == booklet.pages, "one to one: no number moves"
    assert stated(made) == []
    entry = Entry.objects.get(act="application.scan.taken")
    assert f'"pages":{str(numbers).replace(" ", "")}' in entry.body.replace(" ", "")


def test_what_is_missing_is_named_and_brought_later(made: Made, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    numbers = needed(booklet)
    reading = bring(made, scanned(booklet, tmp_path, [n for n in numbers if n != numbers[1]]), work)
    actions.take_scan(scan=reading.uid, placed={}, **given(made))
    work()
    assert live_scan(booklet) is None
    assert stated(made) == [f"盖章扫描件还差第 {numbers[1]} 页。"]
    with pytest.raises(Refused):
        actions.submit(application=made.application, actor=made.actor, now=made.ground.now)
    add(made, scanned(booklet, tmp_path, [numbers[1]]), work)
    assert stated(made) == []
    made.application = made.fresh()
    actions.submit(application=made.application, actor=made.actor, now=made.ground.now)
    assert Submission.objects.get().scan == live_scan(booklet).file


def test_a_change_outdates_exactly_the_page_that_shows_it(made: Made, work: Work, tmp_path: Path) -> None:
    old = bound(made, work)
    add(made, scanned(old, tmp_path), work)
    type_into(made, "scope", "改了一句")
    space = queries.workspace(made.fresh())
    assert (space.booklet, space.scan) == (None, None)
    assert "以前的版本" in stated(made)[0]
    with pytest.raises(Refused, match="还没有成册"):
        actions.bring_scan(file=pdf("x", 1, made.ground.now), name="x.pdf", **given(made))
    new = bound(made, work)
    assert new.version == 2
    changed = [s.number for s in unstamped(new, stamped_pages(new))]
    before = {(s.number, s.code.digest) for s in printed(old)}
    assert changed == [s.number for s in printed(new) if s.needed and (s.number, s.code.digest) not in before]
    assert 0 < len(changed) < len(needed(new)) / 2
    assert stated(made) == [f"盖章扫描件还差第 {'、'.join(map(str, changed))} 页。"]
    # The page of the old book is known as such; the new one completes the book.
    reading = bring(made, scanned(old, tmp_path, changed), work)
    assert kinds(reading) == [("outdated", number) for number in changed]
    with pytest.raises(Refused, match="没有可以采用的页"):
        actions.take_scan(scan=reading.uid, placed={}, **given(made))
    actions.drop_scan(scan=reading.uid, **given(made))
    scan = add(made, scanned(new, tmp_path, changed), work)
    assert stated(made) == []
    assert count(path(scan.file)) == len(needed(new))


def test_evidence_that_no_form_page_cites_leaves_every_stamp(made: Made, work: Work, tmp_path: Path) -> None:
    """One more file behind all that is cited: nothing to print, the new book is bound by itself."""
    old = bound(made, work)
    add(made, scanned(old, tmp_path), work)
    space = queries.workspace(made.fresh())
    last = [slot for m in space.materials if not m.material.made_by_system for slot in m.slots][-1]
    actions.attach(
        file=pdf("one more", 3, made.ground.now), name="又一份.pdf", material=last.slot.key, **given(made)
    )
    new = bound(made, work)
    assert new.version == 2
    assert unstamped(new, stamped_pages(new)) == []
    work()
    scan = live_scan(new)
    assert scan is not None
    assert scan.bound is not None
    assert count(path(scan.bound)) == new.pages > old.pages
    assert stated(made) == []


def test_foreign_and_needless_pages_are_named(ground: Ground, made: Made, work: Work, tmp_path: Path) -> None:
    other = make_application(ground)
    strange = bound(other, work)
    booklet = bound(made, work)
    first = needed(booklet)[0]
    bring(made, scanned(strange, tmp_path, [first]), work, "别家.pdf")
    opinion = next(s.number for s in printed(booklet) if not s.needed)
    reading = bring(made, scanned(booklet, tmp_path, [first, opinion, first]), work)
    assert kinds(reading) == [("foreign", first), ("fits", first), ("fits", opinion), ("double", first)]
    assert reading.found[0]["whose"] == other.application.number
    assert actions.take_scan(scan=reading.uid, placed={}, **given(made)) == [first, opinion]


def test_a_seal_that_was_not_seen_is_a_hint(made: Made, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    scan = add(made, scanned(booklet, tmp_path), work)
    assert scan.unsealed == queries.sealed_pages(booklet)
    space = queries.workspace(made.fresh())
    assert not space.verdict.blocking
    assert any("没有认出公章" in finding.text for finding in space.verdict.of("judge"))


def test_a_page_without_a_code_is_placed_by_hand(made: Made, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    numbers = needed(booklet)
    bring(made, scanned(booklet, tmp_path, numbers[1:]), work)
    reading = bring(made, pdf("no code on it", 1, made.ground.now), work)
    row = next(n for n, found in enumerate(reading.found) if found["kind"] == "unread")
    for wrong in ({row: numbers[1]}, {row: 9999}):
        with pytest.raises(Refused, match="请重新选择"):
            actions.take_scan(scan=reading.uid, placed=wrong, **given(made))
    with pytest.raises(Conflict):
        actions.take_scan(scan=reading.uid, placed={0: numbers[0]}, **given(made))
    assert actions.take_scan(scan=reading.uid, placed={row: numbers[0]}, **given(made)) == numbers
    assert StampedPage.objects.get(by_hand=True).number == numbers[0]
    work()
    assert live_scan(booklet) is not None


def test_files_that_are_not_taken(made: Made, work: Work) -> None:
    booklet = bound(made, work)
    odd = File.objects.create(sha256="0" * 64, size=1, kind="text/plain", created_at=made.ground.now)
    with pytest.raises(Refused, match="PDF、JPG 或 PNG"):
        actions.bring_scan(file=odd, name="x.txt", **given(made))
    with pytest.raises(Refused, match="400 页"):
        actions.bring_scan(file=pdf("long", 401, made.ground.now), name="x.pdf", **given(made))
    one = pdf("x", 1, made.ground.now)
    first = actions.bring_scan(file=one, name="x.pdf", **given(made))
    assert actions.bring_scan(file=one, name="x.pdf", **given(made)) == first
    assert Entry.objects.filter(act="application.scan.added").count() == 1
    with pytest.raises(Conflict, match="正在识别"):
        actions.take_scan(scan=first.uid, placed={}, **given(made))
    assert live_scan(booklet) is None


def test_a_new_book_drops_the_open_scan_of_the_old(made: Made, work: Work, tmp_path: Path) -> None:
    old = bound(made, work)
    reading = bring(made, scanned(old, tmp_path), work)
    type_into(made, "scope", "改了一句")
    new = bound(made, work)
    later = bring(made, scanned(new, tmp_path), work)
    reading.refresh_from_db()
    assert (reading.state, later.state) == (ScanState.DROPPED, ScanState.READ)
    with pytest.raises(Conflict, match="已经处理过"):
        actions.take_scan(scan=reading.uid, placed={}, **given(made))


def test_only_the_applicant_scans(made: Made, ground: Ground, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    reading = bring(made, scanned(booklet, tmp_path), work)
    _enterprise, stranger = make_enterprise(ground, "licheng")
    for actor in (stranger, ground.actor("licheng")):
        about = {"application": made.application, "actor": actor, "now": ground.now}
        with pytest.raises(NotAllowed):
            actions.bring_scan(file=pdf("x", 1, ground.now), name="x.pdf", **about)
        with pytest.raises(NotAllowed):
            actions.take_scan(scan=reading.uid, placed={}, **about)
        with pytest.raises(NotAllowed):
            actions.drop_scan(scan=reading.uid, **about)
    assert not StampedPage.objects.exists()


def test_work_done_twice_is_done_once(made: Made, work: Work, tmp_path: Path) -> None:
    booklet = bound(made, work)
    first = add(made, scanned(booklet, tmp_path), work)
    for _n in range(2):
        actions.booklets.enqueue_stamped(booklet=booklet, owner=None, now=made.ground.now)
        work()
    assert list(StampedScan.objects.all()) == [first]
    assert Booklet.objects.get() == booklet
