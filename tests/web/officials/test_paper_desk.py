"""The paper desk through its pages: scanned, recorded, receipted, corrected."""

import pytest
from tests.factories.codes import payload
from tests.reviews.office import Office
from tests.web.officials.test_way import page, post

from xingyun.reviews.models import Arrival

pytestmark = pytest.mark.django_db
SEEN = {
    "version": "1", "pages": "3", "copies": "1", "seals": ["enterprise", "seam"], "condition": "whole",
    "brought_by": "王某", "shelf": "B 柜 3 层", "arrived_on": "2020-10-12", "arrived_at": "08:30",
    "seen": "", "remark": "",
}  # fmt: skip


@pytest.fixture
def made(ground, now):
    return Office(ground, "licheng", now).accepted("star-3")


def scan(client, text, status=302):
    answer = client.get("/officials/paper/", {"code": text})
    assert answer.status_code == status
    return answer


def test_from_the_scan_to_the_receipt_and_a_correction(made, officer):
    number = made.application.number
    assert made.enterprise.name in page(officer, "paper_desk")
    answer = scan(officer, payload(number, 1, 1))
    shown = officer.get(answer["Location"]).content.decode()
    assert "和在线提交的一致" in shown
    uid = made.application.uid
    again = post(officer, "arrival", uid, status=422, **{**SEEN, "pages": "2"})
    assert "再点一遍" in again.content.decode()
    assert "王某" in again.content.decode(), "nothing typed is lost"
    post(officer, "arrival", uid, status=422, **{**SEEN, "pages": ""})
    post(officer, "arrival", uid, **SEEN)
    arrival = Arrival.objects.get()
    assert arrival.arrived_at.isoformat() == "2020-10-12T00:30:00+00:00"
    shown = page(officer, "arrival", uid)
    assert "B 柜 3 层" in shown
    assert "企业公章、骑缝章" in shown
    receipt = officer.get(f"/officials/paper/{uid}/{arrival.pk}/receipt/")
    assert receipt["Content-Type"] == "application/pdf"
    post(officer, "arrival", uid, status=409, **SEEN)
    post(officer, "arrival", uid, status=422, **{**SEEN, "seen": arrival.pk})
    post(officer, "arrival", uid, **{**SEEN, "seen": arrival.pk, "shelf": "C 柜", "reason": "放错柜"})
    assert "放错柜" in page(officer, "arrival", uid)
    assert "都收到了" in page(officer, "paper_desk")
    assert made.enterprise.name in page(officer, "paper_desk", show="arrived")


def test_another_version_and_other_codes_are_refused_with_words(made, officer, stranger):
    number = made.application.number
    answer = scan(officer, payload(number, 2, 1))
    shown = officer.get(answer["Location"]).content.decode()
    assert "请企业先在线提交第 2 版" in shown
    assert 'name="shelf"' not in shown, "what can't be received has no form"
    assert "不是申报书上的二维码" in scan(officer, "01,10,044031", 422).content.decode()
    wrong = scan(officer, "370112-2020-9999", 422).content.decode()
    assert "没有找到申报编号" in wrong
    assert "370112-2020-9999" in wrong
    assert "没有找到申报编号" in scan(stranger, number, 422).content.decode()


def test_typed_by_number_the_version_is_asked(made, officer):
    answer = scan(officer, f" {made.application.number.lower()} ")
    shown = officer.get(answer["Location"]).content.decode()
    assert 'name="version"' in shown
    post(officer, "arrival", made.application.uid, status=422, **{**SEEN, "version": "3"})


def test_the_report_says_whose_booklets_are_missing(made, officer, ground, now):
    office = Office(ground, "licheng", now)
    office.decide(made, "star-3", "decide")
    report = office.draft()
    assert "还差 1 册" in page(officer, "report", report.uid)
    post(officer, "arrival", made.application.uid, **SEEN)
    assert "都已收到" in page(officer, "report", report.uid)
