"""What people do with printed sheets: seal the first page and scan all of them."""

import tempfile
from functools import cache
from pathlib import Path

from xingyun.documents import samples
from xingyun.documents.fonts import find_fonts
from xingyun.documents.samples import Stamp


@cache
def fonts() -> tuple[Path, ...]:
    """The fonts that seals are cut in."""
    return find_fonts()


def scanned(sheets: bytes, name: str) -> bytes:
    """Printed sheets, sealed on the first page, scanned."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "print.pdf"
        printed.write_bytes(sheets)
        out = Path(folder) / "scan.pdf"
        samples.scan_of(printed, out, fonts=fonts(), stamps=[Stamp(1, 120, 200, name)], dpi=110, quality=35)
        return out.read_bytes()
