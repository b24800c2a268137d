"""Every page is for whom it is for: who comes to the wrong door, and how many queries a long list costs."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.applications import make_application
from tests.factories.ground import make_enterprise
from tests.reviews.office import Office
from tests.web.officials.counting import queries

from xingyun.applications.models import Application
from xingyun.reviews.models import Report

pytestmark = pytest.mark.django_db
HOME = "licheng"
LISTS = ("todo", "queue", "decisions", "reports", "minutes", "registrations", "rosters", "rounds")
CASE_ACTS = ("case_accept", "decision_prepare")
CASE_PAGES = ("desk", "decide", "case_record", "case_return", "case_refuse", "case_disqualify")
REPORT_ACTS = (
    "report_countersign",
    "report_offline",
    "report_back",
    "report_send",
    "report_receive",
    "report_return",
)
TOP = ("overview", "office_notices")


@pytest.fixture
def home(ground, now):
    return Office(ground, HOME, now)


@pytest.fixture
def case(ground):
    return make_application(ground, state="submitted", level="star-3", authority=HOME).application


@pytest.fixture
def report(home):
    home.decide(home.accepted("star-3"), "star-3", "decide")
    return home.draft()


def state(application):
    return Application.objects.values_list("state", flat=True).get(pk=application.pk)


@pytest.mark.parametrize("name", [*LISTS, *TOP, "record"])
def test_lists_are_for_officials(name, applicant, auditor):
    assert Client().get(reverse(name)).status_code == 302
    assert applicant.get(reverse(name)).status_code == 404
    if name not in {"decisions"}:
        assert auditor.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "role", ["preparer", "reviewer", "signatory", "countersigner", "reader", "auditor", "admin"]
)
def test_every_role_has_a_page_to_begin_with(sign_in, role):
    client = sign_in(HOME, role)
    answer = client.get(reverse("start"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("todo")
    assert client.get(reverse("todo")).status_code == 200


def test_the_bar_says_when_reports_are_due(officer, at):
    from xingyun.web.frame import FRAME, read

    FRAME.hold(read())
    assert (
        '10月26日 上报截止<b class="roomy">，还有 14 天</b>'
        in officer.get(reverse("rounds")).content.decode()
    )
    at("2020-10-27 00:00")
    assert "10月26日 上报截止" not in officer.get(reverse("rounds")).content.decode()


@pytest.mark.parametrize("name", CASE_PAGES)
def test_a_case_is_for_its_offices(name, case, officer, stranger, applicant, auditor, sign_in, city):
    address = reverse(name, args=[case.uid])
    assert officer.get(address).status_code == 200
    assert auditor.get(address).status_code == 200
    assert Client().get(address).status_code == 302
    # Finance reads reports, not applications; the upper office sees what was reported to it.
    for client in (stranger, applicant, sign_in(HOME, "countersigner"), city):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}


@pytest.mark.parametrize("name", CASE_ACTS)
def test_nobody_else_acts_on_a_case(name, case, stranger, applicant, auditor, sign_in):
    address = reverse(name, args=[case.uid])
    given = {"level": "star-3", "kind": "decide", "outcome": "granted"}
    for client in (stranger, applicant, sign_in(HOME, "countersigner")):
        assert client.post(address, given).status_code == 404
    assert auditor.post(address, given).status_code in {404, 422}
    assert Client().post(address, given).status_code == 302
    assert state(case) == "submitted"


@pytest.mark.parametrize("name", REPORT_ACTS)
def test_nobody_else_acts_on_a_report(name, report, stranger, applicant, auditor):
    before = Report.objects.values().get()
    given = {"reason": "x", "number": "1", "dated_on": "2020-10-12", "signatories": "x"}
    for client in (stranger, applicant, auditor):
        assert client.post(reverse(name, args=[report.uid]), given).status_code == 404
    assert Report.objects.values().get() == before


def test_finance_reads_its_report_and_cannot_decide(report, sign_in, case):
    finance = sign_in(HOME, "countersigner")
    assert finance.get(reverse("report", args=[report.uid])).status_code == 200
    assert finance.get(reverse("report_paper", args=[report.uid, "table"])).status_code == 200
    assert finance.get(reverse("report_paper", args=[report.uid, "nothing"])).status_code == 404
    assert finance.post(reverse("report_send", args=[report.uid])).status_code == 404
    assert sign_in("lixia", "countersigner").get(reverse("report", args=[report.uid])).status_code == 404


def test_the_recipient_sees_a_report_only_once_it_is_sent(report, city, home, sign_in):
    address = reverse("report", args=[report.uid])
    assert city.get(address).status_code == 404
    sign_in(HOME, "countersigner").post(reverse("report_countersign", args=[report.uid]))
    assert sign_in(HOME).post(reverse("report_send", args=[report.uid])).status_code == 302
    assert city.get(address).status_code == 200
    assert sign_in("city", "countersigner").get(address).status_code == 200, "finance of the recipient reads"


def test_the_way_up_from_the_minutes_is_for_those_who_may_go_it(home, officer, auditor):
    way = f'href="{reverse("decisions")}"'
    assert way in officer.get(reverse("minutes")).content.decode()
    assert way not in auditor.get(reverse("minutes")).content.decode()


def test_minutes_are_for_the_office_and_the_one_above(home, officer, city, stranger, auditor):
    address = reverse("minutes_file", args=[home.minutes.pk])
    doors = ((officer, 200), (city, 200), (auditor, 200), (stranger, 404))
    assert [client.get(address).status_code for client, _status in doors] == [status for _c, status in doors]


def test_only_writes_are_posts(officer, case, report):
    for name in ("case_accept", "decision_prepare"):
        assert officer.get(reverse(name, args=[case.uid])).status_code == 405
    for name in REPORT_ACTS:
        assert officer.get(reverse(name, args=[report.uid])).status_code == 405


def test_names_are_escaped_on_the_desk(ground, officer, case):
    type(case.enterprise).objects.filter(pk=case.enterprise_id).update(name="<img src=x onerror=alert(1)>")
    for address in (reverse("queue"), reverse("desk", args=[case.uid]), reverse("decide", args=[case.uid])):
        page = officer.get(address).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_the_search_takes_two_signs(officer, case):
    name = case.enterprise.name
    assert name in officer.get(reverse("queue"), {"q": name[:2]}).content.decode()
    assert name not in officer.get(reverse("queue"), {"q": "没有这家"}).content.decode()
    assert "至少写两个字" in officer.get(reverse("queue"), {"q": name[0]}).content.decode()
    assert name in officer.get(reverse("queue"), {"q": case.enterprise.uscc}).content.decode()


def test_lists_cost_as_many_queries_for_a_thousand_as_for_ten(ground, officer, city, case):
    """Rows are copied below the actions: what is counted is reading."""
    addresses = [reverse("queue"), reverse("queue") + "?state=submitted", reverse("todo")]
    copies(ground, case, 10)
    few = [queries(officer, address) for address in addresses] + [queries(city, reverse("overview"))]
    copies(ground, case, 990)
    many = [queries(officer, address) for address in addresses] + [queries(city, reverse("overview"))]
    assert few == many
    assert "下一页" in officer.get(reverse("queue")).content.decode()


def copies(ground, case, count):
    """So many more applications like this one, each of an enterprise of its own."""
    have = Application.objects.count()
    first = make_enterprise(ground, HOME, active=False)[0]
    enterprise = {
        f.attname: getattr(first, f.attname)
        for f in first._meta.concrete_fields
        if f.attname not in ("id", "uid", "uscc")
    }
    enterprises = type(first).objects.bulk_create(
        [type(first)(uscc=f"T{have + n:017d}", **enterprise) for n in range(count)]
    )
    columns = {
        f.attname: getattr(case, f.attname)
        for f in case._meta.concrete_fields
        if f.attname not in ("id", "uid", "number", "enterprise_id")
    }
    Application.objects.bulk_create(
        [Application(enterprise=e, number=f"copy-{have + n}", **columns) for n, e in enumerate(enterprises)]
    )
