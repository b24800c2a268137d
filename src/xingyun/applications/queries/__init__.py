"""Reading applications. Scope enters once: whatever a page shows comes through `visible_to` or `get`."""

from xingyun.applications.queries.awaited import awaited
from xingyun.applications.queries.booklets import (
    Code,
    current_booklet,
    inputs_of,
    read_code,
    sealed_pages,
    template_digest,
    versions_with,
)
from xingyun.applications.queries.earlier import Earlier, Offer, earlier, with_earlier
from xingyun.applications.queries.facts import Outside, facts, verdict
from xingyun.applications.queries.handed_in import as_handed_in, handed_in_attachment, handed_in_ledger
from xingyun.applications.queries.judging import Judged, judged
from xingyun.applications.queries.kept import Kept
from xingyun.applications.queries.lists import (
    COUNTED,
    OLDEST,
    Filters,
    Page,
    Place,
    batches,
    counts_by_state,
    matching,
    place,
    queue,
)
from xingyun.applications.queries.one import (
    apply_stage,
    first_submission,
    get,
    history,
    latest_submission,
    of_enterprise,
    own,
    visible_to,
)
from xingyun.applications.queries.parts import ClaimView, MaterialView, PageRef, SlotView
from xingyun.applications.queries.timing import grace
from xingyun.applications.queries.workspace import Workspace, workspace

__all__ = [
    "COUNTED",
    "OLDEST",
    "ClaimView",
    "Code",
    "Earlier",
    "Filters",
    "Judged",
    "Kept",
    "MaterialView",
    "Offer",
    "Outside",
    "Page",
    "PageRef",
    "Place",
    "SlotView",
    "Workspace",
    "apply_stage",
    "as_handed_in",
    "awaited",
    "batches",
    "counts_by_state",
    "current_booklet",
    "earlier",
    "facts",
    "first_submission",
    "get",
    "grace",
    "handed_in_attachment",
    "handed_in_ledger",
    "history",
    "inputs_of",
    "judged",
    "latest_submission",
    "matching",
    "of_enterprise",
    "own",
    "place",
    "queue",
    "read_code",
    "sealed_pages",
    "template_digest",
    "verdict",
    "versions_with",
    "visible_to",
    "with_earlier",
    "workspace",
]
