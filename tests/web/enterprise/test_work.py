"""Ledger, evidence, checklist, booklet, submission: what a click does, and what it is told."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.applications import bind, make_application, pdf
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications import actions, queries
from xingyun.applications.models import (
    Application,
    Attachment,
    Claim,
    ClaimPage,
    ScanReading,
    StampedScan,
    Submission,
)
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict
from xingyun.evidence.models import Contract, Invoice, Payment
from xingyun.files.models import Upload
from xingyun.jobs.models import Job
from xingyun.messages.models import Message
from xingyun.rulebook.schema.conditions import Spend

pytestmark = pytest.mark.django_db
CONTRACT = {
    "number": "QP-2020-0117",
    "title": "云服务器",
    "seller": "泉畔云数据服务有限公司",
    "seller_uscc": "",
    "signed_on": "2020年1月6日",
    "amount_fen": "642,000.00",
    "starts_on": "",
    "ends_on": "",
    "deployment": "public",
    "says_cloud": "no",
}
INVOICE = {
    "number": "12840663",
    "issued_on": "2020-01-15",
    "net_fen": "100",
    "tax_fen": "6",
    "gross_fen": "106",
}


@pytest.fixture
def made(ground):
    return make_application(ground, complete=False)


@pytest.fixture
def client(made):
    return signed_in(made.actor)


def root(made):
    return f"/enterprise/applications/{made.application.uid}/"


def paper(name="截图.pdf", pages=2):
    out = io.BytesIO()
    with pikepdf.new() as book:
        for _page in range(pages):
            book.add_blank_page(page_size=(595, 842))
        book.docinfo["/Title"] = name
        book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def test_an_application_is_begun_once(ground):
    party = make_party(ground)
    page = party.client.get("/enterprise/").content.decode()
    assert "新建申请" in page
    given = {"enterprise": str(party.enterprise.uid)}
    made = party.client.post("/enterprise/new/", given)
    application = Application.objects.get(enterprise=party.enterprise)
    assert made["Location"] == f"/enterprise/applications/{application.uid}/"
    assert party.client.post("/enterprise/new/", given).status_code == 422
    assert "新建申请" not in party.client.get("/enterprise/").content.decode()
    assert make_party(ground).client.post("/enterprise/new/", given).status_code == 404
    assert party.client.post("/enterprise/new/", {"enterprise": "x"}).status_code == 404


def test_an_enterprise_that_waits_is_told_so_and_begins_nothing(ground):
    party = make_party(ground, active=False)
    page = party.client.get("/enterprise/").content.decode()
    assert "等待激活" in page
    assert "新建申请" not in page
    assert party.client.post("/enterprise/new/", {"enterprise": str(party.enterprise.uid)}).status_code == 422


def test_the_window_is_told_with_what_remains(made, client):
    page = client.get(root(made) + "form/cloud/").content.decode()
    assert "10月19日 09:00 截止" in page
    assert "还有 7 天" in page


def test_contracts_and_invoices_are_entered_and_one_too_early_does_not_count(made, client):
    assert client.post(root(made) + "ledger/contracts/", CONTRACT).status_code == 302
    contract = Contract.objects.get()
    assert (contract.amount_fen, contract.says_cloud) == (64_200_000, False)
    client.post(root(made) + "ledger/invoices/", {**INVOICE, "contract": str(contract.uid)})
    client.post(root(made) + "ledger/invoices/", {**INVOICE, "number": "12840655", "issued_on": "2019-12-31"})
    page = client.get(root(made) + "ledger/").content.decode()
    assert "计入的上云支出 0.0106 万元" in page
    assert "早于 2020-01-01" in page
    assert "没写“云服务”" in page


def test_a_sum_that_does_not_add_up_is_told_beside_it_and_nothing_is_lost(made, client):
    answer = client.post(root(made) + "ledger/invoices/", {**INVOICE, "gross_fen": "107"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "等于 106.00，不是 107.00" in page
    assert 'value="12840663"' in page
    assert not Invoice.objects.exists()


@pytest.mark.parametrize("typed", ["", "abc", "1.234", "1e5", "--1", "１２３"])
def test_an_odd_sum_says_how_to_write_it(made, client, typed):
    answer = client.post(root(made) + "ledger/contracts/", {**CONTRACT, "amount_fen": typed})
    assert answer.status_code == (302 if typed == "１２３" else 422)


def test_a_row_is_changed_and_removed_by_its_owner_only(made, client, ground):
    client.post(root(made) + "ledger/contracts/", CONTRACT)
    row = Contract.objects.get()
    address = f"{root(made)}ledger/contracts/{row.uid}/"
    assert 'value="642,000.00"' in client.get(address).content.decode()
    assert client.post(address, {**CONTRACT, "title": "云服务器二期"}).status_code == 302
    other = make_application(ground, complete=False)
    foreign = f"{root(other)}ledger/contracts/{row.uid}/remove/"
    assert signed_in(other.actor).post(foreign).status_code == 404
    assert client.post(address + "remove/").status_code == 302
    row.refresh_from_db()
    assert (row.title, row.removed_at is not None) == ("云服务器二期", True)


def test_plain_files_each_succeed_or_fail_alone(made, client):
    bad = SimpleUploadedFile("坏的.pdf", b"MZ")
    answer = client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper(), bad]})
    assert answer.status_code == 422
    assert "坏的.pdf：内容不是 PDF" in answer.content.decode()
    assert [a.name for a in Attachment.objects.all()] == ["截图.pdf"]


def test_a_finished_upload_is_attached_and_anothers_is_not_there(made, client, ground):
    stranger = make_party(ground)
    attach = root(made) + "evidence/attach/"
    for person, expected in ((stranger.actor, 422), (made.actor, 200)):
        file = pdf(f"up {person.user_id}", 3, ground.now)
        upload = Upload.objects.create(
            owner_id=person.user_id, name="上传.pdf", length=1, offset=1, file=file,
            expires_at="2099-01-01T00:00Z", created_at=ground.now,
        )  # fmt: skip
        sent = {"material": "screenshots", "upload": str(upload.uuid)}
        answer = client.post(attach, sent, HTTP_ACCEPT="application/json")
        assert answer.status_code == expected, answer.content.decode()
    assert Attachment.objects.get().file.pages == 3


def test_files_are_moved_removed_and_never_shown_as_a_page(made, client):
    for name in ("一.pdf", "二.pdf"):
        client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper(name)]})
    first, second = Attachment.objects.order_by("id")
    client.post(f"{root(made)}evidence/{second.uid}/move/", {"to": "up"})
    assert [a.name for a in Attachment.objects.order_by("position")] == ["二.pdf", "一.pdf"]
    client.post(f"{root(made)}evidence/{first.uid}/move/", {"material": "licence"})
    first.refresh_from_db()
    assert first.material == "licence"
    answer = client.get(f"{root(made)}evidence/{first.uid}/download/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    picture = client.get(f"{root(made)}evidence/{first.uid}/pages/1/")
    assert picture["Content-Type"] == "image/png"
    assert client.get(f"{root(made)}evidence/{first.uid}/pages/9/").status_code == 404
    client.post(f"{root(made)}evidence/{first.uid}/remove/")
    assert client.get(f"{root(made)}evidence/{first.uid}/download/").status_code == 404


def test_none_is_said_only_where_it_may_be(made, client):
    absent = root(made) + "evidence/absent/"
    assert client.post(absent, {"material": "equipment", "absent": "yes"}).status_code == 302
    assert "已选“无”" in client.get(root(made) + "evidence/").content.decode()
    assert client.post(absent, {"material": "licence", "absent": "yes"}).status_code == 422
    client.post(absent, {"material": "equipment", "absent": "no"})
    assert "已选“无”，" not in client.get(root(made) + "evidence/").content.decode()


def test_a_domain_is_claimed_and_proved_by_pages_that_are_there(made, client):
    client.post(root(made) + "checklist/claim/", {"domain": "database", "on": "yes"})
    page = client.get(root(made) + "checklist/?show=bare").content.decode()
    assert "还没有证明" in page
    assert 'id="d-portal"' not in page
    client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper()]})
    proof = {"attachment": str(Attachment.objects.get().uid), "first": "1", "last": "9"}
    answer = client.post(root(made) + "checklist/database/", proof)
    assert answer.status_code == 422
    assert "共 2 页" in answer.content.decode()
    assert client.post(root(made) + "checklist/database/", {**proof, "last": ""}).status_code == 302
    row = ClaimPage.objects.get()
    assert (row.first, row.last) == (1, 1)
    assert client.post(f"{root(made)}checklist/pages/{row.pk}/remove/").status_code == 302
    client.post(root(made) + "checklist/claim/", {"domain": "database"})
    assert not Claim.objects.exists()


def test_pages_are_told_what_they_prove_from_the_side_of_the_file(made, client, stranger):
    client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper()]})
    address = f"{root(made)}evidence/{Attachment.objects.get().uid}/"
    assert client.post(address, {"domain": "", "first": "1"}).status_code == 422
    answer = client.post(address, {"domain": "database", "first": "1", "last": "9"})
    assert answer.status_code == 422
    assert "共 2 页" in answer.content.decode()
    assert signed_in(stranger.actor).post(address, {"domain": "database", "first": "1"}).status_code == 404
    assert client.post(address, {"domain": "database", "first": "2", "last": ""}).status_code == 302
    row = ClaimPage.objects.get()
    assert (row.claim.domain, row.first, row.last) == ("database", 2, 2)
    gone = client.post(f"{root(made)}checklist/pages/{row.pk}/remove/", {"from": "file"})
    assert gone["Location"] == address


def test_a_file_is_put_at_a_place(made, client):
    for name in ("甲.pdf", "乙.pdf", "丙.pdf"):
        client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper(name)]})
    third = Attachment.objects.get(name="丙.pdf")
    client.post(f"{root(made)}evidence/{third.uid}/move/", {"to": "1"})
    names = list(Attachment.objects.order_by("position").values_list("name", flat=True))
    assert names[0] == "丙.pdf"
    assert Attachment.objects.get(name="丙.pdf").material == "screenshots"


@pytest.mark.parametrize("typed", [{"first": "x"}, {"first": "0"}, {"attachment": "x"}, {"first": ""}])
def test_odd_pages_are_told(made, client, typed):
    client.post(root(made) + "evidence/attach/", {"material": "screenshots", "file": [paper()]})
    proof = {"attachment": str(Attachment.objects.get().uid), "first": "1", "last": "", **typed}
    assert client.post(root(made) + "checklist/database/", proof).status_code == 422


def test_the_booklet_is_asked_for_and_followed(made, client):
    assert client.post(root(made) + "booklet/make/").status_code == 302
    page = client.get(root(made) + "booklet/").content.decode()
    job = Job.objects.get(kind="applications.booklet")
    assert f'data-job="/jobs/{job.pk}/"' in page
    assert "正在成册" in page


def test_a_scan_is_told_page_by_page_placed_by_hand_and_taken(ground, now, work):
    made = make_application(ground)
    booklet = bind(made, now=now)
    StampedScan.objects.all().delete()
    client = signed_in(made.actor)
    answer = client.post(root(made) + "booklet/scan/", {"file": paper(pages=3)})
    assert answer.status_code == 302
    assert "正在逐页识别" in client.get(root(made) + "booklet/").content.decode()
    work()
    shown = client.get(root(made) + "booklet/").content.decode()
    assert shown.count("读不出二维码") == 3
    assert "还缺第 1、21 页" in shown
    reading = ScanReading.objects.get()
    way = f"{root(made)}booklet/scan/{reading.uid}/"
    assert client.get(f"{way}pages/1/")["Content-Type"] == "image/png"
    assert client.post(f"{way}take/", {"row-0": "x"}).status_code == 422
    assert client.post(f"{way}take/", {"row-0": "1", "row-1": ""}).status_code == 302
    shown = client.get(root(made) + "booklet/").content.decode()
    assert "盖章的页还差第 21 页" in shown
    assert "人工认定" in shown
    assert client.post(f"{way}drop/").status_code == 302
    answer = client.get(root(made) + "booklet/print/")
    assert answer["Content-Type"] == "application/pdf"
    StampedScan.objects.create(
        booklet=booklet, file=reading.file, bound=booklet.file, added_by_id=made.actor.person, added_at=now
    )
    assert client.get(root(made) + "booklet/scan/file/")["Content-Disposition"].startswith("attachment")
    assert client.get(root(made) + "booklet/bound/")["Content-Type"] == "application/pdf"
    assert client.get(root(made) + "booklet/file/")["Content-Type"] == "application/pdf"


def test_every_obstacle_is_listed_and_nothing_is_handed_in(made, client):
    page = client.get(root(made) + "submit/").content.decode()
    assert re.search(r"还有 \d+ 项要补齐", page)
    assert "提交给" not in page
    assert client.post(root(made) + "submit/", {"sure": "yes"}).status_code == 422
    assert not Submission.objects.exists()


def test_handing_in_needs_a_tick_and_gives_a_receipt_to_the_second(ground, now):
    made = make_application(ground)
    bind(made, now=now)
    client = signed_in(made.actor)
    assert "都齐了，可以提交" in client.get(root(made) + "submit/").content.decode()
    assert client.post(root(made) + "submit/").status_code == 422
    answer = client.post(root(made) + "submit/", {"sure": "yes"})
    assert answer["Location"].endswith("/receipt/")
    handed_in = Submission.objects.get()
    receipt = client.get(answer["Location"]).content.decode()
    for told in ("2020年10月12日 09:00:00", handed_in.entry_hash, handed_in.digest, made.application.number):
        assert told in receipt
    assert client.post(root(made) + "submit/", {"sure": "yes"}).status_code == 409
    assert Submission.objects.count() == 1


def test_the_last_second_is_in_time_and_the_one_after_is_not(ground, now, at):
    made = make_application(ground)
    bind(made, now=now)
    client = signed_in(made.actor)
    at("2020-10-19 09:00:00")
    answer = client.post(root(made) + "submit/", {"sure": "yes"})
    assert answer.status_code == 422
    assert "截止" in answer.content.decode()
    at("2020-10-19 08:59:59")
    assert client.post(root(made) + "submit/", {"sure": "yes"}).status_code == 302


def test_taking_back_needs_a_reason_and_room_is_made(ground):
    made = make_application(ground, state=State.SUBMITTED)
    client = signed_in(made.actor)
    assert client.post(root(made) + "withdraw/", {"reason": " "}).status_code == 422
    assert client.post(root(made) + "withdraw/", {"reason": "材料要补充"}).status_code == 302
    assert "新建申请" in client.get("/enterprise/").content.decode()
    assert client.post(root(made) + "withdraw/", {"reason": "再来"}).status_code == 409


def test_messages_are_read_and_lead_on(ground):
    party = make_party(ground)
    one = Message.objects.get(user_id=party.actor.user_id)
    assert "1 条没读的消息" in party.client.get("/enterprise/messages/").content.decode()
    answer = party.client.post("/enterprise/messages/read/", {"message": one.pk})
    assert answer["Location"] == "/enterprise/"
    one.refresh_from_db()
    assert one.read_at
    assert (
        make_party(ground).client.post("/enterprise/messages/read/", {"message": one.pk}).status_code == 404
    )
    assert party.client.post("/enterprise/messages/read/").status_code == 302


PAYMENT = {"number": "202003150007", "paid_on": "2020-03-15", "amount_fen": "12,000", "payee": "泉畔云"}


def test_payments_are_asked_for_where_the_rulebook_counts_them(made, client, monkeypatch):
    assert "录入付款" not in client.get(root(made) + "ledger/").content.decode()
    book = made.ground.book
    paid = tuple(replace(c, event="payment") if isinstance(c, Spend) else c for c in book.conditions)
    other = replace(book, conditions=paid)
    monkeypatch.setattr("xingyun.rounds.queries._compiled", lambda _digest, _pk: other)
    client.post(root(made) + "ledger/invoices/", INVOICE)
    assert client.post(root(made) + "ledger/payments/", PAYMENT).status_code == 302
    page = client.get(root(made) + "ledger/").content.decode()
    assert "录入付款" in page
    assert "计入的上云支出 1.2 万元" in page


def test_a_payment_is_changed_and_removed_by_its_owner_only(made, client, ground):
    client.post(root(made) + "ledger/payments/", PAYMENT)
    row = Payment.objects.get()
    address = f"{root(made)}ledger/payments/{row.uid}/"
    assert 'value="12,000.00"' in client.get(address).content.decode()
    answer = client.post(address, {**PAYMENT, "amount_fen": "-5"})
    assert answer.status_code == 422
    assert "红字发票或退款" in answer.content.decode()
    other = make_application(ground, complete=False)
    assert signed_in(other.actor).post(f"{root(other)}ledger/payments/{row.uid}/").status_code == 404
    assert client.post(address + "remove/").status_code == 302
    row.refresh_from_db()
    assert row.removed_at is not None


def test_the_audit_report_stands_beside_the_ledger(made, client):
    base = root(made)
    client.post(f"{base}ledger/invoices/", INVOICE)
    counted = queries.workspace(made.fresh()).ledger.counted_fen
    assert "还没有填" in client.get(f"{base}ledger/").content.decode()
    wrong = client.post(f"{base}ledger/audited/", {"fen": "许多"})
    assert wrong.status_code == 422
    assert 'value="许多"' in wrong.content.decode()
    below = client.post(f"{base}ledger/audited/", {"fen": "-1"})
    assert below.status_code == 422
    assert "不会是负数" in below.content.decode()
    for fen, said in ((counted, "与计入的一致"), (counted - 1, "多："), (counted + 1, "少：")):
        typed = f"{fen // 100}.{fen % 100:02d}"
        assert client.post(f"{base}ledger/audited/", {"fen": typed}).status_code == 302
        page = client.get(f"{base}ledger/").content.decode()
        assert said in page
        assert typed in client.get(f"{base}ledger/audited/").content.decode().replace(",", "")
    assert "差 0.01 元" in page
    client.post(f"{base}ledger/audited/", {"fen": ""})
    assert made.fresh().dossier.audited_fen is None


def test_what_the_report_said_is_kept_with_what_was_handed_in(ground, now):
    made = make_application(ground)
    actions.state_audited_total(application=made.fresh(), fen=123456, actor=made.actor, now=now)
    made.application = made.fresh()
    bind(made, now=now)
    submission = actions.submit(application=made.fresh(), actor=made.actor, now=now)
    assert submission.facts["audited_fen"] == 123456
    assert queries.as_handed_in(made.fresh()).ledger.audited_fen == 123456
    with pytest.raises(Conflict):
        actions.state_audited_total(application=made.fresh(), fen=1, actor=made.actor, now=now)
