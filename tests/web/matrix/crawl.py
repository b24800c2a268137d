"""Everything that a visitor can read: the addresses of the table, and every link from there on."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

import pypdfium2
from django.http.response import HttpResponseBase
from tests.web.matrix.table import address, rows
from tests.web.matrix.world import World

LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
# Pictures hold no text that could be searched; a form's own address is asked by its page.
PICTURE = re.compile(r"\.png$|/pages/\d+/$")
ELSEWHERE = ("/static/", "/accounts/", "/theme/", "/language/")
# A page whose address has so many queries is read as often, and not again.
ENOUGH = 5
MOST = 1200


@dataclass
class Read:
    """What a visitor has read: the text by address, and the links that lead nowhere."""

    text: dict[str, str] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)

    def holding(self, words: Iterable[str]) -> dict[str, list[str]]:
        """The addresses at which any of the words stands."""
        wanted = tuple(words)
        found = {where: [w for w in wanted if w in text] for where, text in self.text.items()}
        return {where: words for where, words in found.items() if words}


def crawl(world: World, visitor: str) -> Read:
    """Read all that this visitor finds. The links of a page that it may read must lead somewhere."""
    read, seen, variants = Read(), set(), Counter[str]()
    listed = [address(world, row) for row in rows() if row.method == "GET"]
    waiting = deque([(one, "") for one in listed if not skipped(one)])
    while waiting and len(seen) < MOST:
        here, before = waiting.popleft()
        place = urlsplit(here).path
        variants[place] += here not in seen
        if here in seen or variants[place] > ENOUGH:
            continue
        seen.add(here)
        answer = world.ask(visitor, "GET", here)
        if answer.status_code == 404 and before:
            read.dead[here] = before
        if answer.status_code == 200:
            read.text[here] = text = text_of(answer)
            waiting.extend((one, here) for one in links(here, text))
    assert len(seen) < MOST, "the crawl runs away"
    return read


def links(here: str, text: str) -> list[str]:
    """The pages that a page leads to, without the posts of its forms."""
    page = re.sub(r'<form[^>]*method="post"[^>]*>', "<form>", text)
    found = {urljoin(here, unescape(link)).split("#")[0] for link in LINK.findall(page)}
    return sorted(one for one in found if one.startswith("/") and not skipped(one))


def skipped(link: str) -> bool:
    """What is not worth asking."""
    place = urlsplit(link).path
    return place.startswith(ELSEWHERE) or bool(PICTURE.search(place))


def text_of(answer: HttpResponseBase) -> str:
    """What can be read in an answer: markup as it is, the words of a PDF, the cells of a workbook."""
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return content.decode("utf-8", "replace")
