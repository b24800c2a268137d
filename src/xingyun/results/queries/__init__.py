"""Reading results."""

from xingyun.results.queries.dates import Change, Dates, Event, dates
from xingyun.results.queries.notices import NoticePage, line_of, notice, notices, open_notice
from xingyun.results.queries.objections import Followed, ObjectionView, follow, objection, objections
from xingyun.results.queries.periods import Period, period
from xingyun.results.queries.standing_lines import unasked
from xingyun.results.queries.statistics import Kept, funnel, kept, kept_for_all
from xingyun.results.queries.titles import Filters, Page, award_of, certificate, public_titles
from xingyun.results.queries.waiting import to_do

__all__ = [
    "Change",
    "Dates",
    "Event",
    "Filters",
    "Followed",
    "Kept",
    "NoticePage",
    "ObjectionView",
    "Page",
    "Period",
    "award_of",
    "certificate",
    "dates",
    "follow",
    "funnel",
    "kept",
    "kept_for_all",
    "line_of",
    "notice",
    "notices",
    "objection",
    "objections",
    "open_notice",
    "period",
    "public_titles",
    "to_do",
    "unasked",
]
