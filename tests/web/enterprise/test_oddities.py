"""What is odd about an invoice, as it is typed, proved and shown."""

import pytest
from tests.factories.applications import make_application
from tests.web.enterprise.parties import make_party, signed_in
from tests.web.enterprise.test_work import CONTRACT, INVOICE

from xingyun.applications.models import RowPage
from xingyun.applications.queries import workspace
from xingyun.evidence.models import Contract, Invoice

pytestmark = pytest.mark.django_db
OWN = {**INVOICE, "number": "55003322"}
GROUP = {**OWN, "odd": ["group"], "buyer": "泉城集团", "own_fen": "53", "explanation": "按分摊表一半"}


@pytest.fixture
def made(ground):
    return make_application(ground, now=ground.now)


@pytest.fixture
def client(made):
    return signed_in(made.actor)


@pytest.fixture
def root(made):
    return f"/enterprise/applications/{made.application.uid}/ledger/"


def proof(made):
    attachment = next(a for m in workspace(made.fresh()).materials for a in m.attachments)
    return {"attachment": str(attachment.uid), "first": "1", "last": "2"}


def test_from_typing_to_the_proof(made, client, root):
    answer = client.post(root + "invoices/", GROUP)
    row = Invoice.objects.get(number=OWN["number"])
    here = f"{root}rows/{row.uid}/"
    assert (answer.status_code, answer["Location"]) == (302, here)
    assert "还没有附证明" in client.get(root).content.decode()
    page = client.get(here).content.decode()
    for told in ("泉城集团", "按分摊表一半", "53.00", "还没有证明"):
        assert told in page
    assert client.post(here, {**proof(made), "last": "9"}).status_code == 422
    assert client.post(here, proof(made)).status_code == 302
    assert "有证明，等待认定" in client.get(root).content.decode()
    page = RowPage.objects.get()
    client.post(f"{root}rows/pages/{page.pk}/remove/")
    assert not RowPage.objects.exists()


def test_what_was_typed_stays_when_something_is_missing(client, root):
    answer = client.post(root + "invoices/", {**GROUP, "explanation": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明情况" in page
    assert 'value="泉城集团"' in page
    assert 'value="group" checked' in page
    assert '<details class="oddities t4" open>' in page


def test_shares_of_two_contracts(made, client, root):
    for number in ("ZX-1", "ZX-2"):
        assert client.post(root + "contracts/", {**CONTRACT, "number": number}).status_code == 302
    uids = list(Contract.objects.filter(number__startswith="ZX").values_list("uid", flat=True))
    shares = {f"share-{uid}": typed for uid, typed in zip(uids, ("100", "6"), strict=True)}
    told = {**OWN, "odd": ["shared"], "explanation": "一票两份合同", **shares}
    wrong = client.post(root + "invoices/", {**told, f"share-{uids[1]}": "5"})
    assert "各合同分摊的合计是 105.00 元" in wrong.content.decode()
    assert client.post(root + "invoices/", told).status_code == 302
    row = Invoice.objects.get(number=OWN["number"])
    assert row.shares == [[str(uids[0]), 100_00], [str(uids[1]), 6_00]]
    page = client.get(f"{root}invoices/{row.uid}/").content.decode()
    assert 'value="100.00"' in page


def test_a_row_that_is_not_odd_has_nothing_to_prove(made, client, root):
    row = Invoice.objects.filter(dossier=made.application.dossier).first()
    assert client.get(f"{root}rows/{row.uid}/").status_code == 404


def test_nothing_of_another_enterprise(made, ground, client, root):
    client.post(root + "invoices/", GROUP)
    row = Invoice.objects.get(number=OWN["number"])
    client.post(f"{root}rows/{row.uid}/", proof(made))
    theirs = make_party(ground).client
    assert theirs.get(f"{root}rows/{row.uid}/").status_code == 404
    assert theirs.post(f"{root}rows/pages/{RowPage.objects.get().pk}/remove/").status_code == 404
    assert RowPage.objects.exists()
