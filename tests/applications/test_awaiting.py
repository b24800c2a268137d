"""Files of an application and the scanner: none is taken in unseen, none is lost, threats reach nobody."""

import io

import pytest
from tests.clamd import MARK
from tests.factories.applications import Made, make_application
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications.models import Attachment, Awaited
from xingyun.clock import machine_now
from xingyun.files import actions as files
from xingyun.files import queries
from xingyun.files.models import File
from xingyun.files.states import Scan
from xingyun.jobs.models import Beat
from xingyun.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ground) -> Made:
    return make_application(ground, complete=False)


def paper(mark=b"", name="截图.pdf"):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = pikepdf.String(mark.decode() or "plain")
        pdf.save(out, compress_streams=False, static_id=True)
    out.seek(0)
    out.name = name
    return out


def send(client, made, *papers):
    address = f"/enterprise/applications/{made.application.uid}/evidence/attach/"
    return client.post(
        address, {"material": "screenshots", "file": list(papers)}, HTTP_ACCEPT="application/json"
    )


def page(client, made, name="evidence"):
    return client.get(f"/enterprise/applications/{made.application.uid}/{name}/").content.decode()


def again(work):
    for kind in ("files.scan_again", "applications.receive_again"):
        Beat.objects.update_or_create(kind=kind, defaults={"due_at": machine_now()})
        work()


def test_a_seen_file_is_attached_at_once(made, clamd):
    answer = send(signed_in(made.actor), made, paper())
    assert "已收好" in answer.json()["message"]
    assert Attachment.objects.get().file.scan_state == Scan.CLEAN


def test_a_threat_is_refused_in_words_and_never_served(made, clamd):
    client = signed_in(made.actor)
    answer = send(client, made, paper(), paper(MARK, "坏.pdf"))
    assert answer.status_code == 422
    assert "坏.pdf：在文件里发现病毒（Xingyun-Test" in answer.json()["message"]
    assert Attachment.objects.count() == 1
    # Even if a row named it, nobody would get it.
    Attachment.objects.update(file=File.objects.get(scan_state=Scan.INFECTED))
    row = Attachment.objects.get()
    for address in ("download/", "pages/1/"):
        answer = client.get(f"/enterprise/applications/{made.application.uid}/evidence/{row.uid}/{address}")
        assert answer.status_code == 422
        assert "发现了病毒" in answer.content.decode()


def test_while_the_scanner_is_away_files_wait_and_are_taken_in_when_it_is_back(made, clamd, work):
    client = signed_in(made.actor)
    clamd.stop()
    answer = send(client, made, paper(), paper(MARK, "坏.pdf"))
    assert (answer.status_code, "正在扫描病毒" in answer.json()["message"]) == (200, True)
    assert "正在扫描病毒" in page(client, made)
    work()
    assert Attachment.objects.count() == 0
    assert "病毒扫描暂时不可用" in page(client, made)
    assert send(client, made, paper()).status_code == 200, "sent again it still waits once"
    assert Awaited.objects.count() == 2
    clamd.start()
    again(work)
    assert [row.name for row in Attachment.objects.all()] == ["截图.pdf"]
    shown = page(client, made)
    assert "坏.pdf" in shown
    assert "在文件里发现病毒" in shown
    assert Message.objects.latest("id").subject == "有一个文件没有收下"
    left = Awaited.objects.get()
    drop = f"/enterprise/applications/{made.application.uid}/evidence/awaited/{left.pk}/drop/"
    stranger = signed_in(make_party(made.ground).actor)
    assert stranger.post(drop).status_code == 404
    client.post(drop)
    assert not Awaited.objects.exists()


def test_a_form_of_another_page_waits_too_and_is_opened_by_nobody_before(made, clamd, settings):
    clamd.stop()
    file = files.receive(source=paper(), now=made.ground.now)
    assert queries.path(file).exists()
    assert (file.scan_state, file.usable) == (Scan.WAITING, False)


def test_how_many_wait_costs_no_more_queries(made, clamd):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(made.actor)
    clamd.stop()
    counts = []
    for n in range(3):
        send(client, made, paper(f"{n}".encode()))
        with CaptureQueriesContext(
            connection,
        ) as told:
            page(client, made)
        counts.append(len(told))
    assert counts[1] == counts[2]


def test_a_stamped_scan_waits_as_well_and_what_comes_of_it_is_told(made, clamd, work):
    client = signed_in(made.actor)
    clamd.stop()
    address = f"/enterprise/applications/{made.application.uid}/booklet/scan/"
    assert "正在扫描病毒" in client.post(address, {"file": paper()}, follow=True).content.decode()
    clamd.start()
    again(work)
    assert "还没有成册" in Awaited.objects.get().refusal
