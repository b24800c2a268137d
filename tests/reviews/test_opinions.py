"""The office's opinion page: printed, sealed, scanned, put into the book one to one; and what is not it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from django.urls import reverse
from tests.applications.stamping import add, bound, count, scanned
from tests.factories.applications import Made, make_application, pdf
from tests.reviews.office import Office, fresh
from tests.web.enterprise.parties import signed_in

from xingyun.applications import actions as applications
from xingyun.applications.queries import latest_submission
from xingyun.applications.queries.booklets import opinion_sheet, printed
from xingyun.applications.queries.stamped import scan_of as stamped
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.documents.raster import page_pixels
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.models import OpinionPage

Work = Callable[[], int]


@pytest.fixture
def made(district: Office, work: Work, tmp_path: Path) -> Made:
    """An application with a real book, stamped, handed in, accepted."""
    made = make_application(district.ground, level="star-3", authority=district.key, now=district.now)
    booklet = bound(made, work)
    add(made, scanned(booklet, tmp_path), work)
    applications.submit(application=made.fresh(), actor=made.actor, now=district.now)
    district.accept(made)
    return made


def sheet(made: Made) -> int:
    """The number of the opinion page."""
    found = opinion_sheet(latest_submission(made.application).booklet)
    assert found is not None
    return found.number


def scan(made: Made, folder: Path, *numbers: int, seals: bool = False) -> File:
    """Pages of the book that was handed in, sealed and scanned."""
    booklet = latest_submission(made.application).booklet
    return scanned(booklet, folder, list(numbers) or [sheet(made)], seals=seals)


def upload(office: Office, made: Made, file: File, role: str = Role.PREPARER) -> OpinionPage:
    return actions.add_opinion_page(
        application=fresh(made), file=file, actor=office.actor(role), now=office.now
    )


def test_a_report_names_whose_opinion_page_is_missing(
    district: Office, made: Made, work: Work, tmp_path: Path
) -> None:
    district.look_up(made)
    district.decide(made, "star-3", "decide")
    other = district.accepted("star-3")
    district.decide(other, "star-3", "decide", "declined")
    report = district.draft()
    address = reverse("report", args=(report.uid,))

    def named() -> list[str]:
        page = queries.report_page(district.actor(), report.uid, district.now)
        return [one.number for one in page.unstated]

    assert named() == [made.application.number], "who was declined needs none"
    opinion = reverse("case_opinion", args=(made.application.uid,))
    assert opinion in signed_in(district.actor()).get(address).content.decode()
    upload(district, made, scan(made, tmp_path))
    assert named() == []
    assert opinion not in signed_in(district.actor()).get(address).content.decode()


def test_it_replaces_its_page_one_to_one(
    district: Office, city: Office, made: Made, work: Work, tmp_path: Path
) -> None:
    submission = latest_submission(made.application)
    before = queries.whole_book(submission)
    assert before == stamped(submission.booklet).bound
    first = upload(district, made, scan(made, tmp_path))
    assert (first.number, first.red) == (sheet(made), False), "a seal that is not seen is a hint"
    file = scan(made, tmp_path, seals=True)
    page = upload(district, made, file)
    assert (page.number, page.red) == (sheet(made), True)
    assert upload(district, made, file) == page
    first.refresh_from_db()
    assert first.removed_at is not None
    work()
    after = queries.whole_book(submission)
    page.refresh_from_db()
    assert after == page.bound != before
    assert count(path(after)) == count(path(before)) == submission.booklet.pages
    place = opinion_sheet(submission.booklet).place
    images = [page_pixels(path(book), place, dpi=60) for book in (before, after)]
    assert reds(images[1]) > reds(images[0]) + 100
    found = zxingcpp.read_barcodes(page_pixels(path(after), place, dpi=200))
    assert str(page.number - opinion_sheet(submission.booklet).code.section + 1) in found[0].text.split(":")
    others = [s for s in printed(submission.booklet) if s.needed][:2]
    for one in others:
        assert page_pixels(path(before), one.place) == page_pixels(path(after), one.place)
    acts = Entry.objects.filter(act__startswith="opinion.").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["opinion.added", "opinion.added", "opinion.bound", "opinion.bound"]
    # The tier above reads the same book, once it was reported.
    district.look_up(made)
    district.decide(made, "star-3", "decide")
    district.sent()
    with pytest.raises(Refused, match="上报以前"):
        upload(district, made, file)
    shown = signed_in(city.actor()).get(f"/officials/applications/{made.application.uid}/papers/book/")
    assert b"".join(shown.streaming_content) == path(after).read_bytes()


def reds(image: object) -> int:
    return sum(p[0] > 150 > 90 > p[2] for p in image.get_flattened_data())  # type: ignore[attr-defined]


def test_what_is_not_the_opinion_page_is_named(
    district: Office, made: Made, work: Work, tmp_path: Path
) -> None:
    submission = latest_submission(made.application)
    first = printed(submission.booklet)[0].number
    with pytest.raises(Refused, match=f"这份申报书的第 {first} 页，不是推荐意见页（第 {sheet(made)} 页）"):
        upload(district, made, scan(made, tmp_path, first))
    other = make_application(district.ground, level="star-3", authority=district.key, now=district.now)
    booklet = bound(other, work)
    strange = scanned(booklet, tmp_path, [opinion_sheet(booklet).number])
    with pytest.raises(Refused, match=f"另一份申请（{other.application.number}）"):
        upload(district, made, strange)
    with pytest.raises(Refused, match="读不出页脚的二维码"):
        upload(district, made, pdf("nothing on it", 1, district.now))
    with pytest.raises(Refused, match="有 11 页"):
        upload(district, made, pdf("too much", 11, district.now))
    assert not OpinionPage.objects.exists()
    assert queries.whole_book(submission) == stamped(submission.booklet).bound
    # Among others the right one is found.
    page = upload(district, made, scan(made, tmp_path, first, sheet(made)))
    assert page.number == sheet(made)


def test_through_the_pages_of_the_office_it_was_filed_with(
    district: Office, abroad: Office, city: Office, made: Made, work: Work, tmp_path: Path
) -> None:
    file = scan(made, tmp_path)
    for office in (abroad, city):
        with pytest.raises(NotAllowed):
            upload(office, made, file)
    with pytest.raises(NotAllowed):
        actions.add_opinion_page(application=fresh(made), file=file, actor=made.actor, now=district.now)
    with pytest.raises(NotAllowed):
        upload(district, made, file, Role.COUNTERSIGNER)
    waiting = make_application(
        district.ground, state="submitted", level="star-3", authority=district.key, now=district.now
    )
    with pytest.raises(Refused, match="受理以后"):
        upload(district, waiting, file)
    client = signed_in(district.actor())
    address = f"/officials/applications/{made.application.uid}/opinion/"
    assert "请打印推荐意见页" in client.get(address).content.decode()
    printed_page = client.get(f"{address}print/")
    assert printed_page["Content-Type"] == "application/pdf"
    (tmp_path / "print.pdf").write_bytes(printed_page.content)
    assert count(tmp_path / "print.pdf") == 1
    first = printed(latest_submission(made.application).booklet)[0].number
    wrong = send(client, address, path(scan(made, tmp_path, first)))
    assert wrong.status_code == 422
    assert "不是推荐意见页" in wrong.content.decode()
    assert client.get(f"{address}file/").status_code == 404
    assert send(client, address, path(scan(made, tmp_path, seals=True))).status_code == 302
    assert "正在放进申报书" in client.get(address).content.decode()
    work()
    shown = client.get(address).content.decode()
    assert "推荐意见页已放进申报书" in shown
    assert "有红章" in shown
    assert client.get(f"{address}page.png")["Content-Type"] == "image/png"
    stranger, before = signed_in(abroad.actor()), File.objects.count()
    for way in ("", "print/", "file/", "page.png"):
        assert stranger.get(address + way).status_code == 404
    assert send(stranger, address, tmp_path / "print.pdf").status_code == 404
    assert File.objects.count() == before, "whoever may not bring it leaves nothing behind"


def send(client: object, address: str, source: Path) -> object:
    file = io.BytesIO(source.read_bytes())
    file.name = "推荐意见.pdf"
    return client.post(address, {"file": file})  # type: ignore[attr-defined]
