"""What a signed-in person can ask: every address with a question in it, and every form with its fields.

One of each shape: numbers and identifiers in an address don't make it another one.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tests.rehearsal.session import Fault, Page, Person

MOST = 500  # pages of one person
OF_A_SHAPE = 2
NAMED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-HJ-NPQRTUWXY]{18}|\d+")
# Out again, and what answers with files that hold no parameter.
CLOSED = ("/static/", "/accounts/logout/", "/theme/", "/language/")
UNTYPED = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class Question:
    """One request: a body where it is a form's."""

    method: str
    url: str
    body: str = ""

    @property
    def shape(self) -> str:
        """What makes it another one: way, address without names, and its fields."""
        at = urlsplit(self.url)
        fields = sorted({name for name, _ in parse_qsl(self.body or at.query, keep_blank_values=True)})
        return f"{self.method} {NAMED.sub('*', at.path)} {' '.join(fields)}"


def walk(person: Person, *starts: str) -> list[Question]:
    """Follow every link from the first pages on; what was found, each shape once."""
    found: dict[str, Question] = {}
    seen, shapes = set[str](), Counter[str]()
    waiting = deque(urljoin(person.base, start) for start in starts)
    while waiting and len(seen) < MOST:
        url = waiting.popleft()
        asked = Question("GET", url)
        if url in seen or shapes[asked.shape] >= OF_A_SHAPE:
            continue
        seen.add(url)
        shapes[asked.shape] += 1
        try:
            page = person.go(url)
        except Fault as fault:
            if "answered 5" in str(fault):
                raise
            continue  # a link that this person may not follow, or that was worth one visit
        if not page.kind.startswith("text/html"):
            continue
        if urlsplit(url).query:
            found.setdefault(asked.shape, asked)
        for one in _forms(page):
            found.setdefault(one.shape, one)
        waiting.extend(_links(page, person.base))
    return list(found.values())


def _links(page: Page, base: str) -> Iterator[str]:
    for one in page.tree.xpath("//a[@href]"):
        url = urljoin(page.url, one.get("href")).split("#")[0]
        if url.startswith(base) and not urlsplit(url).path.startswith(CLOSED):
            yield url


def _forms(page: Page) -> Iterator[Question]:
    for form in page.tree.xpath("//form"):
        fields = {}
        for one in [*form.xpath(".//input | .//select | .//textarea | .//button[@name]")]:
            kind = (one.get("type") or "").lower()
            if one.get("name") and (kind not in UNTYPED or one.tag == "button"):
                fields.setdefault(one.get("name"), one.get("value") or "1")
        fields.update({name: value for name, value in form.form_values() if value})
        url = urljoin(page.url, form.get("action") or page.url).split("#")[0]
        if urlsplit(url).path.startswith(CLOSED) or not set(fields) - {"csrfmiddlewaretoken"}:
            continue
        if form.method == "GET":
            yield Question("GET", f"{url.split('?')[0]}?{urlencode(fields)}")
        else:
            yield Question("POST", url, urlencode(fields))
