"""Ten enterprises with everything that people scan: uploaded, attached, claimed, bound; every printed page
number is followed to the page that it names, in the PDF itself.

XINGYUN_TEST_FULL=1 takes up to 40 files an enterprise and 120 MB for one; without it there are fewer.
"""

import io
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.factories.applications import Made, make_application

from xingyun.applications import actions
from xingyun.applications.models import Application, Attachment
from xingyun.applications.queries import current_booklet
from xingyun.files import actions as files
from xingyun.files import parts
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.rounds.queries import rulebook_of

FULL = bool(os.environ.get("XINGYUN_TEST_FULL"))
SIZES = (5, 8, 12, 16, 20, 24, 28, 32, 36, 40) if FULL else (5, 5, 6, 6, 7, 7, 8, 8, 9, 12)
HEAVY = 120 if FULL else 12  # MB in the heaviest application
LONG = 200  # pages of the longest file
SLOT = "screenshots"
MM = 72 / 25.4
FOOT = 72  # points from the lower edge: number and code of the page
SHEETS = {"a4": (210, 297), "lying": (297, 210), "a3": (420, 297), "slip": (210, 99), "plan": (900, 1200)}

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Taken:
    """An enterprise's application, and the words on the pages that prove a domain."""

    made: Made
    claims: dict[str, list[str]] = field(default_factory=dict)


def colour(word: str) -> tuple[int, int, int]:
    """A picture can't be read: its colour is its word."""
    drawn = random.Random(word)
    return (drawn.randrange(20, 235), drawn.randrange(20, 235), drawn.randrange(20, 235))


def paper(words: list[str], sheet: str, rotate: int, weight: int) -> bytes:
    """A PDF whose pages carry one word each, turned, cropped, scaled; `weight` bytes more."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        width, height = (side * MM for side in SHEETS[sheet])
        for n, word in enumerate(words):
            page = pdf.add_blank_page(page_size=(width, height))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            text = f"BT /F 24 Tf {width / 3:.0f} {height / 2:.0f} Td ({word}) Tj ET\n"
            ballast = os.urandom(weight // 2).hex() if n == 0 and weight else ""
            page.Contents = pikepdf.Stream(pdf, f"{text}%{ballast}".encode())
            page.obj.Rotate = rotate
            if n % 3 == 1:
                page.obj.CropBox = pikepdf.Array([10, 10, width - 10, height - 10])
            if n % 5 == 2:
                page.obj.UserUnit = 2
        pdf.save(out, compress_streams=not weight)
    return out.getvalue()


def photo(word: str, kind: str) -> bytes:
    """A picture of one colour, as cameras and screens make them."""
    out, image = io.BytesIO(), Image.new("RGB", (900, 600), colour(word))
    if kind == "turned":
        exif = image.getexif()
        exif[0x0112] = 6
        image.save(out, "JPEG", exif=exif, quality=95)
    elif kind == "alpha":
        image.convert("RGBA").save(out, "PNG")
    else:
        image.save(out, "PNG" if kind == "screen" else "JPEG")
    return out.getvalue()


def uploaded(content: bytes, name: str, made: Made, now: datetime) -> File:
    """Through the upload's own way: begun, received, finished."""
    person = made.actor.person
    upload = files.begin(owner_id=person, name=name, length=len(content), now=now)
    with parts.held(upload.uuid) as part:
        part.write_bytes(content)
        assert files.advance(upload=upload, to=len(content))
    return files.finish(upload=upload, now=now)


def contents(n: int, count: int) -> Iterator[tuple[str, bytes, list[str]]]:
    """Name, bytes and words of the files of the n-th enterprise: another mixture for each."""
    kinds = [*SHEETS, "photo", "turned", "screen", "alpha", "scan"]
    for at in range(count):
        kind, stem = kinds[(at + n) % len(kinds)], f"E{n:02d}F{at:02d}"
        if n == 9 and at == 0:
            words = [f"{stem}P{page:03d}X" for page in range(1, LONG + 1)]
            yield f"{stem}.pdf", paper(words, "a4", 0, 0), words
        elif kind in SHEETS or kind == "scan":
            words = [f"{stem}P{page:03d}X" for page in range(1, 2 + (at * 3 + n) % 7)]
            weight = HEAVY * 1024 * 1024 // count if n == 8 else 0
            rotate = (0, 90, 180, 270)[(at + n) % 4]
            yield f"{stem}.pdf", paper(words, "a4" if kind == "scan" else kind, rotate, weight), words
        else:
            word = f"{stem}P001X"
            yield f"{stem}.{'jpg' if kind in ('photo', 'turned') else 'png'}", photo(word, kind), [word]


