"""What was read from an application's files, piece by piece, and what of it can be entered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xingyun.applications.models import Attachment
from xingyun.applications.queries import Workspace
from xingyun.evidence.models import Finding
from xingyun.evidence.queries import Ledger, Piece, notes, own_findings, pieces, readings, written
from xingyun.evidence.states import ReadingState
from xingyun.rulebook import Text
from xingyun.web import answers
from xingyun.web.enterprise.evidence import numbers
from xingyun.web.enterprise.places import at
from xingyun.web.enterprise.space import around, work_of
from xingyun.web.findings import repair, words
from xingyun.web.guards import ActorRequest, require_enterprise
from xingyun.web.wording import yuan

PAGE = "enterprise/readings.html"
NAMES = {
    "code": gettext_lazy("发票代码"),
    "number": gettext_lazy("号码（编号）"),
    "issued_on": gettext_lazy("开具日期"),
    "seller": gettext_lazy("销售方（供应方）"),
    "seller_uscc": gettext_lazy("供应方统一社会信用代码"),
    "seller_tax_id": gettext_lazy("销售方税号"),
    "buyer": gettext_lazy("购买方"),
    "buyer_uscc": gettext_lazy("购买方统一社会信用代码"),
    "buyer_tax_id": gettext_lazy("购买方税号"),
    "net_fen": gettext_lazy("金额（元，不含税）"),
    "tax_fen": gettext_lazy("税额（元）"),
    "gross_fen": gettext_lazy("价税合计（元）"),
    "title": gettext_lazy("名称"),
    "signed_on": gettext_lazy("签订日期"),
    "starts_on": gettext_lazy("服务开始"),
    "ends_on": gettext_lazy("服务结束"),
    "amount_fen": gettext_lazy("合同金额（元，含税）"),
    "firm": gettext_lazy("出具机构"),
    "total_fen": gettext_lazy("审定合计（元）"),
}
SOURCES = {
    "xml": gettext_lazy("电子发票数据"),
    "ofd": gettext_lazy("OFD 数据"),
    "qr": gettext_lazy("二维码"),
    "meta": gettext_lazy("文件属性"),
    "text": gettext_lazy("文字"),
}
KINDS = {
    "invoice": gettext_lazy("发票"),
    "contract": gettext_lazy("合同"),
    "audit": gettext_lazy("审核报告"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a piece: its name, and each value that was read with who says so."""

    name: str
    values: tuple[tuple[str, str], ...]

    @property
    def differs(self) -> bool:
        """Whether two sources say different things."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece with its lines; `entered` where the ledger has it already."""

    piece: Piece
    kind: str
    lines: tuple[Line, ...]
    entered: bool


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file with what was read from it; `state` is a ReadingState."""

    attachment: Attachment
    number: str
    state: ReadingState
    offers: tuple[Offer, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding inside one's own file, and where it is mended."""

    finding: Finding
    href: str
    label: str


@require_safe
@require_enterprise
def page(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Every file with its reading, and what is odd about one's own files and ledger."""
    work = work_of(request, uid)
    files = list(files_read(work))
    context = {
        **around(work.application, "read", work.window),
        "files": [one for one in files if one.offers or one.state != ReadingState.READ],
        "silent": [one for one in files if not one.offers and one.state == ReadingState.READ],
        "own": [_told(work, one) for one in own_findings(work.application.dossier)],
        "repair": repair,
        "words": words,
        "waiting": sum(one.state == ReadingState.WAITING for one in files),
        "open": sum(not offer.entered for one in files for offer in one.offers),
        "enter": work.may_change("ledger") and work.rulebook.keeps_ledger,
        "book": work.rulebook,
    }
    return answers.page(request, PAGE, context)


def _told(work: Workspace, finding: Finding) -> Told:
    rows = (
        ("application_contract", work.ledger.contracts),
        ("application_invoice", work.ledger.invoices),
        ("application_payment", work.ledger.payments),
    )
    for name, known in rows:
        for row in known:
            if row.uid == finding.row:
                return Told(finding, at(name, work.application, row.uid), _("去改台账 %s") % row.number)
    for view in work.materials:
        for one in view.attachments:
            if one.file_id == finding.file_id:
                page = f"#p-{finding.page}" if finding.page else ""
                return Told(finding, at("application_file", work.application, one.uid) + page, one.name)
    return Told(finding, at("application_ledger", work.application), _("合同与发票"))


def files_read(work: Workspace) -> Iterator[FileRead]:
    """The files in the order of the book (one query besides the workspace's)."""
    attached = [a for view in work.materials for a in view.attachments]
    known, called = readings({a.file_id for a in attached}), numbers(work)
    for one in attached:
        reading = known.get(one.file_id)
        state = ReadingState(reading.state) if reading else ReadingState.WAITING
        data: Mapping[str, Any] = reading.data if reading else {}
        offers = tuple(_offer(piece, work.ledger) for piece in pieces(data))
        yield FileRead(one, called[one.pk], state, offers, tuple(notes(data)))


def _offer(piece: Piece, ledger: Ledger) -> Offer:
    lines = tuple(_line(name, piece) for name in NAMES if name in piece.fields)
    return Offer(piece, str(KINDS[piece.kind]), lines, entered(piece, ledger))


def entered(piece: Piece, ledger: Ledger) -> bool:
    """Whether the ledger has this piece, whatever it says of it."""
    if piece.kind == "invoice":
        return any(row.number == piece.text("number") for row in ledger.invoices)
    if piece.kind == "contract":
        return any(row.number == piece.text("number") for row in ledger.contracts)
    return ledger.audited_fen is not None


def _line(name: str, piece: Piece) -> Line:
    return Line(
        str(NAMES[name]),
        tuple((written(name, said.value), told(said.sources)) for said in piece.fields[name]),
    )


def told(sources: tuple[tuple[str, int], ...]) -> str:
    """Who says so, and on which page."""
    said = []
    for source, page in sources:
        name = str(SOURCES[source])
        said.append(_("第 %(n)s 页%(name)s") % {"n": page, "name": name} if page else name)
    return "、".join(dict.fromkeys(said))


def prefilled(kind: str, piece: Piece, buyer: str) -> dict[str, Any]:
    """What the form of a row begins with. What two sources say differently is the more trusted one's."""
    names = {
        "invoice": ("code", "number", "issued_on", "seller"),
        "contract": ("number", "title", "seller", "seller_uscc", "signed_on", "starts_on", "ends_on"),
    }[kind]
    found: dict[str, Any] = {name: piece.text(name) for name in names}
    for name in ("net_fen", "tax_fen", "gross_fen", "amount_fen"):
        if isinstance(sum_ := piece.value(name), int):
            found[name] = yuan(sum_)
    if kind == "invoice" and (named := piece.text("buyer")) and named != buyer:
        found["buyer"] = named
    if piece.says_cloud is not None:
        found["says_cloud"] = "yes" if piece.says_cloud else "no"
    # A contract that says a month only leaves the day to its reader.
    return {k: v for k, v in found.items() if not (k.endswith("_on") and len(v) != len("2020-01-15"))}


def asked_for(work: Workspace, uid: str, n: str, kind: str) -> Offer | None:
    """The piece that an address names, if this application has it."""
    attached = {str(a.uid): a for view in work.materials for a in view.attachments}
    if uid not in attached or not n.isdecimal():
        return None
    reading = readings({attached[uid].file_id}).get(attached[uid].file_id)
    for piece in pieces(reading.data) if reading else ():
        if piece.kind == kind and piece.n == int(n):
            return _offer(piece, work.ledger)
    return None
