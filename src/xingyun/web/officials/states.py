"""How states are drawn: word, sign and colour together, so that any of them may be missing."""

from typing import NamedTuple

from xingyun.applications.states import State
from xingyun.evidence.states import FindingState
from xingyun.reviews.states import Found, Outcome, ReportState


class Look(NamedTuple):
    """The colour's kind (ok, wait, bad, act, empty) and the icon's name."""

    kind: str
    sign: str


APPLICATION: dict[str, Look] = {
    State.DRAFT: Look("", "edit"),
    State.SUBMITTED: Look("act", "checklist"),
    State.RETURNED: Look("wait", "return"),
    State.ACCEPTED: Look("act", "judge"),
    State.REPORTED: Look("", "send"),
    State.EVALUATING: Look("act", "judge"),
    State.PROPOSED: Look("wait", "clock"),
    State.AWARDED: Look("ok", "result"),
    State.NOT_ACCEPTED: Look("bad", "refuse"),
    State.WITHDRAWN: Look("", "prev"),
    State.NOT_AWARDED: Look("", "fault"),
    State.DISQUALIFIED: Look("bad", "refuse"),
}
REPORT: dict[str, Look] = {
    ReportState.DRAFT: Look("act", "edit"),
    ReportState.COUNTERSIGNED: Look("wait", "seal"),
    ReportState.SENT: Look("wait", "send"),
    ReportState.RECEIVED: Look("ok", "accept"),
    ReportState.RETURNED: Look("bad", "return"),
}
OUTCOME: dict[str, Look] = {
    Outcome.GRANTED: Look("ok", "accept"),
    Outcome.NO_PLACE: Look("wait", "info"),
    Outcome.DECLINED: Look("bad", "refuse"),
}
FOUND: dict[str, Look] = {
    Found.CLEAR: Look("ok", "accept"),
    Found.LISTED: Look("bad", "warn"),
}
DOUBT: dict[str, Look] = {
    FindingState.OPEN: Look("wait", "clock"),
    FindingState.JUSTIFIED: Look("ok", "accept"),
    FindingState.EXPLAINED: Look("ok", "judge"),
    FindingState.CONFIRMED: Look("bad", "warn"),
}
FINDING: dict[str, Look] = {
    "missing": Look("bad", "fault"),
    "wrong": Look("bad", "fault"),
    "obstacle": Look("bad", "refuse"),
    "judge": Look("wait", "judge"),
    "hint": Look("wait", "warn"),
    "ok": Look("ok", "accept"),
}
