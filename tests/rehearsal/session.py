"""A person at the pages by HTTP: cookies, forms as the pages give them, redirects; no browser, no shortcut.

Whatever is sent stands in a form of the page that lies open: its hidden fields, its token against forgery,
its button. A field or a button that the page does not offer can't be used; no answer, and one of a server
that is broken (500 and above), is Silence: whether the act was done can only be looked up.
"""

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from http.cookiejar import Cookie, CookieJar
from ipaddress import IPv4Address
from typing import IO, Self

from lxml import html
from tests.rehearsal.journal import Intent, Journal, Outcome, route

# A field's value, several for a list, or files as (name, content).
Attached = tuple[str, bytes]
Given = str | Sequence[str] | Sequence[Attached]
LONG = 300  # seconds; longer than any page may take on a busy machine
HOPS = 10  # redirects that one answer may come to
REDIRECT = frozenset({301, 302, 303})


class Fault(AssertionError):
    """A page was not what the person needed."""


class Silence(Fault):
    """Nobody answered, or a server that is broken did."""


class OneByOne(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by the person, who looks at the clock at each."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """No request follows by itself."""


class Page:
    """What an address answered."""

    def __init__(self, url: str, status: int, body: bytes, kind: str, onward: str = "") -> None:
        self.url, self.status, self.body, self.kind, self.onward = url, status, body, kind, onward
        self._tree: html.HtmlElement | None = None

    @property
    def tree(self) -> html.HtmlElement:
        """The page as elements."""
        if self._tree is None:
            self._tree = html.document_fromstring(self.body.decode(), base_url=self.url)
        return self._tree

    @property
    def path(self) -> str:
        """The address without its host and query."""
        return urllib.parse.urlsplit(self.url).path

    @property
    def text(self) -> str:
        """All words of the page's main part, white space closed up."""
        main = self.tree.xpath("//main") or [self.tree]
        return words(main[0])

    @property
    def heading(self) -> str:
        """The first heading."""
        return "".join(words(one) for one in self.tree.xpath("//h1")[:1])

    @property
    def told(self) -> str:
        """What the page says of the last act."""
        return " ".join(words(one) for one in self.tree.xpath("//*[@role='status' or @role='alert']"))

    def says(self, *wanted: str) -> Self:
        """Fail unless the page shows all of these."""
        lost = [one for one in wanted if one not in self.text]
        if lost:
            raise Fault(f"{self.url} does not say {lost}: {self.text[:1500]}")
        return self

    def link(self, name: str) -> str:
        """Where the link with this in its name leads."""
        for one in self.tree.xpath("//a[@href]"):
            if name in words(one) or name in (one.get("aria-label") or ""):
                return str(one.get("href"))
        raise Fault(f"{self.url} has no link “{name}”: {self.text[:800]}")

    def links(self, pattern: str) -> list[str]:
        """The addresses of links that match, each once, in their order."""
        known = dict.fromkeys(str(one.get("href")) for one in self.tree.xpath("//main//a[@href]"))
        return [one for one in known if re.search(pattern, one)]

    def forms(self, button: str) -> "list[tuple[html.FormElement, html.HtmlElement]]":
        """Every form with a button of this name, and the button."""
        found = []
        for one in self.tree.xpath("//button | //input[@type='submit']"):
            if one.get("type") == "button" or one.get("disabled") is not None:
                continue
            name = words(one) or one.get("value") or ""
            named = self.tree.xpath("//form[@id=$id]", id=one.get("form") or "")
            form = named[0] if named else next(one.iterancestors("form"), None)
            if form is not None and (button in name or button in (one.get("aria-label") or "")):
                found.append((form, one))
        return found

    def has(self, button: str) -> bool:
        """Whether such a button can be pressed."""
        return bool(self.forms(button))


def words(element: html.HtmlElement) -> str:
    """The text of an element as it reads."""
    return re.sub(r"\s+", " ", "".join(element.itertext("*"))).strip()


class Person:
    """Somebody with a session of their own.

    `journal` keeps what they ask and do; `pause` is called before each page, as a person who reads the last.
    """

    def __init__(
        self,
        base: str,
        name: str,
        journal: Journal | None = None,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        self.base, self.name, self.journal, self.pause = base, name, journal or Journal(), pause
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), OneByOne()
        )
        # As a proxy tells it: attempts to sign in are counted by address.
        self.address = str(IPv4Address(int.from_bytes(b"\x0a" + sha256(name.encode()).digest()[:3])))
        self.asked = 0
        self.leave()

    def leave(self) -> None:
        """Close the page that lies open."""
        self.page = Page(self.base, 0, b"<html/>", "")

    def sign_in(self, password: str) -> Self:
        """Through the page, as everybody."""
        self.go("/accounts/login/")
        self.press("登录", {"login": self.name, "password": password})
        # The page of signing in speaks of signing out, too: its address tells.
        if "/accounts/login/" in self.page.url:
            raise Fault(f"{self.name} could not sign in: {self.page.text}")
        return self

    def bring(self, session: str) -> None:
        """Be signed in already, by this session."""
        host = urllib.parse.urlsplit(self.base).hostname or ""
        self.cookies.set_cookie(
            Cookie(0, "sessionid", session, None, False, host, True, False, "/", True,
                   False, None, True, None, None, {})
        )  # fmt: skip

    def go(self, path: str, *, closed: bool = False) -> Page:
        """Open an address; with `closed` it must not be there."""
        page = self._ask(urllib.request.Request(urllib.parse.urljoin(self.page.url, path)))
        asked = "/accounts/login/" in page.url and "/accounts/login/" not in path
        refused = page.status == 404 or asked
        if refused != closed or (not closed and page.status >= 400):
            raise Fault(f"{self.name} at {path}: {page.status} {page.url}")
        return page

    def press(
        self,
        button: str,
        given: Mapping[str, Given] | None = None,
        *,
        at: str = "",
        holding: str = "",
        where: Mapping[str, str] | None = None,
        refused: int = 0,
        does: Sequence[Intent] = (),
    ) -> Page:
        """Fill in the form of this button and send it.

        `at` is part of the form's address, `holding` of its words, `where` of its fields, when several have
        such a button. Any refusal of the page but the expected status is a fault. `does` is what it carries
        out, for the journal.
        """
        came_from = self.page.url
        form, pressed = self._form(button, at, holding, where or {})
        given = dict(given or {})
        fields: list[tuple[str, str | Attached]] = []
        for name, value in form.form_values():
            if name not in given:
                fields.append((name, value))
        if pressed.get("name"):
            fields.append((str(pressed.get("name")), pressed.get("value") or ""))
        offered = {one.get("name") for one in self._inputs(form)}
        lost = [name for name in given if name not in offered]
        if lost:
            raise Fault(
                f"{came_from}: the form of “{button}” has no {lost}, only {sorted(filter(None, offered))}"
            )
        for name, value in given.items():
            many = [value] if isinstance(value, str) else value
            fields += [(name, one) for one in many]
        action = pressed.get("formaction") or form.get("action") or came_from
        page = self._send(urllib.parse.urljoin(came_from, action), fields, came_from, form.method, does)
        if (page.status >= 400) != bool(refused) or (refused and page.status != refused):
            alerts = " | ".join(words(one) for one in page.tree.xpath("//*[@role='alert']"))
            raise Fault(
                f"{self.name} pressed “{button}” at {came_from}: {page.status} {alerts or page.text[:900]}"
            )
        return page

    def _form(
        self, button: str, at: str, holding: str, where: Mapping[str, str]
    ) -> "tuple[html.FormElement, html.HtmlElement]":
        for form, pressed in self.page.forms(button):
            action = pressed.get("formaction") or form.get("action") or ""
            fits = where.items() <= dict(form.form_values()).items()
            if fits and at in action and holding in words(form):
                return form, pressed
        raise Fault(f"{self.name} finds no “{button}” at {self.page.url}: {self.page.text[:1200]}")

    def _inputs(self, form: html.FormElement) -> list[html.HtmlElement]:
        inside = form.xpath(".//input | .//select | .//textarea")
        outside = self.page.tree.xpath("//*[@form=$id]", id=form.get("id") or "-")
        return [one for one in [*inside, *outside] if one.get("disabled") is None]

    def _send(
        self,
        url: str,
        fields: Sequence[tuple[str, str | Attached]],
        referer: str,
        method: str,
        does: Sequence[Intent],
    ) -> Page:
        if method == "GET":
            query = urllib.parse.urlencode([(name, str(value)) for name, value in fields])
            return self._ask(urllib.request.Request(f"{url}?{query}"))
        mark = uuid.uuid4().hex
        request = urllib.request.Request(url, data=_multipart(fields, mark))
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        request.add_header("Referer", referer)
        return self._ask(request, does)

    def _ask(self, request: urllib.request.Request, does: Sequence[Intent] = ()) -> Page:
        self.pause()
        try:
            page = self._once(request)
        except Silence:
            self.journal.acted(does, Outcome.SILENT)
            raise
        refused = page.status >= 400 or "/accounts/login/" in page.onward
        self.journal.acted(does, Outcome.REFUSED if refused else Outcome.DONE)
        for _hop in range(HOPS):
            if page.status not in REDIRECT:
                break
            page = self._once(urllib.request.Request(urllib.parse.urljoin(page.url, page.onward)))
        if page.kind.startswith("text/html"):
            self.page = page
        return page

    def _once(self, request: urllib.request.Request) -> Page:
        """One request and its answer; raises Silence."""
        request.add_header("Accept-Language", "zh-CN")
        request.add_header("X-Forwarded-For", self.address)
        self.asked += 1
        since, status = time.monotonic(), 0
        try:
            page = self._answer(request)
            status = page.status
        except (OSError, http.client.HTTPException) as error:
            raise Silence(f"{self.name}: {request.get_method()} {request.full_url}: {error!r}") from error
        finally:
            path = urllib.parse.urlsplit(request.full_url).path
            self.journal.heard(self.name, route(request.get_method(), path), since, status)
        if status >= 500:
            raise Silence(f"{self.name}: {request.get_method()} {request.full_url} answered {status}")
        return page

    def _answer(self, request: urllib.request.Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=LONG)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            kind, onward = (answer.headers.get(name, "") for name in ("Content-Type", "Location"))
            return Page(answer.url, answer.status, answer.read(), kind, onward)


def _multipart(fields: Sequence[tuple[str, str | Attached]], mark: str) -> bytes:
    parts = []
    for name, value in fields:
        if isinstance(value, str):
            head, content = f'form-data; name="{name}"', value.encode()
        else:
            head = f'form-data; name="{name}"; filename="{value[0]}"'
            content = value[1]
        parts.append(f"--{mark}\r\nContent-Disposition: {head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode()
