"""The states of an application and every edge between them, as data (words: the glossary)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an application is on its way."""

    DRAFT = "draft", _("填报中")
    SUBMITTED = "submitted", _("已提交")
    RETURNED = "returned", _("退回补正")
    ACCEPTED = "accepted", _("已受理")
    REPORTED = "reported", _("已上报")
    EVALUATING = "evaluating", _("上级评定中")
    PROPOSED = "proposed", _("拟认定")
    AWARDED = "awarded", _("已认定")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")
    NOT_AWARDED = "not_awarded", _("未认定")
    DISQUALIFIED = "disqualified", _("取消资格")


S = State
# from → to → the act that goes there. An edge that is not here does not exist.
TRANSITIONS: dict[State, dict[State, str]] = {
    S.DRAFT: {S.SUBMITTED: "submit", S.WITHDRAWN: "withdraw"},
    S.SUBMITTED: {
        S.ACCEPTED: "accept",
        S.RETURNED: "return",
        S.NOT_ACCEPTED: "refuse",
        S.WITHDRAWN: "withdraw",
        S.DISQUALIFIED: "disqualify",
    },
    S.RETURNED: {S.SUBMITTED: "submit", S.WITHDRAWN: "withdraw", S.DISQUALIFIED: "disqualify"},
    # The tier that decides everything itself has nobody to report to: it proposes what it accepted.
    S.ACCEPTED: {
        S.REPORTED: "report",
        S.PROPOSED: "propose",
        S.NOT_AWARDED: "decline",
        # Only what an upper tier has given back to be decided anew.
        S.RETURNED: "return",
        S.WITHDRAWN: "withdraw",
        S.DISQUALIFIED: "disqualify",
    },
    S.REPORTED: {S.EVALUATING: "receive", S.ACCEPTED: "send_back", S.DISQUALIFIED: "disqualify"},
    S.EVALUATING: {
        S.REPORTED: "report",
        S.ACCEPTED: "send_back",
        S.PROPOSED: "propose",
        S.NOT_AWARDED: "decline",
        S.DISQUALIFIED: "disqualify",
    },
    S.PROPOSED: {S.AWARDED: "award", S.NOT_AWARDED: "strike", S.DISQUALIFIED: "disqualify"},
    S.AWARDED: {S.DISQUALIFIED: "revoke"},
    # What was refused is taken up again: an appeal was upheld, the upper tier gave it back, a place is free.
    S.NOT_ACCEPTED: {S.SUBMITTED: "reopen"},
    S.NOT_AWARDED: {S.ACCEPTED: "reopen", S.EVALUATING: "reopen"},
}
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
# What the authorities above the one that it was filed with may see.
AFTER_REPORT = frozenset({S.REPORTED, S.EVALUATING, S.PROPOSED, S.AWARDED, S.NOT_AWARDED, S.DISQUALIFIED})
# A withdrawn application makes room for another; any other one is the only one of its round. Amendments leave
# these as they are.
CLOSED_FOR_GOOD = frozenset({S.NOT_ACCEPTED, S.NOT_AWARDED, S.DISQUALIFIED, S.AWARDED, S.WITHDRAWN})


class BookletState(models.TextChoices):
    """How far a booklet is."""

    MAKING = "making", _("正在制作")
    READY = "ready", _("已成册")
    FAILED = "failed", _("未能成册")


class ScanState(models.TextChoices):
    """How far a scan is that was brought: it counts once a person has seen what was read and takes it."""

    READING = "reading", _("正在识别")
    READ = "read", _("请核对")
    TAKEN = "taken", _("已采用")
    DROPPED = "dropped", _("没有采用")


OPEN_SCANS = (ScanState.READING, ScanState.READ)
