"""Reading evidence: invoices in every form, one in a process of its own, the first picture of a page."""

import tempfile
import time
from pathlib import Path

from bench.forging.worn_invoices import WAYS, read_all
from bench.measure import Row, measure
from xingyun.applications.models import Attachment
from xingyun.demo.evidence import fonts
from xingyun.documents.evidence_reading import read_apart
from xingyun.files.pictures import picture
from xingyun.files.queries import path

EACH = 15  # of every way: 240 in all


def rows() -> list[Row]:
    """What is read, what one invoice takes in a process of its own, and the first picture from the cache."""
    with tempfile.TemporaryDirectory(prefix="xingyun-invoices-") as folder:
        begun = time.perf_counter()
        tallies = read_all(Path(folder), fonts(), EACH)
        taken = (time.perf_counter() - begun) * 1000 / (EACH * len(WAYS))
    sheet = (
        Attachment.objects.filter(material="invoices", removed_at=None).select_related("file").latest("id")
    )
    picture(sheet.file, 1)
    return [
        *(
            Row(
                f"invoices read: {form}", 0.0, 0.0, 0.0,
                f"{t.whole} of {t.invoices} whole; fields {t.right} of {t.fields}, wrong {t.wrong}",
            )
            for form, t in tallies.items()
        ),
        Row("making, wearing and reading one", taken, taken, 1000 / taken, f"{EACH * len(WAYS)} invoices"),
        measure("an invoice read in a process of its own", lambda: read_apart(path(sheet.file)), times=10),
        measure("first page's picture from the cache", lambda: _shown(sheet), times=50, note="under 300 ms"),
    ]  # fmt: skip


def _shown(sheet: Attachment) -> bytes:
    found = picture(sheet.file, 1)
    assert found is not None
    return found.read_bytes()
