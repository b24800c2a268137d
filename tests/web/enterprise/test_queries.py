"""Every page costs the same number of queries with 10 rows and with 1,000."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import remembering
from tests.factories.applications import bind, make_application, pdf
from tests.web.enterprise.parties import signed_in

from xingyun.applications.models import Attachment, Claim, ClaimPage, StateChange
from xingyun.evidence.models import Invoice
from xingyun.messages.models import Message

pytestmark = pytest.mark.django_db

# The session, the person with its seats and posts, the application: 5. The whole of it laid out: 13 more.
# What a process has kept of it is as good as the database's: only its titles and its window are asked for.
KEPT = 7
COSTS = {
    "form/cloud/": 18,
    "ledger/": 18,
    "ledger/contracts/": 5,
    "ledger/invoices/": 7,
    "ledger/payments/": 6,
    "evidence/": 18,
    "checklist/": 18,
    "checklist/database/": 18,
    "booklet/": 18,
    "submit/": 18,
    "withdraw/": 5,
    "progress/": 12,
}


@pytest.fixture
def made(ground, now):
    made = make_application(ground)
    bind(made, now=now)
    return made


def cost(client, address):
    client.get(address)
    remembering.forget()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(seen)


def grow(made, to, now):
    """Let the application have `to` rows of everything that a page lists, behind everybody's back."""
    remembering.forget()
    application = made.application
    person = made.actor.user_id
    file = pdf("many", 2, now)
    Invoice.objects.bulk_create(
        Invoice(
            dossier=application.dossier, number=f"{n:08d}", issued_on="2020-03-01",
            net_fen=100, tax_fen=6, gross_fen=106, created_at=now,
        )
        for n in range(to)
    )  # fmt: skip
    attachments = Attachment.objects.bulk_create(
        Attachment(
            application=application, file=file, name=f"{n}.pdf", material="screenshots",
            position=100 + n, added_by_id=person, added_at=now,
        )
        for n in range(to)
    )  # fmt: skip
    claim = Claim.objects.filter(application=application).first()
    ClaimPage.objects.bulk_create(ClaimPage(claim=claim, attachment=a, first=1, last=1) for a in attachments)
    StateChange.objects.bulk_create(
        StateChange(
            application=application, seq=1000 + n, source="draft", target="submitted", act="submit",
            actor="user:1", label="x", at=now, entry_hash="0" * 64,
        )
        for n in range(to)
    )  # fmt: skip
    Message.objects.bulk_create(
        Message(dedupe_key=f"m{to}-{n}", user_id=person, subject="消息", body="正文", created_at=now)
        for n in range(to)
    )


@pytest.mark.parametrize("page", list(COSTS))
def test_a_page_of_the_application(made, now, page):
    client = signed_in(made.actor)
    address = f"/enterprise/applications/{made.application.uid}/{page}"
    grow(made, 10, now)
    few = cost(client, address)
    StateChange.objects.filter(seq__gte=1000).delete()
    grow(made, 1000, now)
    assert cost(client, address) == few
    assert few == COSTS[page]


@pytest.mark.parametrize("page", ["form/cloud/", "ledger/", "evidence/", "checklist/", "booklet/", "submit/"])
def test_what_has_not_changed_is_not_asked_again(made, page):
    client = signed_in(made.actor)
    address = f"/enterprise/applications/{made.application.uid}/{page}"
    client.get(address)
    with CaptureQueriesContext(connection) as seen, remembering.trusting():
        assert client.get(address).status_code == 200
    # Whether stamped pages are on their way is asked anew: somebody else may have brought them.
    assert len(seen) == KEPT + (page == "booklet/")


@pytest.mark.parametrize(("page", "queries"), [("/enterprise/", 11), ("/enterprise/messages/", 6)])
def test_the_lists(made, now, page, queries):
    client = signed_in(made.actor)
    grow(made, 10, now)
    few = cost(client, page)
    StateChange.objects.filter(seq__gte=1000).delete()
    grow(made, 1000, now)
    assert cost(client, page) == few
    assert few == queries


def test_a_field_is_saved_at_a_known_cost(made, now):
    client = signed_in(made.actor)
    address = f"/enterprise/applications/{made.application.uid}/save/"
    body = '{"field": "scope", "raw": "新写的", "seen": ""}'
    client.post(address, body, content_type="application/json")
    grow(made, 10, now)
    remembering.forget()
    with CaptureQueriesContext(connection) as seen:
        client.post(address, body, content_type="application/json")
    few = len(seen)
    StateChange.objects.filter(seq__gte=1000).delete()
    grow(made, 1000, now)
    remembering.forget()
    with CaptureQueriesContext(connection) as seen:
        client.post(address, body, content_type="application/json")
    assert len(seen) == few
