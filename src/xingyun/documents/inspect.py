"""What an uploaded file really is, whether a booklet can take it, and how many pages it will fill.

The kind is told by content, never by name. What cannot be used is refused in words that say how to mend it.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import filetype
import pikepdf
from PIL import Image, UnidentifiedImageError

Kind = Literal["pdf", "jpeg", "png"]
KINDS: dict[str, Kind] = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png"}
MAX_SIDE = 14_400  # points; the largest page that the format allows, 5.08 m
SIGNS = (b"<", b"PK\x03\x04", b"MZ", b"\x7fELF", b"GIF8", b"\xff\xd8", b"#!", b"Rar!")  # of something else

MESSAGES: dict[str, tuple[str, str]] = {
    "empty": (
        "文件是空的。请重新导出后再传，其他文件不受影响。",
        "The file is empty. Export it again and upload it; other files are not affected.",
    ),
    "kind": (
        "内容不是 PDF、JPG 或 PNG（看内容是 {found}，与扩展名无关）。请另存为 PDF 后再传。",
        "The content is not PDF, JPG or PNG (it is {found}, not what its name says). Save it as PDF.",
    ),
    "encrypted": (
        "PDF 设有打开密码，装不进申报书。请去掉密码，或用“打印成 PDF”另存一份再传。",
        "The PDF needs a password to open. Remove it, or print it to a new PDF, and upload it again.",
    ),
    "damaged": (
        "文件不完整或已损坏，读到一半就断了。请重新导出或重新扫描后再传，原来上传的内容已保留。",
        "The file is incomplete or damaged. Export or scan it again; what was uploaded before is kept.",
    ),
    "pages": (
        "共 {found} 页，上限 {limit} 页。请分成几个文件再传。",
        "It has {found} pages, the limit is {limit}. Split it into several files.",
    ),
    "pixels": (
        "图片有 {found} 万像素，上限 {limit} 万。请缩小到 A4 纸 300 dpi（约 870 万像素）再传。",
        "The image has {found}0,000 pixels, the limit is {limit}0,000. Scale it to A4 at 300 dpi.",
    ),
    "mixed": (
        "文件的开头是别的内容（像网页或程序），后面才是 PDF。请在原来的程序里重新导出 PDF 再传。",
        "The file begins as something else (a web page, a program); the PDF comes after it. Export it again.",
    ),
    "heavy": (
        "文件太复杂，读不完（内容层层嵌套，或已损坏）。请用“打印成 PDF”另存一份再传。",
        "The file is too complex to be read (nested too deep, or damaged). Print it to a new PDF.",
    ),
    "bomb": (
        "文件展开后超过 {limit} MB，不是正常的文件。请用“打印成 PDF”另存一份再传。",
        "Unpacked the file has more than {limit} MB, as no ordinary file has. Print it to a new PDF.",
    ),
    "xfa": (
        "这是动态表单（XFA），别的程序看不到里面的内容。请在填写它的程序里用“打印成 PDF”另存一份再传。",
        "This is a dynamic form (XFA) that other programs can't show. Print it to a new PDF and upload that.",
    ),
    "active": (
        "PDF 里有去不掉的活动内容（{found}）。请用“打印成 PDF”另存一份再传。",
        "The PDF has active content that can't be taken out ({found}). Print it to a new PDF.",
    ),
    "size": (
        "第 {page} 页的尺寸是 {found} 毫米，无法印成纸。请用“打印成 PDF”按 A4 另存一份再传。",
        "Page {page} measures {found} mm and can't be printed. Print it to a new A4 PDF and upload that.",
    ),
}


class UnusableError(Exception):
    """The file can't be part of a booklet: `code` for programs, `zh` and `en` for people."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        self.zh, self.en = (text.format(**facts) for text in MESSAGES[code])
        super().__init__(self.zh)


