"""What was read from the files, shown to their applicant, and entered into the ledger from there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import remembering
from tests.documents.evidence_reading import invented
from tests.factories.applications import make_application
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications.models import Attachment
from xingyun.evidence.models import Invoice, Reading
from xingyun.evidence.queries.readings import VERSION

pytestmark = pytest.mark.django_db
FIRST, SECOND = invented.facts(7, "digital_special"), invented.facts(8, "electronic_ordinary")


def field(*said):
    values = [{"value": value, "sources": [{"source": source, "page": 1}]} for value, source in said]
    return {"value": said[0][0], "differs": len(said) > 1, "values": values}


def invoice(one, **fields):
    told = {name: field((value, "text")) for name, value in one.expected().items()}
    return {"pages": [1], "findings": [], "fields": {**told, **fields}}


def data(*invoices, **more):
    return {"kind": "pdf", "read": True, "invoices": list(invoices), "contract": None, "audit": None,
            "findings": [], "parts": [], **more}  # fmt: skip


@pytest.fixture
def made(ground):
    return make_application(ground, now=ground.now)


@pytest.fixture
def client(made):
    return signed_in(made.actor)


@pytest.fixture
def root(made):
    return f"/enterprise/applications/{made.application.uid}/"


@pytest.fixture
def attachment(made):
    return Attachment.objects.filter(application=made.application, material="invoices").get()


def keep(attachment, answer, state="read"):
    Reading.objects.update_or_create(
        file=attachment.file, version=VERSION, defaults={"data": answer, "state": state}
    )


def test_waiting_and_failed_are_told(client, root, attachment):
    page = client.get(root + "evidence/read/").content.decode()
    assert "等待读取" in page
    keep(attachment, {**data(), "read": False}, "failed")
    assert "没有读出" in client.get(root + "evidence/read/").content.decode()


def test_several_in_one_file_are_offered_one_by_one(client, root, attachment):
    keep(attachment, data(invoice(FIRST), invoice(SECOND)))
    page = client.get(root + "evidence/read/").content.decode()
    for n, one in enumerate((FIRST, SECOND)):
        assert one.number in page
        assert f"?file={attachment.uid}&amp;n={n}" in page
    form = client.get(f"{root}ledger/invoices/?file={attachment.uid}&n=1").content.decode()
    assert f'value="{SECOND.number}"' in form
    assert f'value="{SECOND.expected()["issued_on"]}"' in form
    assert "第 1 页文字" in form


def test_where_two_sources_differ_both_are_shown(client, root, attachment):
    keep(attachment, data(invoice(FIRST, gross_fen=field((112_00, "qr"), (113_00, "text")))))
    form = client.get(f"{root}ledger/invoices/?file={attachment.uid}&n=0").content.decode()
    assert 'value="112.00"' in form
    assert "113.00" in form
    assert "两处不一样，以原件为准" in form


def test_entered_it_is_not_offered_any_more(made, client, root, attachment):
    keep(attachment, data(invoice(FIRST)))
    typed = {"number": FIRST.number, "issued_on": "2020-03-02", "net_fen": "100", "tax_fen": "6",
             "gross_fen": "106"}  # fmt: skip
    assert client.post(f"{root}ledger/invoices/?file={attachment.uid}&n=0", typed).status_code == 302
    assert Invoice.objects.filter(number=FIRST.number).exists()
    page = client.get(root + "evidence/read/").content.decode()
    assert "台账里有" in page
    assert f"?file={attachment.uid}" not in page


def test_contracts_and_reports(client, root, attachment):
    contract = {
        "fields": {"number": field(("HT-7", "text")), "amount_fen": field((88_00, "text")),
                   "starts_on": field(("2020-03", "text"))},
        "parties": [{"label": "乙方", "side": "seller", "name": "泉畔云", "uscc": "", "page": 1}],
        "says_cloud": True, "mentions": [],
    }  # fmt: skip
    audit = {"fields": {"total_fen": field((123_45, "text"))}}
    keep(attachment, data(contract=contract, audit=audit))
    form = client.get(f"{root}ledger/contracts/?file={attachment.uid}&n=0").content.decode()
    for value in ('value="HT-7"', 'value="88.00"', 'value="泉畔云"', "2020-03"):
        assert value in form
    assert 'name="starts_on" value' not in form
    assert 'value="123.45"' in client.get(
        f"{root}ledger/audited/?file={attachment.uid}&n=0"
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("asked", ["file=x&n=0", "file={own}&n=9", "file={own}&n=-1", "file={theirs}&n=0"])
def test_addresses_that_name_nothing(ground, client, root, attachment, asked):
    theirs = Attachment.objects.filter(application=make_application(ground).application).first()
    keep(theirs, data(invoice(SECOND)))
    keep(attachment, data(invoice(FIRST)))
    address = f"{root}ledger/invoices/?" + asked.format(own=attachment.uid, theirs=theirs.uid)
    page = client.get(address)
    assert page.status_code == 200
    assert SECOND.number not in page.content.decode()


def test_nothing_of_another_enterprise(ground, root, attachment):
    keep(attachment, data(invoice(FIRST)))
    theirs = make_party(ground).client
    assert theirs.get(root + "evidence/read/").status_code == 404


@pytest.mark.parametrize("many", [0, 60])
def test_what_it_costs(made, client, root, attachment, many):
    keep(attachment, data(*(invoice(FIRST) for _ in range(many))))
    costs = []
    for page in ("evidence/", "evidence/read/"):
        remembering.forget()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(root + page).status_code == 200
        costs.append(len(seen))
    assert costs[1] == costs[0] + 2
