"""Reading evidence: invoices in every form, one in a process of its own, the first picture of a page."""

import tempfile
import time
from pathlib import Path

from django.urls import reverse

from bench.cases.pages import page, signed_in
from bench.forging.worn_invoices import WAYS, read_all
from bench.measure import Row, measure
from xingyun.applications.models import Attachment
from xingyun.demo.evidence import fonts
from xingyun.documents.evidence_reading import read_apart
from xingyun.files.queries import path

EACH = 15  # of every way: 240 in all


def rows() -> list[Row]:
    """What is read, what one invoice takes in a process of its own, and the first picture from the cache."""
    with tempfile.TemporaryDirectory(prefix="xingyun-invoices-") as folder:
        begun = time.perf_counter()
        tallies = read_all(Path(folder), fonts(), EACH)
        taken = (time.perf_counter() - begun) * 1000 / (EACH * len(WAYS))
    known = Attachment.objects.filter(material="invoices", removed_at=None, application__state="submitted")
    sheet = known.select_related("file", "application").latest("id")
    address = reverse("desk_file_page", args=[sheet.application.uid, sheet.uid, 1])
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
        page("officials: a page's picture, from the cache", signed_in("city-sj"), address),
    ]  # fmt: skip
