"""Everything that people scan, for ten enterprises; and a printed checklist followed to the pages it names.

XINGYUN_TEST_FULL=1 takes up to 40 files an enterprise and 120 MB for one; without it there are fewer.
"""

import io
import os
import random
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image

FULL = bool(os.environ.get("XINGYUN_TEST_FULL"))
SIZES = (5, 8, 12, 16, 20, 24, 28, 32, 36, 40) if FULL else (5, 5, 6, 6, 7, 7, 8, 8, 9, 12)
HEAVY = 120 if FULL else 12  # MB in the heaviest application
LONG = 200  # pages of the longest file
MM = 72 / 25.4
FOOT = 72  # points from the lower edge: number and code of the page
SHEETS = {"a4": (210, 297), "lying": (297, 210), "a3": (420, 297), "slip": (210, 99), "plan": (900, 1200)}


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
    labels = [book.get_page_label(index) for index in range(len(book))]
    page = book[labels.index(str(number))]
    text = page.get_textpage().get_text_range()
    assert f"第 {number} 页" in text
    if read := set(re.findall(r"E\d\dF\d\dP\d{3}X", text)):
        return read
    image = page.render(scale=0.25).to_pil().convert("RGB")
    seen = image.getpixel((image.width // 2, image.height // 4))
    near = [w for w in wanted if sum(abs(a - b) for a, b in zip(colour(w), seen, strict=True)) < 12]
    return set(near)


def followed(book: pypdfium2.PdfDocument, labels: dict[str, str], claims: dict[str, list[str]]) -> int:
    """Follow each number beside a claimed domain (key → label, → words) to its page; how many there were."""
    count = 0
    for key, numbers in printed(book, {key: labels[key] for key in claims}).items():
        wanted = set(claims[key])
        shown = [words_on(book, number, wanted) for number in sorted(numbers)]
        assert set().union(*shown) == wanted, (key, numbers)
        assert len(numbers) == len(wanted), (key, numbers)
        count += len(numbers)
    return count
