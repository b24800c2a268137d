"""Whatever is typed is text: in pages that show it later, in forms, in addresses, in headers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.matrix.crawl import crawl
from tests.web.matrix.forms import form_of, scan
from tests.web.matrix.markup import TAG, armed, payload, plant, wrong_in
from tests.web.matrix.table import address, rows
from tests.web.matrix.world import HOME, World, untouched

from xingyun.applications.models import Attachment
from xingyun.reviews.models import Minutes

pytestmark = pytest.mark.django_db
POSTS = [row for row in rows() if row.method == "POST"]
GETS = [row for row in rows() if row.method == "GET" and row.route != "health"]
VISITORS = ("nobody", "applicant", "rival", "preparer", "city", "auditor", "finance")
# Asked for by some page or other.
TOLD = ("q", "after", "before", "at", "level", "state", "serial", "page", "from", "show", "waiting", "spend")
EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
)


@pytest.mark.anywhere
@pytest.mark.parametrize("visitor", VISITORS)
def test_what_was_typed_is_shown_as_text(world: World, visitor: str) -> None:
    plant(world)
    pages = {where: text for where, text in crawl(world, visitor).text.items() if "<html" in text}
    assert {where: wrong for where, text in pages.items() if (wrong := wrong_in(text))} == {}
    if visitor != "nobody":
        shown = {n for text in pages.values() for n in re.findall(rf"&lt;{TAG} (n\d+)", text)}
        assert len(shown) > FEWEST[visitor], "markup stands on the pages, as text"


# So many different planted texts a visitor's pages show at least.
FEWEST = {"applicant": 100, "rival": 10, "preparer": 100, "city": 50, "auditor": 100, "finance": 5}


@pytest.mark.anywhere
@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.label)
def test_a_form_that_comes_back_holds_it_as_text(world: World, row) -> None:
    for visitor, sign in row.signs.items():
        if sign in {"+", ">", "409", "422"} and visitor in VISITORS:
            given = form_of(world, row.route)
            given["data"] = armed(given.get("data", {}))
            answer = world.ask(visitor, "POST", address(world, row), **given)
            assert answer.status_code < 500
            if "html" in answer.get("Content-Type", ""):
                assert wrong_in(answer.content.decode()) == []
            assert "evil" not in answer.get("Location", "")


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.label)
@pytest.mark.parametrize("text", ["a\x00b", "𠮷" * 5, "9" * 400], ids=["zero", "rare", "long"])
def test_what_no_database_takes_is_told(world: World, row, text: str) -> None:
    """A zero byte, a sign outside the first plane, a text far too long: never a fault."""
    allowed = [visitor for visitor in VISITORS if row.signs.get(visitor) in {"+", ">"}]
    for visitor in allowed[:1]:
        given = form_of(world, row.route)
        given["data"] = armed(given.get("data", {}), text)
        assert world.ask(visitor, "POST", address(world, row), **given).status_code < 500


@pytest.mark.anywhere
@pytest.mark.parametrize("row", GETS, ids=lambda row: row.label)
@pytest.mark.parametrize("text", ["", "a\x00b"], ids=["markup", "zero"])
def test_an_address_holds_it_as_text(world: World, row, text: str) -> None:
    readers = [visitor for visitor in VISITORS if row.signs.get(visitor) == "+"]
    visitor = readers[-1] if readers else "nobody"
    answer = world.ask(visitor, "GET", address(world, row), data={name: text or payload() for name in TOLD})
    assert answer.status_code < 500
    if "html" in answer.get("Content-Type", ""):
        assert wrong_in(answer.content.decode()) == []


def test_the_search_finds_what_it_looks_for() -> None:
    for bad in (
        payload(), "<script>1</script>", "<a href='java\nscript:alert(1)'>", "<i onclick=x>", "<p style='x'>",
        "<form action=//evil.example>",
    ):  # fmt: skip
        assert wrong_in(f'<p title="x">{bad}</p>') or wrong_in(f'<input value="{bad}">')
    escaped = '<a href="/x" title="&quot;&gt;&lt;xss&gt;">&lt;xss&gt;</a><script src="/a.js"></script>'
    assert wrong_in(escaped) == []


@pytest.mark.parametrize("evil", EVIL)
def test_signing_in_leads_nowhere_else(world: World, evil: str) -> None:
    with untouched():
        given = {"login": "heting-1", "password": "a-long-enough-one", "next": evil}
        answer = Client().post(reverse("account_login"), given)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))
    asked = Client().get(reverse("account_login"), {"next": evil})
    assert wrong_in(asked.content.decode()) == []
    sent = Client().post(reverse("application_new"), HTTP_REFERER=evil)
    assert sent["Location"] == f"{reverse('account_login')}?next=/start/"


NAMES = (
    'a"\r\nX-Evil: 1\r\n\r\n<script>.pdf',
    "../../etc/passwd.pdf",
    "..\\..\\boot.pdf",
    "annex\u202efdp.exe.pdf",
    "名\x00字.pdf",
    "a;filename=evil.html.pdf",
    "x" * 300 + ".pdf",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_s_name_stays_a_name(world: World, name: str) -> None:
    """Sent by a script that takes no care, downloaded by its applicant and by an official."""
    client, uid = world.client("applicant"), world.subjects["draft"]["uid"]
    file = SimpleUploadedFile("x.pdf", scan().read())
    file._name = name  # past the cleaning of the test's own client
    client.post(reverse("application_attach", args=[uid]), {"material": "screenshots", "file": file})
    kept = Attachment.objects.filter(application=world.made["draft"].application).latest("id")
    assert not re.search(r"[\x00-\x1f\u202e/\\]", kept.name)
    assert len(kept.name) <= 160
    for route in ("application_file_download", "application_file"):
        answer = client.get(reverse(route, args=[uid, kept.uid]))
        assert answer.status_code == 200
        assert "X-Evil" not in answer.headers
        assert answer.get("Content-Disposition", "attachment").startswith("attachment")
        assert answer.headers.get("X-Content-Type-Options", "nosniff") == "nosniff"


@pytest.mark.parametrize(
    "number", ["A\r\nX-Evil: 1", 'a"; filename="evil.html', "\u202eA", "A\x00B", "纪要\n9"]
)
def test_the_number_of_minutes_is_no_header(world: World, number: str) -> None:
    client = world.client("preparer")
    before = Minutes.objects.count()
    given = {"number": number, "held_on": "2020-10-10", "file": scan()}
    answer = client.post(reverse("minutes"), given)
    assert answer.status_code in {302, 422}
    if Minutes.objects.count() > before:
        kept = Minutes.objects.filter(authority__key=HOME).latest("id")
        sent = client.get(reverse("minutes_file", args=[kept.pk]))
        assert sent.status_code == 200
        assert "X-Evil" not in sent.headers
        assert "\n" not in sent["Content-Disposition"]
