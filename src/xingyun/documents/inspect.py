"""What an uploaded file really is, whether a booklet can take it, and how many pages it will fill.

The kind is told by content, never by name. What cannot be used is refused in words that say how to mend it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import filetype
import pikepdf
from PIL import Image, UnidentifiedImageError

Kind = Literal["pdf", "jpeg", "png"]
KINDS: dict[str, Kind] = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png"}
MAX_SIDE = 14_400  # points; the largest page that the format allows, 5.08 m
ACTIVE = {"/JavaScript": "javascript", "/Launch": "launch", "/SubmitForm": "submit", "/RichMedia": "media"}

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
    "size": (
        "第 {page} 页的尺寸是 {found} 毫米，无法印成纸。请用“打印成 PDF”按 A4 另存一份再传。",
        "Page {page} measures {found} mm and can't be printed. Print it to a new A4 PDF and upload that.",
    ),
}


class UnusableError(Exception):
    """The file can't be part of a booklet: `code` for programs, `zh` and `en` for people."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.zh, self.en = (text.format(**facts) for text in MESSAGES[code])
        super().__init__(self.zh)


@dataclass(frozen=True)
class Inspected:
    """A usable file. `sizes` are (width, height) as seen: points for PDF pages, pixels for images.

    `flags` names active content that assembly leaves out (javascript, launch, submit, media, embedded,
    open_action, xfa) and `restricted` for a PDF whose owner forbade changes but lets everybody read.
    """

    kind: Kind
    pages: int
    sizes: tuple[tuple[float, float], ...]
    flags: frozenset[str] = frozenset()


def inspect(path: Path, *, max_pages: int = 300, max_pixels: int = 100_000_000) -> Inspected:
    """Look into `path`; raises UnusableError."""
    if path.stat().st_size == 0:
        raise UnusableError("empty")
    found = media_type(path)
    kind = KINDS.get(found)
    if kind is None:
        raise UnusableError("kind", found=found)
    return _pdf(path, max_pages) if kind == "pdf" else _image(path, kind, max_pixels)


def media_type(path: Path) -> str:
    """What the content is; a PDF's header may stand anywhere in the first kilobyte, as readers accept it."""
    with path.open("rb") as stream:
        head = stream.read(1024)
    if b"%PDF-" in head:
        return "application/pdf"
    return str(filetype.guess_mime(head) or "application/octet-stream")


def _image(path: Path, kind: Kind, max_pixels: int) -> Inspected:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if width * height > max_pixels:
                raise UnusableError("pixels", found=width * height // 10_000, limit=max_pixels // 10_000)
            image.load()
            turned = image.getexif().get(0x0112, 1) >= 5
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnusableError("damaged") from error
    return Inspected(kind, 1, ((height, width) if turned else (width, height),))


def _pdf(path: Path, max_pages: int) -> Inspected:
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if any("reconstruct" in str(warning) for warning in pdf.get_warnings()):
                raise UnusableError("damaged")
            return _opened(pdf, max_pages)
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
    flags = _document_flags(pdf) | {flag for page in pdf.pages for flag in _page_flags(page)}
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


def _document_flags(pdf: Any) -> set[str]:
    root = pdf.Root
    names = root.get("/Names", {})
    form = root.get("/AcroForm", {})
    seen = {
        "javascript": "/JavaScript" in names,
        "embedded": "/EmbeddedFiles" in names or "/AF" in root,
        "open_action": "/OpenAction" in root or "/AA" in root,
        "xfa": "/XFA" in form,
    }
    return {flag for flag, present in seen.items() if present} | _action_flags(root.get("/OpenAction"))


def _page_flags(page: Any) -> set[str]:
    found: set[str] = {"open_action"} if "/AA" in page.obj else set()
    for note in page.obj.get("/Annots", []):
        if not isinstance(note, pikepdf.Dictionary):
            continue
        found |= _action_flags(note.get("/A"))
        if note.get("/Subtype") == "/FileAttachment":
            found.add("embedded")
    return found


def _action_flags(action: object) -> set[str]:
    if not isinstance(action, pikepdf.Dictionary):
        return set()
    flag = ACTIVE.get(str(action.get("/S", "")))
    return {flag} if flag else set()
