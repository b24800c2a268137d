"""An objection that came by letter, entered by the office; what headings say."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.results.conftest import evaluate
from tests.web.enterprise.parties import signed_in

from xingyun.registry.states import Role
from xingyun.results import queries
from xingyun.results.models import Objection
from xingyun.reviews.models import Report

pytestmark = pytest.mark.django_db
SAID = {"name": "丙某", "contact": "0531-55500000", "channel": "letter", "text": "所附发票与该企业无关。"}


@pytest.fixture
def published(db, now):
    """A list on public notice, with a browser for each desk that matters."""
    found = evaluate(now)
    found.notice = found.publish()
    found.line_ = found.line(found.three)
    found.at_city = signed_in(found.city.actor())
    found.at_district = signed_in(found.district.actor())
    return found


def letter():
    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(out)
    return SimpleUploadedFile("letter.pdf", out.getvalue(), "application/pdf")


def entering(published):
    return reverse("objection_enter", args=[published.notice.uid, published.line_.pk])


def test_the_notice_offers_to_enter_a_letter_for_each_name(published):
    shown = published.at_city.get(reverse("office_notice", args=[published.notice.uid])).content.decode()
    assert entering(published) in shown
    form = published.at_city.get(entering(published)).content.decode()
    assert published.three.application.enterprise.name in form
    assert "书面提出" in form


def test_a_letter_is_entered_and_its_receipt_told(published):
    answer = published.at_city.post(entering(published), {**SAID, "file": letter()}, follow=True)
    made = Objection.objects.get()
    assert made.receipt in answer.content.decode()
    assert (made.channel, made.file is not None) == ("letter", True)
    assert queries.follow(made.receipt) is not None
    kept = reverse("objection_file", args=[made.uid])
    assert kept in answer.content.decode()
    assert b"".join(published.at_city.get(kept).streaming_content).startswith(b"%PDF")
    for client in (published.at_district, Client(), signed_in(published.city.actor(Role.COUNTERSIGNER))):
        assert client.get(kept).status_code in {302, 404}


def test_what_is_missing_stands_at_its_field_and_nothing_is_lost(published):
    answer = published.at_city.post(entering(published), {**SAID, "contact": ""})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert SAID["text"] in shown
    assert re.search(r'class="field err"><label for="id_contact"', shown)
    assert not Objection.objects.exists()


def test_only_the_publishing_office_enters_letters(published):
    for client in (published.at_district, signed_in(published.city.actor(Role.COUNTERSIGNER))):
        assert client.post(entering(published), SAID).status_code == 404
    assert Client().post(entering(published), SAID).status_code == 302
    nowhere = reverse("objection_enter", args=[published.notice.uid, 999_999])
    assert published.at_city.get(nowhere).status_code == 404
    assert not Objection.objects.exists()


def test_headings_say_how_far_things_are(published):
    notice = published.at_city.get(reverse("office_notice", args=[published.notice.uid])).content.decode()
    assert "正在公示，到 10月16日 24:00" in notice
    report = Report.objects.get()
    for client in (published.at_city, published.at_district):
        shown = client.get(reverse("report", args=[report.uid])).content.decode()
        assert f"{report.recipient.name}已接收" in shown
    assert "上报件已报送" in published.at_district.get(reverse("reports")).content.decode()
    assert "收到的上报件都已接收" in published.at_city.get(reverse("reports")).content.decode()
    assert "决定都已签发" in published.at_district.get(reverse("decisions")).content.decode()


def test_whoever_enters_a_letter_says_how_it_came(published):
    form = published.at_city.get(entering(published)).content.decode()
    assert '<option value="" selected>请选择</option>' in form
    assert published.at_city.post(entering(published), {**SAID, "channel": ""}).status_code == 422


def test_a_reader_of_the_office_sees_the_list_and_no_objection(published):
    published.at_city.post(entering(published), SAID)
    reader = signed_in(published.city.actor(Role.READER))
    answer = reader.get(reverse("office_notice", args=[published.notice.uid]))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert published.three.application.enterprise.name in shown
    assert SAID["text"] not in shown
    assert reader.get(reverse("office_notices")).status_code == 200


@pytest.mark.parametrize("name", ["overview", "office_notices"])
def test_what_all_districts_do_is_for_the_office_above(published, name):
    assert published.at_district.get(reverse(name)).status_code == 404
    assert published.at_city.get(reverse(name)).status_code == 200


def test_whoever_may_not_enter_a_sealed_report_leaves_no_file(published):
    from xingyun.files.models import File

    kept = File.objects.count()
    given = {"number": "历工信〔2020〕9号", "dated_on": "2020-10-11", "signatories": "甲某", "scan": letter()}
    finance = signed_in(published.district.actor(Role.COUNTERSIGNER))
    address = reverse("report_offline", args=[Report.objects.get().uid])
    assert finance.post(address, given).status_code == 404
    assert File.objects.count() == kept


def test_only_the_office_above_plans_and_only_an_office_enters_minutes(published):
    assert published.at_district.post(reverse("round_plan"), {}).status_code == 404
    reader = signed_in(published.city.actor(Role.READER))
    assert reader.post(reverse("minutes"), {"number": "1"}).status_code == 404
