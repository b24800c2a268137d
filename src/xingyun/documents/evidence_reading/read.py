"""One file, whatever it is, to everything that was read from it."""

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pikepdf

from xingyun.documents import inspect
from xingyun.documents.evidence_reading import audits, contracts, gathering, invoice_xml, ofd, places
from xingyun.documents.evidence_reading.archive import Archive
from xingyun.documents.evidence_reading.audits import Audit
from xingyun.documents.evidence_reading.contracts import CLOUD_WORDS, Contract
from xingyun.documents.evidence_reading.findings import (
    Finding,
    UnreadableError,
    finding,
    unreadable,
    unusable,
)
from xingyun.documents.evidence_reading.gathering import Gathered
from xingyun.documents.evidence_reading.invoices import Invoice, invoice, together
from xingyun.documents.evidence_reading.limits import Budget, Limits
from xingyun.documents.evidence_reading.page_ranges import ranges
from xingyun.documents.evidence_reading.prose import pages_of
from xingyun.documents.evidence_reading.safe_xml import parsed
from xingyun.documents.evidence_reading.said import Record, Source

Kind = Literal["pdf", "ofd", "xml", "jpeg", "png", "zip", "unknown"]
Wanted = Literal["auto", "invoice", "contract", "audit"]

log = logging.getLogger(__name__)


@dataclass
class Reading:
    """What a file says. `pages` is how many it has; `without_text` are those that only show pictures.

    `parts` are the files inside an archive, by name.
    """

    kind: Kind = "unknown"
    pages: int = 0
    without_text: tuple[int, ...] = ()
    invoices: list[Invoice] = field(default_factory=list)
    contract: Contract | None = None
    audit: Audit | None = None
    findings: list[Finding] = field(default_factory=list)
    parts: list[tuple[str, "Reading"]] = field(default_factory=list)

    @property
    def read(self) -> bool:
        """Whether all of the file was read; what does not agree in it is another matter."""
        whole = not any(finding.level == "error" for finding in self.findings)
        return whole and all(part.read for _name, part in self.parts)


def read(
    path: Path,
    *,
    wanted: Wanted = "auto",
    words: Sequence[str] = CLOUD_WORDS,
    limits: Limits | None = None,
) -> Reading:
    """Read a PDF, OFD, XML, JPEG, PNG, or a zip of such. Never raises for what the file contains.

    `wanted` says what the file is taken for; with "auto" the text decides. `words` make a purchase one
    of cloud.
    """
    limits = limits or Limits()
    return _Reader(wanted, words, limits, Budget(limits.seconds)).file(path, 0)


