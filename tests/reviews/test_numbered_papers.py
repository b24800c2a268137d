"""Reports, their letters and announcements bear the numbers of their office's series."""

import io

import docx
import pypdfium2 as pdfium
import pytest
from tests.factories.ground import make_file, make_ground
from tests.results.conftest import evaluate
from tests.reviews.office import Office
from tests.reviews.test_races import together

from xingyun.audit.errors import Refused
from xingyun.files.queries import reader
from xingyun.papers import actions as papers
from xingyun.papers.models import DocumentNumber
from xingyun.papers.queries import papers as issued
from xingyun.papers.queries.numbers import number_of
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.results.models import Announcement
from xingyun.reviews import actions
from xingyun.reviews.models import Report
from xingyun.reviews.states import ReportState

pytestmark = pytest.mark.django_db
AFTER = "2020-10-17 00:00:00"


@pytest.fixture
def ground(now):
    return make_ground(now, rosters={"licheng": 400, "tianqiao": 100})


@pytest.fixture
def office(ground, now):
    return Office(ground, "licheng", now)


def numbered(office, prefix="历工信评"):
    papers.number_here(
        authority=office.authority, prefix=prefix, after=0, actor=office.actor(), now=office.now
    )


def pdf_text(report, kind):
    with reader(issued(report.stream, kind).first().file) as stream:
        pages = pdfium.PdfDocument(io.BytesIO(stream.read()))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def word_text(report, kind):
    with reader(issued(report.stream, kind).first().word) as stream:
        return "".join("".join(docx.Document(io.BytesIO(stream.read())).element.itertext()).split())


def numbers():
    return list(DocumentNumber.objects.order_by("n").values_list("n", flat=True))


def offline(office, report, number=""):
    actions.countersign_offline(
        report=report,
        number=number,
        dated_on=office.now.date(),
        signatories="甲某、乙某",
        scan=make_file(b"scan", office.now),
        actor=office.actor(),
        now=office.now,
    )


def test_a_report_and_its_letters_are_numbered_and_say_so(office):
    numbered(office)
    made = office.accepted("star-4")
    office.decide(made, "star-3", "decide")
    office.decide(made, "star-4", "recommend")
    report = office.draft()
    for n, kind in enumerate(("report", "decision", "recommendation"), start=1):
        number = f"历工信评〔2020〕{n}号"
        assert number in pdf_text(report, kind)
        assert number in word_text(report, kind)
    assert report.number == "历工信评〔2020〕1号"


def test_a_draft_made_anew_keeps_its_numbers_and_sent_back_too(office):
    numbered(office)
    first = office.accepted("star-3")
    office.decide(first, "star-3", "decide")
    report = office.draft()
    actions.send_back(report=report, reason="漏了一家", actor=office.actor(), now=office.now)
    second = office.accepted("star-3")
    office.decide(second, "star-3", "decide")
    again = office.draft()
    assert (again.pk, again.number) == (report.pk, "历工信评〔2020〕1号")
    assert numbers() == [1, 2]
    assert "共2家" in pdf_text(again, "decision")


def test_a_letter_that_falls_away_gives_its_number_back(office):
    numbered(office)
    made, other = office.accepted("star-4"), office.accepted("star-3")
    granted = office.decide(made, "star-3", "decide")
    recommended = office.decide(made, "star-4", "recommend")
    report = office.draft()
    assert numbers() == [1, 2, 3]
    for decision in (recommended, granted):
        actions.revoke(
            decision=decision, reason="复核有误", actor=office.actor(Role.SIGNATORY), now=office.now
        )
    office.decide(made, "star-3", "decide", "declined")
    office.draft()
    assert number_of(report.stream, "decision") == ""
    assert numbers() == [1]
    office.decide(other, "star-3", "decide")
    office.draft()
    assert number_of(report.stream, "decision") == "历工信评〔2020〕2号"
    assert numbers() == [1, 2]


def test_a_report_countersigned_on_paper_keeps_the_number_that_it_bears(office):
    numbered(office)
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report = office.draft()
    with pytest.raises(Refused) as refused:
        offline(office, report, "历工信〔2020〕77号")
    assert refused.value.field == "number"
    offline(office, report)
    assert (report.state, report.number) == (ReportState.COUNTERSIGNED, "历工信评〔2020〕1号")


def test_an_office_that_numbers_elsewhere_still_types_its_own(office):
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    report = office.draft()
    assert "〔2020〕号" in pdf_text(report, "report")
    with pytest.raises(Refused) as refused:
        offline(office, report)
    assert refused.value.field == "number"
    offline(office, report, "历工信〔2020〕9号")
    assert report.number == "历工信〔2020〕9号"
    assert numbers() == []


def test_a_number_with_a_prefix_that_is_given_here_is_not_typed(office, ground, now):
    numbered(Office(ground, "tianqiao", now), "天工信评")
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    with pytest.raises(Refused, match="天工信评"):
        offline(office, office.draft(), "天工信评〔2020〕1号")


def test_the_announcement_takes_the_next_number(now, at):
    world = evaluate(now)
    numbered(world.city, "云工信评")
    notice = world.publish()
    with pytest.raises(Refused) as refused:
        results.announce(notice=notice, actor=world.city.actor(), now=at(AFTER), number="甲〔2020〕1号")
    assert refused.value.field == "number"
    made = results.announce(notice=notice, actor=world.city.actor(), now=at(AFTER))
    assert made.paper.number == "云工信评〔2020〕1号"
    assert number_of(notice.stream, "announcement") == made.paper.number


@pytest.mark.django_db(transaction=True)
def test_an_announcement_that_is_undone_takes_no_number(now, at, monkeypatch):
    world = evaluate(now)
    numbered(world.city, "云工信评")
    notice = world.publish()

    def fails(**_given):
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as broken:
        broken.setattr("xingyun.results.actions.announcing.ask_for_statistics", fails)
        with pytest.raises(RuntimeError):
            results.announce(notice=notice, actor=world.city.actor(), now=at(AFTER))
    assert numbers() == []
    made = results.announce(notice=notice, actor=world.city.actor(), now=at(AFTER))
    assert made.paper.number == "云工信评〔2020〕1号"


@pytest.mark.django_db(transaction=True)
def test_two_who_announce_at_once_use_one_number(now, at):
    world = evaluate(now)
    numbered(world.city, "云工信评")
    notice = world.publish()
    people = [world.city.actor(role) for role in (Role.PREPARER, Role.REVIEWER)]
    results_ = together(
        *[lambda a=actor: results.announce(notice=notice, actor=a, now=at(AFTER)) for actor in people]
    )
    assert sum(isinstance(one, Announcement) for one in results_) == 1, results_
    assert numbers() == [1]


@pytest.mark.django_db(transaction=True)
def test_two_rounds_of_papers_drafted_at_once_share_no_number(office):
    numbered(office)
    made = office.accepted("star-3")
    office.decide(made, "star-3", "decide")
    given = {"round": office.ground.round, "authority": office.authority, "actor": office.actor()}
    drafts = together(*[lambda: actions.draft_report(now=office.now, **given) for _n in range(2)])
    assert Report.objects.count() == 1, drafts
    assert numbers() == [1, 2]
