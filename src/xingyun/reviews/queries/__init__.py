"""Reading what authorities do. Scope enters by the actor; a step not possible comes with its reason."""

from xingyun.reviews.queries.amending import Preview, preview
from xingyun.reviews.queries.appeals import last_appeal, moot
from xingyun.reviews.queries.arrivals import Booklet, Shelf, arrivals_of, missing_of, scanned, shelf
from xingyun.reviews.queries.basis import Basis, bases, basis_of, common, keys_for, opened_at, ranks
from xingyun.reviews.queries.bulks import BulkPage, bulk_page, bulks_of
from xingyun.reviews.queries.content import Content, successor
from xingyun.reviews.queries.desk import Desk, Returned, desk, minutes_of, returns
from xingyun.reviews.queries.doubts import Doubt, doubts, ruling_step
from xingyun.reviews.queries.freed import Freed, freed
from xingyun.reviews.queries.hand_overs import HandOverPage, hand_over, hand_over_page, hands_over
from xingyun.reviews.queries.look_ups import Check
from xingyun.reviews.queries.meters import Meter, meters
from xingyun.reviews.queries.notes import as_defect, open_notes, pages_read
from xingyun.reviews.queries.opinions import opinion_page, stamped_scan, whole_book, whole_books
from xingyun.reviews.queries.order import points_of
from xingyun.reviews.queries.page import ReportPage, report_page
from xingyun.reviews.queries.places import place_name
from xingyun.reviews.queries.ranking import Ranked, Ranking, ranking
from xingyun.reviews.queries.redrawing import redrawn
from xingyun.reviews.queries.reporting import (
    Due,
    Row,
    due,
    due_of,
    get_report,
    in_hand,
    reads_persons,
    report_kinds,
    report_paper,
    reports_of,
    reports_received,
)
from xingyun.reviews.queries.returned import reopened, returned_rows
from xingyun.reviews.queries.standing import (
    Standing,
    decisions,
    pending_acts,
    standing,
    standings,
    with_relations,
)
from xingyun.reviews.queries.steps import Step
from xingyun.reviews.queries.todo import ToDo, to_do
from xingyun.reviews.queries.trying import Outlook, Tried, Wish, check_together, in_order, what_if
from xingyun.reviews.queries.withdrawals import last_request

__all__ = [
    "Basis",
    "Booklet",
    "BulkPage",
    "Check",
    "Content",
    "Desk",
    "Doubt",
    "Due",
    "Freed",
    "HandOverPage",
    "Meter",
    "Outlook",
    "Preview",
    "Ranked",
    "Ranking",
    "ReportPage",
    "Returned",
    "Row",
    "Shelf",
    "Standing",
    "Step",
    "ToDo",
    "Tried",
    "Wish",
    "arrivals_of",
    "as_defect",
    "bases",
    "basis_of",
    "bulk_page",
    "bulks_of",
    "check_together",
    "common",
    "decisions",
    "desk",
    "doubts",
    "due",
    "due_of",
    "freed",
    "get_report",
    "hand_over",
    "hand_over_page",
    "hands_over",
    "in_hand",
    "in_order",
    "keys_for",
    "last_appeal",
    "last_request",
    "meters",
    "minutes_of",
    "missing_of",
    "moot",
    "open_notes",
    "opened_at",
    "opinion_page",
    "pages_read",
    "pending_acts",
    "place_name",
    "points_of",
    "preview",
    "ranking",
    "ranks",
    "reads_persons",
    "redrawn",
    "reopened",
    "report_kinds",
    "report_page",
    "report_paper",
    "reports_of",
    "reports_received",
    "returned_rows",
    "returns",
    "ruling_step",
    "scanned",
    "shelf",
    "stamped_scan",
    "standing",
    "standings",
    "successor",
    "to_do",
    "what_if",
    "whole_book",
    "whole_books",
    "with_relations",
]
