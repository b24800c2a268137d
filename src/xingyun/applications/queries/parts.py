"""The rows that an application consists of, loaded together and looked at by material and by domain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from xingyun.applications.models import Absence, Application, Attachment, Claim, ClaimPage, RowPage
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.materials import Material, Slot


@dataclass(frozen=True, slots=True)
class SlotView:
    """A place to upload to: what is there, or the explicit "none"."""

    slot: Slot
    attachments: tuple[Attachment, ...]
    absent: bool


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material of the list with its slots, in the order of the book."""

    material: Material
    slots: tuple[SlotView, ...]

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """All its files in the order of the book."""
        return tuple(a for slot in self.slots for a in slot.attachments)

    @property
    def absent(self) -> bool:
        """Whether the applicant says that there is nothing."""
        return any(slot.absent for slot in self.slots)


@dataclass(frozen=True, slots=True)
class PageRef:
    """Pages `first` to `last` (1-based, inclusive) of a file that prove something; `id` is the table's."""

    id: int
    attachment: Attachment
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claimed domain and what proves it."""

    domain: str
    pages: tuple[PageRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Attachments in the order of the book (live ones only), absences by slot, claims by domain.

    `row_pages` are the pages that prove what is odd about a row of the ledger, by its id.
    """

    attachments: tuple[Attachment, ...]
    absent: frozenset[str]
    claims: Mapping[str, ClaimView] = field(default_factory=dict)
    row_pages: Mapping[UUID, tuple[PageRef, ...]] = field(default_factory=dict)


def attachments_of(application: Application) -> QuerySet[Attachment]:
    """The live attachments with their files."""
    live = Attachment.objects.filter(application=application, removed_at=None)
    return live.select_related("file").order_by("material", "position", "id")


def rows(application: Application, rulebook: Rulebook) -> Rows:
    """Everything that hangs on the application (five queries).

    An amendment may have taken away a material or a domain: what hung on it is kept, and not seen.
    """
    order = {slot.key: n for n, slot in enumerate(rulebook.slots)}
    known = (a for a in attachments_of(application) if a.material in order)
    found = sorted(known, key=lambda a: (order[a.material], a.position))
    absent = Absence.objects.filter(application=application).values_list("material", flat=True)
    by_id = {a.pk: a for a in found}
    claims = _claims(application, by_id)
    domains = {domain.key for domain in rulebook.domains}
    return Rows(
        tuple(found),
        frozenset(absent) & order.keys(),
        {domain: claim for domain, claim in claims.items() if domain in domains},
        _row_pages(application, by_id),
    )


def _row_pages(
    application: Application, attachments: Mapping[int, Attachment]
) -> dict[UUID, tuple[PageRef, ...]]:
    found: dict[UUID, list[PageRef]] = {}
    for page in RowPage.objects.filter(application=application).order_by("first", "id"):
        if page.attachment_id in attachments:
            reference = PageRef(page.pk, attachments[page.attachment_id], page.first, page.last)
            found.setdefault(page.row, []).append(reference)
    return {row: tuple(pages) for row, pages in found.items()}


def _claims(application: Application, attachments: Mapping[int, Attachment]) -> dict[str, ClaimView]:
    domains = dict(Claim.objects.filter(application=application).order_by("id").values_list("id", "domain"))
    pages: dict[str, list[PageRef]] = {domain: [] for domain in domains.values()}
    for page in ClaimPage.objects.filter(claim__application=application).order_by("first", "id"):
        if page.attachment_id in attachments:
            reference = PageRef(page.pk, attachments[page.attachment_id], page.first, page.last)
            pages[domains[page.claim_id]].append(reference)
    return {domain: ClaimView(domain, tuple(proofs)) for domain, proofs in pages.items()}


def materials(rulebook: Rulebook, found: Rows) -> tuple[MaterialView, ...]:
    """The materials of the list, each slot with what is in it."""
    return tuple(
        MaterialView(material, tuple(_slot(slot, found) for slot in material.slots))
        for material in rulebook.materials
    )


def _slot(slot: Slot, found: Rows) -> SlotView:
    own = tuple(a for a in found.attachments if a.material == slot.key)
    return SlotView(slot, own, slot.key in found.absent)
