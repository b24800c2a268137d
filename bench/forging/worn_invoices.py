"""Invoices in the four forms that they come in, clean and worn: how much is read, and how much wrongly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents.evidence_reading import invented
from tests.documents.evidence_reading.invented import Facts

from xingyun.documents.evidence_reading import read
from xingyun.documents.raster import page_pixels

# What a QR code says of an invoice; the sum is before tax on older kinds, with tax on fully digital ones.
IN_CODE = ("kind", "number", "code", "issued_on")
FORMS = ("XML", "OFD", "PDF text", "QR of scan or photo")
Make = Callable[[Facts, Path, Sequence[Path], int], Path]


@dataclass(frozen=True)
class Way:
    """One way in which an invoice comes: its form, how it is made, whether only its code can be read."""

    name: str
    form: str
    make: Make
    code_only: bool = False
    kind: str | None = None


@dataclass
class Tally:
    """Of a form: invoices, those of which every field was read, fields there are, read, and read wrongly."""

    invoices: int = 0
    whole: int = 0
    fields: int = 0
    right: int = 0
    wrong: int = 0


def _xml(one: Facts, folder: Path, _fonts: Sequence[Path], _seed: int) -> Path:
    out = folder / "invoice.xml"
    out.write_bytes(invented.xml(one))
    return out


def _ofd(**how: Any) -> Make:
    return lambda one, folder, _fonts, _seed: invented.ofd(folder / "invoice.ofd", one, **how)


def _pdf(**how: Any) -> Make:
    return lambda one, folder, fonts, _seed: invented.pdf(folder / "invoice.pdf", fonts, [one], **how)


def _worn(suffix: str, dpi: int, quality: int = 60, **wear: Any) -> Make:
    def make(one: Facts, folder: Path, fonts: Sequence[Path], seed: int) -> Path:
        page = page_pixels(invented.pdf(folder / "clean.pdf", fonts, [one]), 1, dpi=dpi)
        out = folder / f"scan{suffix}"
        seen = invented.worn(page, seed=seed, **wear)
        seen.save(out, resolution=dpi) if suffix == ".pdf" else seen.save(out, quality=quality)
        return out

    return make


WAYS = (
    Way("XML", "XML", _xml, kind="digital_ordinary"),
    Way("XML, special", "XML", _xml, kind="digital_special"),
    Way("OFD, everything", "OFD", _ofd()),
    Way("OFD, text on the page", "OFD", _ofd(parts=("page",))),
    Way("OFD, tags not well-formed", "OFD", _ofd(parts=("tags", "page", "code"), broken_tags=True)),
    Way("OFD, code as JBIG2", "OFD", _ofd(jbig2=True)),
    Way("PDF", "PDF text", _pdf()),
    Way("PDF, no code", "PDF text", _pdf(with_code=False)),
    Way("PDF, spaces between signs", "PDF text", _pdf(spaced=True, apart=True)),
    Way("PDF, turned by 90°", "PDF text", _pdf(turn=90)),
    Way("scan 150 dpi", FORMS[3], _worn(".pdf", 150, noise=10), True),
    Way("scan 200 dpi, tilted 3°, noisy", FORMS[3], _worn(".pdf", 200, skew=3, noise=15), True),
    Way("scan 300 dpi, on its head", FORMS[3], _worn(".pdf", 300, turn=180, noise=20), True),
    Way("photo 150 dpi, tilted, dark", FORMS[3], _worn(".jpg", 150, skew=-5, dark=0.5, noise=10), True),
    Way("photo 200 dpi, blurred", FORMS[3], _worn(".jpg", 200, skew=2, blur=1.2, noise=15), True),
    Way("photo 300 dpi, on its side, JPEG 40", FORMS[3], _worn(".jpg", 300, 40, turn=90, skew=4), True),
)


def read_all(folder: Path, fonts: Sequence[Path], each: int) -> dict[str, Tally]:
    """By form: `each` invoices of every way, made, read, and compared field by field."""
    tallies = {form: Tally() for form in FORMS}
    for at, way in enumerate(WAYS):
        for n in range(each):
            seed = 1000 * at + n
            one = invented.facts(seed, way.kind)
            _compare(tallies[way.form], way, one, way.make(one, folder, fonts, seed))
    return tallies


def _compare(tally: Tally, way: Way, one: Facts, path: Path) -> None:
    wanted = one.expected()
    if way.code_only:
        names = (*IN_CODE, "gross_fen" if one.digital else "net_fen")
        wanted = {name: wanted[name] for name in names if name in wanted}
    found = read(path)
    said = {name: field.value for invoice in found.invoices for name, field in invoice.fields.items()}
    right = sum(said.get(name) == value for name, value in wanted.items())
    tally.invoices += 1
    tally.whole += right == len(wanted) and len(found.invoices) == 1
    tally.fields += len(wanted)
    tally.right += right
    # Whatever is said and is not so, also of fields that the invoice does not have.
    tally.wrong += sum(one.expected().get(name) != value for name, value in said.items())
    tally.wrong += max(len(found.invoices) - 1, 0)
