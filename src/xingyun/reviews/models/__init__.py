"""The authorities' work: returns with their defects, minutes, decisions under four eyes, joint reports."""

from xingyun.reviews.models.deciding import Appeal, Decision, Defect, Minutes, Return, WithdrawalRequest
from xingyun.reviews.models.opinions import OpinionPage
from xingyun.reviews.models.ordering import Bulk, BulkRow, RankingBasis, Shift
from xingyun.reviews.models.outside import AnswerSheet, Circular, LookUp, Transfer
from xingyun.reviews.models.reading import Note, PageRead
from xingyun.reviews.models.reports import Arrival, HandOver, Report, ReportLine, ReturnedRow

__all__ = [
    "AnswerSheet",
    "Appeal",
    "Arrival",
    "Bulk",
    "BulkRow",
    "Circular",
    "Decision",
    "Defect",
    "HandOver",
    "LookUp",
    "Minutes",
    "Note",
    "OpinionPage",
    "PageRead",
    "RankingBasis",
    "Report",
    "ReportLine",
    "Return",
    "ReturnedRow",
    "Shift",
    "Transfer",
    "WithdrawalRequest",
]
