"""The pages of applicants, accounts and the public when something is wrong: they hold as well."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect
from tests.factories.applications import bind
from tests.web.pages.looking import faults
from tests.web.pages.served import Site
from tests.web.pages.wrong import CASES, FORM, Case, send

from xingyun import clock
from xingyun.applications import queries
from xingyun.applications.models import Booklet
from xingyun.audit.outages import Outage
from xingyun.web.errors import away

pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.xdist_group("errors")]
TEXT = {"name": "说明.txt", "mimeType": "text/plain", "buffer": "不是扫描件".encode()}
BROKEN = {"name": "坏的.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 broken"}
LONG = "all => all.forEach((text) => { text.value = '字'.repeat(3000); })"
OLD = "all => all.forEach((token) => { token.value = 'x'.repeat(64); })"
SUBMIT = "form => HTMLFormElement.prototype.submit.call(form)"
SAVES = {
    "expired": (401, {"message": "登录已过期，请重新登录。", "login": "/accounts/login/"}),
    "refused": (422, {"message": "内容太长。"}),
    "gone": (410, {"message": "没有这一栏。"}),
    "conflict": (409, {"mine": "我写的", "theirs": "对方写的", "digest": "x"}),
    "fault": (502, {}),
}


def holds(page: Page, axe) -> None:
    """Nothing is wrong with the page that says what is wrong."""
    found = faults(page, axe)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_form_that_says_what_is_wrong(site: Site, axe, case: Case) -> None:
    page = site.page(case.visitor)
    page.goto(site.at(case.route, case.subject))
    send(page, case)
    holds(page, axe)


def test_a_section_with_wrong_answers(site: Site, axe) -> None:
    page = site.page("applicant")
    uid = site.world.subjects["draft"]["uid"]
    for section in site.world.ground.book.form.sections:
        page.goto(site.at("application_form", uid=uid, section=section.key))
        wrong = page.locator("input[type=text], input[type=tel], input[type=email]")
        for n in range(wrong.count()):
            wrong.nth(n).evaluate("input => { input.value = 'x'; }")
        page.locator(f"{FORM} textarea").evaluate_all(
            "all => all.forEach(t => { t.value = '字'.repeat(3000); })"
        )
        with page.expect_navigation():
            page.locator(f"{FORM}[novalidate]").evaluate(SUBMIT)
        if page.locator("[aria-invalid=true]").count():
            holds(page, axe)


def test_a_section_that_somebody_else_has_changed(site: Site, axe) -> None:
    page = site.page("applicant")
    uid = site.world.subjects["draft"]["uid"]
    section = site.world.ground.book.form.field("scope").section
    page.goto(site.at("application_form", uid=uid, section=section))
    page.evaluate("""() => { document.querySelector("[name=seen-scope]").value = "old";
        document.querySelector("[name=scope]").value = "我写的";
        HTMLFormElement.prototype.submit.call(document.querySelector("form[data-autosave]")); }""")
    expect(page.get_by_role("alert").first).to_contain_text("两份都在")
    holds(page, axe)


@pytest.mark.parametrize("how", [*SAVES, "offline"])
def test_an_answer_that_could_not_be_saved(site: Site, axe, how: str) -> None:
    page = site.page("applicant")
    uid = site.world.subjects["draft"]["uid"]
    page.goto(
        site.at("application_form", uid=uid, section=site.world.ground.book.form.field("scope").section)
    )
    page.wait_for_load_state()
    page.evaluate("localStorage.clear()")

    def answer(route) -> None:
        if how == "offline":
            route.abort()
        else:
            route.fulfill(status=SAVES[how][0], json=SAVES[how][1])

    page.route("**/save/", answer)
    page.fill("[name=scope]", f"云上业务，没有存上的（{how}）")
    page.locator("[name=scope]").blur()
    expect(page.locator("[data-save-trouble] .say, [data-gone], [data-conflict]").first).to_be_visible()
    holds(page, axe)
    page.unroute("**/save/")
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")


@pytest.mark.parametrize("place", ["evidence", "booklet"])
def test_a_file_that_is_not_taken(site: Site, axe, place: str) -> None:
    if place == "booklet":
        # A book of the draft as other tests have left it, whatever is being made meanwhile.
        made = site.world.made["draft"]
        made.application = made.fresh()
        inputs = queries.booklets.digest(queries.inputs_of(made.application))
        if not Booklet.objects.filter(application=made.application, inputs=inputs).exists():
            bind(made, now=clock.now())
    page = site.page("applicant")
    for file in (TEXT, BROKEN):
        page.goto(site.at(f"application_{place}", "draft"))
        page.locator("form[data-upload] input[type=file]").set_input_files(file)
        # What is drawn anew after the upload takes the refusal along.
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("没有收下").first).to_be_visible(timeout=20_000)
        holds(page, axe)


@pytest.mark.parametrize(("visitor", "route"), [("nobody", "register"), ("nobody", "takeover_claim")])
def test_a_paper_that_is_no_scan(site: Site, axe, visitor: str, route: str) -> None:
    page = site.page(visitor)
    page.goto(site.at(route))
    for n in range(page.locator("main input[type=file]").count()):
        page.locator("main input[type=file]").nth(n).set_input_files(TEXT)
    send(page, Case(visitor, route))
    holds(page, axe)


def test_a_page_that_does_not_exist(site: Site, axe) -> None:
    for visitor in ("nobody", "applicant"):
        page = site.page(visitor)
        page.goto("/nothing/here/")
        holds(page, axe)


def test_a_form_older_than_the_session(site: Site, axe) -> None:
    page = site.page("applicant")
    page.goto(site.at("application_contract_new", "draft"))
    page.fill("[name=number]", "HT-009")
    page.locator("[name=csrfmiddlewaretoken]").evaluate_all(OLD)
    page.locator(f"{FORM}[novalidate]").evaluate(SUBMIT)
    expect(page.get_by_role("heading", level=1)).to_contain_text("这个页面放得太久")
    holds(page, axe)


def test_an_act_that_is_refused(site: Site, axe) -> None:
    page = site.page("applicant")
    page.goto(site.at("application_contract_new", "draft"))
    to = site.at("application_claim", "awarded")
    page.locator(f"{FORM}[novalidate]").evaluate("(form, to) => { form.action = to; }", to)
    with page.expect_navigation():
        page.locator(f"{FORM}[novalidate]").evaluate(SUBMIT)
    holds(page, axe)


def test_a_fault_of_the_server(site: Site, axe) -> None:
    page = site.page("nobody")
    drawn = render_to_string("errors/500.html")
    _is_shown(page, drawn, 500, axe)


@pytest.mark.parametrize("met", Outage)
def test_an_outage(site: Site, axe, rf, met: Outage) -> None:
    answer = away(rf.post("/contacts/", {"reason": "写了很久的一段话"}), met)
    _is_shown(site.page("nobody"), answer.content.decode(), answer.status_code, axe)


def _is_shown(page: Page, drawn: str, status: int, axe) -> None:
    page.route(
        "**/contacts/", lambda route: route.fulfill(status=status, body=drawn, content_type="text/html")
    )
    page.goto("/contacts/")
    holds(page, axe)
    page.unroute("**/contacts/")


def test_somebody_has_to_sign_in_first(site: Site, axe) -> None:
    page = site.page("nobody")
    page.goto(site.at("application_evidence", "draft"))
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    holds(page, axe)
