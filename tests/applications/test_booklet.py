"""The book and its scan: made of what was asked for, once, whatever happens on the way."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from django.conf import settings
from django.db import connection
from tests.applications.stamping import Work, add, ask, bound, count, needed, scanned, type_into
from tests.factories.applications import Made, make_application
from tests.factories.ground import Ground, make_enterprise

from xingyun.applications import actions, queries
from xingyun.applications.models import Booklet
from xingyun.applications.states import BookletState, State
from xingyun.audit.errors import Conflict, NotAllowed
from xingyun.audit.models import Entry
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover
from xingyun.jobs.states import State as JobState
from xingyun.jobs.worker import Worker
from xingyun.messages.models import Message
from xingyun.papers.queries import papers


@pytest.fixture
def made(ground: Ground) -> Made:
    """A draft that is complete but for the book."""
    return make_application(ground)


def test_what_is_filled_in_is_kept_as_word_with_the_pages_of_the_book(made: Made, work: Work) -> None:
    booklet = bound(made, work)
    assert booklet.word is not None
    document = docx.Document(str(path(booklet.word)))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert made.enterprise.name in cells
    assert made.enterprise.uscc in cells
    pages = [printed for printed in booklet.plan["pages"].values() if printed]
    assert pages
    assert set(pages) <= cells, "the checklist tells the pages of the bound book"


def test_from_the_book_to_the_receipt(made: Made, work: Work, tmp_path: Path) -> None:
    """The whole way with real papers: book, sealed scan, submission, receipt."""
    booklet = bound(made, work)
    assert booklet.file is not None
    assert booklet.pages == count(path(booklet.file))
    assert Message.objects.filter(user_id=made.actor.user_id, dedupe_key__startswith="booklet:").count() == 1
    job = Job.objects.get(kind="applications.booklet")
    assert (job.state, job.progress) == (JobState.DONE, booklet.pages)
    add(made, scanned(booklet, tmp_path), work)
    submission = actions.submit(application=made.application, actor=made.actor, now=made.ground.now)
    work()
    paper = papers(made.application.stream, "receipt").get()
    assert paper.number == f"{made.application.number}-R1"
    document = pdfium.PdfDocument(path(paper.file))
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert submission.entry_hash in text
    assert "2020年10月12日09:00:00" in text


def test_the_same_inputs_are_the_same_book(made: Made, work: Work) -> None:
    first = bound(made, work)
    again = ask(made)
    assert again.pk == first.pk
    assert Job.objects.filter(kind="applications.booklet").count() == 1
    assert Entry.objects.filter(act="application.booklet.asked").count() == 1


def test_a_double_click_asks_once(made: Made, work: Work) -> None:
    assert ask(made).pk == ask(made).pk
    assert work() >= 1
    assert Booklet.objects.count() == 1


def test_what_is_typed_meanwhile_does_not_get_into_it(made: Made, work: Work) -> None:
    booklet = ask(made)
    type_into(made, "scope", "后来写的")
    work()
    booklet.refresh_from_db()
    assert booklet.state == BookletState.READY
    assert booklet.file is not None
    document = pdfium.PdfDocument(path(booklet.file))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "后来写的" not in text
    assert queries.current_booklet(made.fresh()) is None


def test_going_back_to_what_was_finds_its_book_and_scan_again(made: Made, work: Work, tmp_path: Path) -> None:
    before = made.fresh().answers["scope"]
    add(made, scanned(bound(made, work), tmp_path), work)
    type_into(made, "scope", "别的")
    type_into(made, "scope", before)
    assert queries.workspace(made.fresh()).scan is not None


def test_only_the_applicant_binds(made: Made, ground: Ground) -> None:
    _enterprise, stranger = make_enterprise(ground, "licheng")
    for actor in (stranger, ground.actor("licheng")):
        with pytest.raises(NotAllowed):
            actions.make_booklet(application=made.application, actor=actor, now=ground.now)


def test_nothing_is_bound_after_submission(ground: Ground) -> None:
    made = make_application(ground, state=State.SUBMITTED)
    with pytest.raises(Conflict):
        ask(made)


def test_signs_without_a_glyph_fail_in_words(made: Made, work: Work) -> None:
    type_into(made, "scope", "云上\U0010fffd业务")
    booklet = ask(made)
    work()
    booklet.refresh_from_db()
    assert booklet.state == BookletState.FAILED
    assert "\U0010fffd" in booklet.error
    assert ask(made).state == BookletState.MAKING


def test_the_authority_s_place_is_not_the_applicant_s_to_seal(made: Made, work: Work) -> None:
    assert queries.sealed_pages(ask(made)) == []
    booklet = bound(made, work)
    places = {key: page for key, page, _x, _y in booklet.plan["marks"]}
    assert queries.sealed_pages(booklet) == [places["seal:cover"], places["seal:pledge"]]
    assert places["seal:opinion"] not in needed(booklet)


def test_names_of_files_are_printed_without_what_they_are_on_a_disk(made: Made, work: Work) -> None:
    booklet = bound(made, work)
    assert booklet.file is not None
    with pikepdf.open(path(booklet.file)) as pdf, pdf.open_outline() as outline:
        titles = [line.title for top in outline.root for line in top.children]
    assert titles
    assert not any(title.lower().endswith((".pdf", ".png", ".jpg")) for title in titles)


def kept() -> set[str]:
    """The names of the pieces that are kept."""
    return {path.name for path in Path(settings.KEPT_ROOT).glob("??/*") if not path.suffix}


def test_a_field_changed_makes_only_what_shows_it_anew(made: Made, work: Work) -> None:
    """The form, and the contents, which name the version: two pieces, no file."""
    bound(made, work)
    before = kept()
    type_into(made, "scope", "改了一句")
    assert bound(made, work).version == 2
    assert len(kept() - before) == 2


def test_kept_pieces_or_none_it_is_the_same_book(made: Made, work: Work) -> None:
    first = bound(made, work)
    digests = {first.file.sha256 if first.file else ""}
    for emptied in (False, True):
        Booklet.objects.all().delete()
        if emptied:
            shutil.rmtree(settings.KEPT_ROOT)
        before = kept()
        again = bound(made, work)
        digests.add(again.file.sha256 if again.file else "")
        assert bool(kept() - before) == emptied
    assert len(digests) == 1
    assert list(Path(settings.WORK_ROOT).iterdir()) == []


class Killed(BaseException):
    """As sudden as kill -9: no handler of the work catches it."""


@contextmanager
def killed_at(n: int) -> Iterator[list[int]]:
    """Let the n-th statement and all behind it fail, as if the process were gone."""
    seen: list[int] = [0]

    def wrap(execute: Callable[..., object], *arguments: object) -> object:
        seen[0] += 1
        if seen[0] >= n:
            raise Killed
        return execute(*arguments)

    with connection.execute_wrapper(wrap):
        yield seen


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_statement_and_run_again_it_is_one_book(ground: Ground) -> None:
    """Every second statement; the lease is made to run out, as a killed worker's does."""
    made = make_application(ground)
    worker = Worker(discover())
    digests, n = set(), 1
    while True:
        Booklet.objects.all().delete()
        Job.objects.filter(kind="applications.booklet").delete()
        booklet = ask(made)
        with killed_at(n) as seen:
            try:
                worker.drain()
            except Killed:
                connection.close_if_unusable_or_obsolete()
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=ground.now.replace(year=2019))
        worker.drain()
        booklet.refresh_from_db()
        assert booklet.state == BookletState.READY, f"killed at statement {n}"
        assert Job.objects.get(kind="applications.booklet").state == JobState.DONE
        assert booklet.file is not None
        digests.add(booklet.file.sha256)
        if seen[0] < n:
            break
        n += 4
    assert len(digests) == 1
    assert n > 12


def test_pages_see_it_as_soon_as_it_is_made(made: Made, work: Work) -> None:
    ask(made)
    assert queries.workspace(made.fresh()).booklet.state == BookletState.MAKING
    work()
    assert queries.workspace(made.fresh()).booklet.state == BookletState.READY


def test_pages_see_that_it_could_not_be_made(made: Made, work: Work) -> None:
    type_into(made, "scope", "\U00020000\U0002ebef")
    ask(made)
    assert queries.workspace(made.fresh()).booklet.state == BookletState.MAKING
    work()
    assert queries.workspace(made.fresh()).booklet.state == BookletState.FAILED
