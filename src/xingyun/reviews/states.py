"""What a decision says, and how far a report is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xingyun.applications.states import CLOSED_FOR_GOOD, State
from xingyun.rounds.states import Scope


class Kind(models.TextChoices):
    """A level is decided by one tier; for a level that an upper tier decides, the lower recommends."""

    DECIDE = "decide", _("评定")
    RECOMMEND = "recommend", _("推荐")


class Outcome(models.TextChoices):
    """Qualified without a place left is not the same as not passed."""

    GRANTED = "granted", _("同意")
    NO_PLACE = "no_place", _("符合条件，名额所限")
    DECLINED = "declined", _("未通过")


class Found(models.TextChoices):
    """What a look-up in a list kept elsewhere says."""

    CLEAR = "clear", _("没有记录")
    LISTED = "listed", _("查到记录")


class AnswerField(models.TextChoices):
    """What a column of a table of answers can hold."""

    USCC = "uscc", _("统一社会信用代码")
    NAME = "name", _("企业名称")
    FOUND = "found", _("结果")
    SOURCE = "source", _("答复单位")
    ANSWERED_ON = "answered_on", _("答复日期")
    OFFICER = "officer", _("答复人")
    NUMBER = "number", _("文号")
    ENTRIES = "entries", _("记录的日期")
    REMARK = "remark", _("说明")


ANSWER_NEEDED = (AnswerField.USCC, AnswerField.FOUND)


class Whom(models.TextChoices):
    """To whom an office writes: everybody with an application in the round, or those that far."""

    ALL = "all", _("全部申请企业")
    DRAFTS = "drafts", _("还没有提交的")
    HANDED_IN = "handed_in", _("已经提交、还没有结果的")
    RETURNED = "returned", _("正在补正的")


class Seal(models.TextChoices):
    """What an official sees stamped or signed on a bound booklet."""

    ENTERPRISE = "enterprise", _("企业公章")
    SEAM = "seam", _("骑缝章")
    PERSON = "person", _("法定代表人签字或印章")
    OFFICE = "office", _("主管部门意见章")


class Condition(models.TextChoices):
    """In which condition a bound booklet arrived."""

    WHOLE = "whole", _("完好")
    LOOSE = "loose", _("散页或脱胶")
    DAMAGED = "damaged", _("破损或污损")
    SHORT = "short", _("缺页")


class ReportState(models.TextChoices):
    """A report is drafted, countersigned, sent, and received or sent back by the upper tier."""

    DRAFT = "draft", _("起草中")
    COUNTERSIGNED = "countersigned", _("已会签")
    SENT = "sent", _("已报送")
    RECEIVED = "received", _("已接收")
    RETURNED = "returned", _("被退回")


# A tier that needs no countersignature sends its draft.
REPORT_TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.DRAFT: frozenset({ReportState.COUNTERSIGNED, ReportState.SENT}),
    ReportState.COUNTERSIGNED: frozenset({ReportState.SENT, ReportState.DRAFT}),
    ReportState.SENT: frozenset({ReportState.RECEIVED, ReportState.RETURNED}),
    # Rows found wrong later go back, too; the report that takes its place is received anew.
    ReportState.RECEIVED: frozenset({ReportState.RETURNED}),
}
# The states in which the holder works on an application: accepted by it, or handed up to it.
AT_WORK = frozenset({State.ACCEPTED, State.EVALUATING})
# An office may hand over what it has in hand; what its enterprise is mending comes back first.
TRANSFERABLE = frozenset({State.SUBMITTED, State.ACCEPTED})
IN_HAND = frozenset({ReportState.DRAFT, ReportState.COUNTERSIGNED})
RETURNABLE = frozenset({ReportState.SENT, ReportState.RECEIVED})
GONE = frozenset({ReportState.SENT, ReportState.RECEIVED, ReportState.RETURNED})
# From handing in until the results are out, what is found elsewhere may still count.
OPEN_TO_LOOK_UPS = frozenset(
    {
        State.SUBMITTED,
        State.RETURNED,
        State.ACCEPTED,
        State.REPORTED,
        State.EVALUATING,
        State.PROPOSED,
    }
)
# In these states an application's booklet is expected on paper: what was handed in is what holds.
PAPER_EXPECTED = OPEN_TO_LOOK_UPS - {State.RETURNED}
# Against these conclusions an applicant may appeal.
APPEALABLE = frozenset({State.NOT_ACCEPTED, State.NOT_AWARDED})
# What an amendment may touch at all: nothing that is over.
RUNNING = frozenset(State) - CLOSED_FOR_GOOD
NOT_YET_DECIDED = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED})


def follows(scope: str, state: str, *, decided: bool) -> bool:
    """Whether an application in this state is taken along by an amendment of this scope."""
    if scope == Scope.UNSUBMITTED:
        return state == State.DRAFT
    return state in NOT_YET_DECIDED and not decided
