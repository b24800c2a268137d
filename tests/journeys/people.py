"""People at their browsers: one context each, signed in through the page, every fault of a page noted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect
from tests.factories.ground import PASSWORD as NEIGHBOURS
from tests.journeys.browser import DESK
from tests.journeys.looking import look

from xingyun.demo.offices import PASSWORD

QUICK = 10_000  # ms; longer than any page may take here


class Person:
    """One person's browser. Console errors, failed requests and faults of the server are kept as troubles."""

    def __init__(self, browser: Browser, base: str, name: str) -> None:
        self.name, self.base = name, base
        # The programme that this person's lists are narrowed to, where several run.
        self.about = ""
        self.troubles: list[str] = []
        self._expected: set[int] = set()
        self.context = browser.new_context(locale="zh-CN", viewport=DESK, base_url=base)  # type: ignore[arg-type]
        self.context.set_default_timeout(QUICK)
        self.context.on("console", self._console)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answer)
        self.context.on("weberror", lambda error: self._trouble(str(error.error)))
        self.page: Page = self.context.new_page()

    def _trouble(self, text: str) -> None:
        self.troubles.append(f"{self.name} at {self.page.url}: {text}")

    def _console(self, message: ConsoleMessage) -> None:
        told = re.search(r"status of (\d{3})", message.text)
        if told and int(told[1]) in self._expected:
            return
        if message.type in ("error", "warning"):
            self._trouble(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # A download, and what a page still asked for while it was left, end this way.
        if request.failure != "net::ERR_ABORTED":
            self._trouble(f"{request.method} {request.url}: {request.failure}")

    def _answer(self, response: Response) -> None:
        if response.status >= 500:
            self._trouble(f"{response.request.method} {response.url}: {response.status}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Within this block answers of these statuses are no trouble."""
        before, self._expected = self._expected, {*self._expected, *statuses}
        try:
            yield
        finally:
            self.page.wait_for_timeout(50)  # the console comes a moment later
            self._expected = before

    def at_ease(self) -> None:
        """Fail for whatever went wrong since the last time."""
        troubles, self.troubles = self.troubles, []
        assert not troubles, "\n".join(troubles)

    def sign_in(self, username: str = "", password: str = PASSWORD) -> Self:
        """Through the page, as everybody."""
        self.page.goto("/accounts/login/")
        self.page.get_by_label("用户名").fill(username or self.name)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()
        return self

    def go(self, link: str, within: Locator | None = None, *, exact: bool = False) -> None:
        """Click a link by its name."""
        (within or self.page).get_by_role("link", name=link, exact=exact).first.click()

    def press(self, button: str, within: Locator | None = None, *, exact: bool = False) -> None:
        """Press a button by its name."""
        (within or self.page).get_by_role("button", name=button, exact=exact).first.click()

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        """Write into the field whose label begins so."""
        (within or self.page).get_by_label(re.compile(f"^{re.escape(label)}")).first.fill(text)

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose in the list whose label begins so."""
        field = (within or self.page).get_by_label(re.compile(f"^{re.escape(label)}")).first
        value = field.locator("option").filter(has_text=option).first.get_attribute("value")
        assert value is not None, f"{label} does not offer {option}"
        field.select_option(value)

    def heading(self, text: str) -> None:
        """The page's first heading says so."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def choose_programme(self) -> None:
        """Narrow the list that lies open to the programme that the person is about."""
        if self.about:
            self.go(self.about, self.page.get_by_role("navigation", name="批次"))

    def reads(self, text: str) -> None:
        """The page shows this."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def told(self, text: str) -> None:
        """A message says so."""
        expect(
            self.page.get_by_role("status").or_(self.page.get_by_role("alert")).filter(has_text=text).first
        ).to_be_visible()

    def look(self, name: str) -> None:
        """Look at the page closely; see `looking`."""
        look(self.page, name)
        self.at_ease()

    def download(self, link: str, to: Path, within: Locator | None = None) -> Path:
        """Click a link that brings a file."""
        with self.page.expect_download() as coming:
            self.go(link, within)
        coming.value.save_as(to)
        return to

    def closed(self, path: str) -> None:
        """The door at this address is closed: it does not exist, or asks who comes."""
        with self.expecting(404):
            answer = self.page.goto(path)
        assert answer is not None
        asked = "/accounts/login/" in self.page.url
        assert answer.status == 404 or asked, f"{self.name} came in at {path}: {answer.status}"


class People:
    """Everybody of one journey: `people.as_("lixia-jb")`."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.about = ""
        self.known: dict[str, Person] = {}

    def as_(self, username: str) -> Person:
        """This person, signed in."""
        password = NEIGHBOURS if username.startswith("enterprise-") else PASSWORD
        if username not in self.known:
            self.known[username] = Person(self.browser, self.base, username).sign_in(password=password)
        self.known[username].about = self.about
        return self.known[username]

    def visitor(self, name: str = "visitor") -> Person:
        """Somebody who does not sign in."""
        if name not in self.known:
            self.known[name] = Person(self.browser, self.base, name)
        return self.known[name]

    def leave(self) -> None:
        """Everybody closes the browser; the troubles that nobody looked at fail here."""
        for person in self.known.values():
            person.context.close()
        troubles = [t for person in self.known.values() for t in person.troubles]
        assert not troubles, "\n".join(troubles)
