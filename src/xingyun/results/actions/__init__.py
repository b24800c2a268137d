"""The only writers of results."""

from xingyun.results.actions.announcing import announce
from xingyun.results.actions.blacklisting import decide_case, give_notice, lift_case, state_defence
from xingyun.results.actions.certifying import issue_certificate
from xingyun.results.actions.counting import ask_for_statistics, count_statistics
from xingyun.results.actions.disqualifying import disqualify
from xingyun.results.actions.objecting import decide_objection, raise_objection
from xingyun.results.actions.publishing import publish_notice

__all__ = [
    "announce",
    "ask_for_statistics",
    "count_statistics",
    "decide_case",
    "decide_objection",
    "disqualify",
    "give_notice",
    "issue_certificate",
    "lift_case",
    "publish_notice",
    "raise_objection",
    "state_defence",
]