class _Reader:
    """What is asked for, and what may be spent on it."""

    def __init__(self, wanted: Wanted, words: Sequence[str], limits: Limits, budget: Budget) -> None:
        self.wanted, self.words, self.limits, self.budget = wanted, words, limits, budget

    def file(self, path: Path, depth: int) -> Reading:
        reading = Reading()
        try:
            self._file(path, depth, reading)
        except UnreadableError as error:
            reading.findings.append(error.finding)
        except inspect.UnusableError as error:
            reading.findings.append(unusable(error))
        except OSError as error:
            reading.findings.append(finding("missing", why=error.strerror or type(error).__name__))
        except MemoryError:
            reading.findings.append(finding("stopped"))
        except Exception:  # whatever a library makes of a broken file, it is the file's fault
            log.info("could not be read: %s", path.name, exc_info=True)
            reading.findings.append(finding("damaged"))
        return reading

    def _file(self, path: Path, depth: int, reading: Reading) -> None:
        if path.exists() and not path.is_file():
            raise unreadable("missing", why="不是文件")
        with path.open("rb") as stream:
            head = stream.read(1024)
        if head.startswith(b"PK"):
            self._archive(path, depth, reading)
        elif (
            head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
            and b"%PDF-" not in head
        ):
            self._xml(path, reading)
        else:
            self._pages(path, reading)

    def _xml(self, path: Path, reading: Reading) -> None:
        reading.kind = "xml"
        if path.stat().st_size > self.limits.part:
            raise unreadable("archive_size", limit=self.limits.part // 1_000_000)
        root = parsed(path.read_bytes())
        self._invoices(reading, invoice_xml.invoices_of(root, "xml", ""))

    def _pages(self, path: Path, reading: Reading) -> None:
        """A PDF or a picture."""
        seen = inspect.inspect(path, max_pages=self.limits.pages, max_pixels=self.limits.photo)
        reading.kind, reading.pages = seen.kind, seen.pages
        gathered = Gathered()
        with_codes = self.wanted in ("auto", "invoice")
        gathering.gather(path, seen, gathered, self.limits, self.budget, with_codes)
        if seen.kind == "pdf" and len({n for r in gathered.records for n in r.values("number")}) <= 1:
            self._properties(path, gathered)
        self._told(reading, gathered, "text")

    @staticmethod
    def _properties(path: Path, gathered: Gathered) -> None:
        """Fully digital invoices carry their figures in the PDF's properties as well."""
        try:
            with pikepdf.open(path, suppress_warnings=True) as pdf:
                said = {str(key).lstrip("/"): str(value) for key, value in pdf.docinfo.items()}
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            return
        gathered.take_properties(said)

    def _archive(self, path: Path, depth: int, reading: Reading) -> None:
        archive = Archive(path, self.limits)
        try:
            if archive.has(ofd.ROOT):
                reading.kind = "ofd"
                self._ofd(archive, reading)
            elif archive.has("[Content_Types].xml"):
                raise unreadable("kind", found="Office")
            else:
                reading.kind = "zip"
                self._parts(archive, depth, reading)
        finally:
            archive.close()

    def _ofd(self, archive: Archive, reading: Reading) -> None:
        whole = Gathered()
        for body in ofd.bodies(archive, self.limits, self.budget):
            gathering.gather_ofd(body, whole, reading.pages, self.limits, self.budget)
            reading.pages += len(body.sheets)
        self._told(reading, whole, "ofd")

    def _parts(self, archive: Archive, depth: int, reading: Reading) -> None:
        if depth >= self.limits.nested:
            raise unreadable("archive_nested", found="")
        for name in archive.names():
            if self.budget.spent:
                reading.findings.append(finding("time", seconds=round(self.limits.seconds), page=1))
                return
            data = archive.read(name)
            with tempfile.NamedTemporaryFile(prefix="xingyun-part-") as held:
                held.write(data)
                held.flush()
                part = self.file(Path(held.name), depth + 1)
            if [f.code for f in part.findings] == ["kind"]:
                reading.findings.append(finding("archive_part", found=name[:120]))
            elif [f.code for f in part.findings] == ["archive_nested"]:
                reading.findings.append(finding("archive_nested", found=name[:120]))
            else:
                reading.parts.append((name[:200], part))

    def _told(self, reading: Reading, gathered: Gathered, source: Source) -> None:
        """Invoices, and from the pages that are none a contract or a report."""
        reading.findings += dict.fromkeys(gathered.findings)
        reading.without_text = tuple(gathered.without_text)
        if gathered.garbled:
            reading.findings.append(finding("garbled", pages=ranges(gathered.garbled)))
        if gathered.without_text:
            reading.findings.append(finding("no_text", pages=ranges(gathered.without_text)))
        if self.wanted in ("auto", "invoice"):
            self._invoices(reading, gathered.records)
        pages = pages_of(gathered.other)
        if self.wanted == "audit" or (self.wanted == "auto" and audits.looks_like(pages)):
            reading.audit = audits.audit_of(pages, source)
        elif self.wanted == "contract" or (self.wanted == "auto" and contracts.looks_like(pages)):
            whole = not gathered.without_text and not gathered.garbled
            reading.contract = contracts.contract_of(pages, source, whole=whole, words=self.words)
        sheets = {sheet.number: sheet for sheet in gathered.other}
        if (audit := reading.audit) is not None:
            reading.audit = replace(audit, fields=places.placed(audit.fields, sheets))
        if (told := reading.contract) is not None:
            reading.contract = replace(told, fields=places.placed(told.fields, sheets))
        if not (reading.invoices or reading.contract or reading.audit):
            reading.findings.append(finding("nothing"))

    def _invoices(self, reading: Reading, records: Sequence[Record]) -> None:
        whole = together(records)
        if len(whole) > self.limits.invoices:
            reading.findings.append(finding("many", limit=self.limits.invoices))
        reading.invoices = [invoice(record) for record in whole[: self.limits.invoices]]
