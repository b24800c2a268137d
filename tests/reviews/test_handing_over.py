"""The bundle of a report: who has it made, what is in it, and that it goes when its days are over."""

import zipfile
from datetime import timedelta

import pytest
from tests.factories.ground import make_ground
from tests.reviews.office import Office

from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.queries import of_stream
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.models import Job
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import handing_over
from xingyun.reviews.models import HandOver

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(now):
    """A district with a report of two applications, sent to the city."""
    ground = make_ground(now, rosters={"licheng": 400})
    district, city = Office(ground, "licheng", now), Office(ground, "city", now)
    for made in [district.accepted("star-3") for _n in range(2)]:
        district.decide(made, "star-3", "decide")
    return district, city, district.sent()


def ask(office, report, actor=None):
    return actions.ask_hand_over(report=report, actor=actor or office.actor(), now=office.now)


def fresh(made):
    return HandOver.objects.select_related("report", "file").get(pk=made.pk)


def test_everything_of_the_report_is_in_it(sent, work):
    district, _city, report = sent
    made = ask(district, report)
    work()
    made = fresh(made)
    assert (made.books, made.expires_at) == (2, district.now + timedelta(days=7))
    with zipfile.ZipFile(path(made.file)) as bundle:
        assert bundle.testzip() is None
        names = bundle.namelist()
    assert names[:2] == ["01-联合行文.pdf", "01-联合行文.docx"]
    assert {"02-认定决定.pdf", "03-项目汇总表.pdf", "03-项目汇总表.xlsx"} <= set(names)
    assert any(name.startswith("会议纪要/01-") for name in names)
    books = [name for name in names if name.startswith("申报书/")]
    assert len([name for name in books if name.endswith("/申报书.pdf")]) == 2
    assert len([name for name in books if name.endswith("/申报书（盖章扫描件）.pdf")]) == 2
    acts = [entry.act for entry in of_stream(report.stream)]
    assert acts[-1] == "hand_over.made"


def test_two_who_ask_get_the_same(sent):
    district, city, report = sent
    first, second = ask(district, report), ask(city, report)
    assert first == second
    assert Job.objects.filter(kind=handing_over.KIND).count() == 1


@pytest.mark.parametrize("role", [Role.READER, Role.COUNTERSIGNER])
def test_who_only_reads_or_countersigns_gets_none(sent, role):
    district, _city, report = sent
    reader = district.actor(role)
    assert not queries.hands_over(reader, report)
    with pytest.raises(NotAllowed):
        ask(district, report, reader)


def test_another_district_gets_none(sent, work):
    district, _city, report = sent
    other = Office(district.ground, "shizhong", district.now)
    with pytest.raises(NotAllowed):
        ask(other, report)
    made = ask(district, report)
    work()
    with pytest.raises(NotAllowed):
        queries.hand_over(other.actor(), report.uid, made.uid)
    with pytest.raises(NotAllowed):
        actions.take_hand_over(made=fresh(made), actor=other.actor(), now=district.now)


def test_each_taking_is_recorded_until_it_expires(sent, work):
    district, city, report = sent
    made = ask(district, report)
    work()
    made = fresh(made)
    assert actions.take_hand_over(made=made, actor=city.actor(), now=city.now) == made.file
    assert [entry.act for entry in of_stream(report.stream)].count("hand_over.taken") == 1
    later = city.now + timedelta(days=7)
    with pytest.raises(Conflict, match="已过期"):
        actions.take_hand_over(made=made, actor=city.actor(), now=later)
    kept = path(made.file)
    assert actions.purge_hand_overs(now=later) == 1
    assert fresh(made).file is None
    assert not File.objects.filter(kind="application/zip").exists()
    assert ask(district, report) != made
    assert actions.purge_hand_overs(now=later) == 0
    assert kept.name


def test_a_damaged_file_is_named_and_nothing_is_kept(sent, work):
    district, _city, report = sent
    spoilt = path(report.paper.file)
    spoilt.chmod(0o640)
    spoilt.write_bytes(b"rotten")
    made = ask(district, report)
    work()
    job = Job.objects.get(kind=handing_over.KIND)
    assert "01-联合行文.pdf" in job.error
    assert fresh(made).file is None


def test_a_full_disk_is_told_before_it_begins(sent, monkeypatch):
    district, _city, report = sent
    monkeypatch.setattr(handing_over, "RESERVE", 1 << 60)
    with pytest.raises(Refused, match="磁盘放不下"):
        ask(district, report)
    assert not HandOver.objects.exists()