@dataclass(frozen=True)
class Inspected:
    """A usable file. `sizes` are (width, height) as seen: points for PDF pages, pixels for images.

    `flags` names active content (keys of cleaning.WORDS) and `restricted` for a PDF whose owner forbade
    changes but lets everybody read. `active` is what has to be taken out before anybody gets the file.
    """

    kind: Kind
    pages: int
    sizes: tuple[tuple[float, float], ...]
    flags: frozenset[str] = frozenset()

    @property
    def active(self) -> tuple[str, ...]:
        """The active content, in the order of its keys."""
        return tuple(sorted(self.flags - {"restricted"}))


def inspect(path: Path, *, max_pages: int = 300, max_pixels: int = 100_000_000) -> Inspected:
    """Look into `path`; raises UnusableError."""
    if path.stat().st_size == 0:
        raise UnusableError("empty")
    found = media_type(path)
    kind = KINDS.get(found)
    if kind is None:
        raise UnusableError("kind", found=found)
    if kind == "pdf":
        _refuse_mixed(path)
    return _pdf(path, max_pages) if kind == "pdf" else _image(path, kind, max_pixels)


def media_type(path: Path) -> str:
    """What the content is; a PDF's header may stand anywhere in the first kilobyte, as readers accept it."""
    with path.open("rb") as stream:
        head = stream.read(1024)
    if b"%PDF-" in head:
        return "application/pdf"
    return str(filetype.guess_mime(head) or "application/octet-stream")


def _refuse_mixed(path: Path) -> None:
    """What stands before a PDF's header may be anything that is nothing; scanners put it there."""
    with path.open("rb") as stream:
        before, _header, _rest = stream.read(1024).partition(b"%PDF-")
    if any(sign in before for sign in SIGNS):
        raise UnusableError("mixed")


def _image(path: Path, kind: Kind, max_pixels: int) -> Inspected:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if width * height > max_pixels:
                raise UnusableError("pixels", found=width * height // 10_000, limit=max_pixels // 10_000)
            image.load()
            turned = image.getexif().get(0x0112, 1) >= 5
    except Image.DecompressionBombError as error:
        # Pillow's own limit stands before ours: the number is in its words.
        found = int((re.findall(r"\d+", str(error)) or ["0"])[0])
        raise UnusableError("pixels", found=found // 10_000, limit=max_pixels // 10_000) from error
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise UnusableError("damaged") from error
    return Inspected(kind, 1, ((height, width) if turned else (width, height),))


def _pdf(path: Path, max_pages: int) -> Inspected:
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if any("reconstruct" in str(warning) for warning in pdf.get_warnings()):
                raise UnusableError("damaged")
            seen = _opened(pdf, max_pages)
            # By now every object was looked at, and what can't be followed is left out with a warning.
            if any("nested" in str(warning) for warning in pdf.get_warnings()):
                raise UnusableError("heavy")
            return seen
    except pikepdf.PasswordError as error:
        raise UnusableError("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise UnusableError("damaged") from error


def _opened(pdf: Any, max_pages: int) -> Inspected:
    count = len(pdf.pages)
    if count == 0:
        raise UnusableError("empty")
    if count > max_pages:
        raise UnusableError("pages", found=count, limit=max_pages)
    sizes = tuple(_size(page, number) for number, page in enumerate(pdf.pages, start=1))
    from xingyun.documents import cleaning  # which refuses in the words of this module

    flags = cleaning.active(pdf)
    return Inspected("pdf", count, sizes, frozenset(flags | ({"restricted"} if pdf.is_encrypted else set())))


def _size(page: Any, number: int) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    # A page may say that its unit is not the point; how large it is on paper is what counts here.
    unit = float(page.obj.get("/UserUnit", 1))
    if not (1 <= width * unit <= MAX_SIDE and 1 <= height * unit <= MAX_SIDE):
        millimetres = " × ".join(f"{side * unit / 72 * 25.4:.0f}" for side in (width, height))
        raise UnusableError("size", page=number, found=millimetres)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)