def take(n: int, count: int, made: Made, now: datetime) -> Taken:
    """One enterprise on its way to the booklet."""
    taken, given = Taken(made), {"actor": made.actor, "now": now}
    attached: list[tuple[Attachment, list[str]]] = []
    for name, content, words in contents(n, count):
        file = uploaded(content, name, made, now)
        assert file.pages == len(words)
        one = actions.attach(application=made.application, file=file, name=name, material=SLOT, **given)
        attached.append((one, words))
    actions.move_attachment(attachment=attached[-1][0], position=1, **given)
    domains = [domain.key for domain in rulebook_of(made.application.edition).domains]
    drawn = random.Random(n)
    for at, key in enumerate(domains):
        for one, words in drawn.sample(attached, min(len(attached), 1 + at % 3)):
            first = drawn.randint(1, len(words))
            last = drawn.randint(first, min(len(words), first + 3))
            actions.prove(
                application=made.application, domain=key, attachment=one, first=first, last=last, **given
            )
            taken.claims.setdefault(key, []).extend(words[first - 1 : last])
    actions.make_booklet(application=made.application, **given)
    return taken


def printed(book: pypdfium2.PdfDocument, labels: dict[str, str]) -> dict[str, set[int]]:
    """What the checklist says, read from its own pages: domain → page numbers."""
    text = ""
    for page in book:
        width, height = page.get_size()
        said = page.get_textpage().get_text_bounded(0, FOOT, width, height)
        if "√" in said:
            text += re.sub(r"\s+", "", said)
    found = {}
    for key, label in labels.items():
        match = re.search(re.escape("".join(label.split())) + r"√([\d–、]+)", text)
        assert match, f"no numbers beside {label}"
        numbers: set[int] = set()
        for piece in match[1].strip("、").split("、"):
            first, _dash, last = piece.partition("–")
            numbers |= set(range(int(first), int(last or first) + 1))
        found[key] = numbers
    return found


def words_on(book: pypdfium2.PdfDocument, number: int, wanted: set[str]) -> set[str]:
    """The words that a page of the book shows: read, or told by the colour of its picture."""
    page = book[number - 1]
    text = page.get_textpage().get_text_range()
    assert f"第 {number} 页" in text
    if read := set(re.findall(r"E\d\dF\d\dP\d{3}X", text)):
        return read
    image = page.render(scale=0.25).to_pil().convert("RGB")
    seen = image.getpixel((image.width // 2, image.height // 4))
    near = [w for w in wanted if sum(abs(a - b) for a, b in zip(colour(w), seen, strict=True)) < 12]
    return set(near)


def test_every_number_of_ten_checklists_leads_to_its_page(ground, now):
    taken = [take(n, count, make_application(ground, complete=False), now) for n, count in enumerate(SIZES)]
    Worker(discover()).drain()
    followed = 0
    for one in taken:
        application = Application.objects.get(pk=one.made.application.pk)
        booklet = current_booklet(application)
        assert booklet
        assert booklet.state == "ready", booklet.error
        labels = {d.key: d.label for d in rulebook_of(application.edition).domains}
        book = pypdfium2.PdfDocument(path(booklet.file))
        try:
            for key, numbers in printed(book, labels).items():
                wanted = set(one.claims[key])
                shown = [words_on(book, number, wanted) for number in sorted(numbers)]
                assert set().union(*shown) == wanted, (key, numbers)
                assert len(numbers) == len(wanted)
                followed += len(numbers)
        finally:
            book.close()
    assert followed > 1000 if FULL else followed > 500
