"""Every page draws in every state, and stays closed to whom it does not concern."""

from pathlib import Path

import pytest
from django.test import Client
from tests.factories.applications import bind, make_application
from tests.factories.ground import make_ground
from tests.web.enterprise.parties import make_party, signed_in

from xingyun.applications.states import State
from xingyun.registry.states import Role

OTHER = Path(__file__).parents[2] / "rulebooks" / "qinglan-2022"

pytestmark = pytest.mark.django_db

PAGES = [
    "form/cloud/",
    "form/applicant/",
    "form/text/",
    "ledger/",
    "ledger/contracts/",
    "ledger/invoices/",
    "ledger/payments/",
    "evidence/",
    "checklist/",
    "checklist/?show=bare",
    "checklist/database/",
    "booklet/",
    "submit/",
    "withdraw/",
    "progress/",
]
POSTS = [
    "save/",
    "evidence/attach/",
    "evidence/absent/",
    "checklist/claim/",
    "booklet/make/",
    "booklet/scan/",
    "submit/",
    "withdraw/",
    "ledger/contracts/",
]


def root(application):
    return f"/enterprise/applications/{application.uid}/"


@pytest.fixture
def empty(ground):
    return make_application(ground, complete=False)


@pytest.fixture
def full(ground):
    return make_application(ground)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_draft(empty, page):
    answer = signed_in(empty.actor).get(root(empty.application) + page)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_filled_draft(full, page, now):
    bind(full, now=now)
    assert signed_in(full.actor).get(root(full.application) + page).status_code == 200


@pytest.mark.parametrize("state", list(State))
def test_progress_and_the_list_in_every_state(ground, state):
    made = make_application(ground, state=state)
    client = signed_in(made.actor)
    page = client.get(root(made.application) + "progress/")
    assert page.status_code == 200
    assert made.application.number in page.content.decode()
    home = client.get("/enterprise/").content.decode()
    assert made.application.number in home
    for other in ("submit/", "form/cloud/", "booklet/", "evidence/", "ledger/"):
        assert client.get(root(made.application) + other).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, ""])
def test_the_wrong_doors(ground, full, page):
    address = root(full.application) + page
    anonymous = Client().get(address)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/accounts/login/")
    others = [make_party(ground).client, signed_in(ground.actor("licheng")), signed_in(ground.actor("city"))]
    assert [client.get(address).status_code for client in others] == [404] * 3


def test_officials_do_not_come_in_by_this_door_after_submission_either(ground):
    made = make_application(ground, state=State.ACCEPTED)
    for who in (ground.actor("licheng"), ground.actor("licheng", Role.AUDITOR)):
        assert signed_in(who).get(root(made.application) + "progress/").status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_acts_are_closed_to_others_and_to_whoever_brings_no_token(ground, full, page):
    address = root(full.application) + page
    assert make_party(ground).client.post(address).status_code == 404
    assert Client().post(address).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(signed_in(full.actor).get("/enterprise/").wsgi_request.user)
    assert strict.post(address).status_code == 403


@pytest.mark.parametrize("page", ["evidence/absent/", "checklist/claim/", "booklet/make/", "save/"])
def test_acts_are_never_done_by_looking(full, page):
    assert signed_in(full.actor).get(root(full.application) + page).status_code == 405


def test_an_unknown_section_domain_or_row_is_not_there(full):
    client = signed_in(full.actor)
    nobody = "00000000-0000-4000-8000-000000000000"
    for page in ("form/nowhere/", "checklist/nowhere/", f"ledger/contracts/{nobody}/", f"evidence/{nobody}/"):
        assert client.get(root(full.application) + page).status_code == 404
    for page in ("receipt/", "receipt/file/", "certificate/", "booklet/file/", "booklet/scan/file/"):
        assert client.get(root(full.application) + page).status_code == 404


def test_a_message_leads_to_the_form_or_to_the_progress(ground):
    draft = make_application(ground, complete=False)
    handed_in = make_application(ground, state=State.SUBMITTED)
    client = signed_in(draft.actor)
    assert client.get(root(draft.application))["Location"].endswith("/form/")
    assert signed_in(handed_in.actor).get(root(handed_in.application))["Location"].endswith("/progress/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_rulebook_of_other_keys_tiers_and_points_goes_the_same_way(db, at, language):
    now = at("2022-03-01 09:00")
    ground = make_ground(now, folder=OTHER)
    made = make_application(ground)
    client = signed_in(made.actor)
    book = ground.book
    pages = [f"form/{section.key}/" for section in book.form.sections]
    pages += ["ledger/", "ledger/contracts/", "evidence/", "booklet/", "submit/", "progress/"]
    pages += ["checklist/", f"checklist/{book.domains[0].key}/"] if book.checklist else []
    for page in pages:
        answer = client.get(root(made.application) + page, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200, page
    register = client.get("/enterprise/register/").content.decode()
    assert all(f'value="{a.parent}"' not in register for a in book.authorities if a.parent)
