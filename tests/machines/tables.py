"""The tables of transitions as sets of edges; where the source keeps words only, what those words say."""

from xingyun.applications.states import TRANSITIONS
from xingyun.jobs.states import State as JobState
from xingyun.results.states import ObjectionState
from xingyun.reviews.states import REPORT_TRANSITIONS

Edge = tuple[str, str]
OPEN, AGREED, DECLINED = "open", "agreed", "declined"

APPLICATIONS: frozenset[Edge] = frozenset(
    (str(source), str(target)) for source, targets in TRANSITIONS.items() for target in targets
)
REPORTS: frozenset[Edge] = frozenset(
    (str(source), str(target)) for source, targets in REPORT_TRANSITIONS.items() for target in targets
)
OBJECTIONS: frozenset[Edge] = frozenset(
    (str(ObjectionState.RECEIVED), str(target))
    for target in (ObjectionState.UPHELD, ObjectionState.DISMISSED)
)
# An appeal, and a request to withdraw: answered once, either way.
ANSWERED: frozenset[Edge] = frozenset({(OPEN, AGREED), (OPEN, DECLINED)})
JOBS: frozenset[Edge] = frozenset(
    (str(source), str(target))
    for source, target in (
        (JobState.QUEUED, JobState.RUNNING),
        (JobState.RUNNING, JobState.DONE),
        (JobState.RUNNING, JobState.FAILED),
        (JobState.RUNNING, JobState.QUEUED),
    )
)
# What each thing can be when it is seen for the first time.
BEGIN = {
    "application": {"draft"},
    "report": {"draft"},
    "objection": {"received"},
    "appeal": {OPEN},
    "request": {OPEN},
    "job": {"queued"},
}
TABLES: dict[str, frozenset[Edge]] = {
    "application": APPLICATIONS,
    "report": REPORTS,
    "objection": OBJECTIONS,
    "appeal": ANSWERED,
    "request": ANSWERED,
    "job": JOBS,
}
