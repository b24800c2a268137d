"""Who may take which step; every predicate raises with the reason that a page shows beside the step."""

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.applications.permissions import READERS
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import above
from xingyun.registry.states import Role
from xingyun.reviews.models import Decision, Minutes, Report
from xingyun.reviews.states import (
    APPEALABLE,
    AT_WORK,
    OPEN_TO_LOOK_UPS,
    PAPER_EXPECTED,
    TRANSFERABLE,
    Outcome,
)
from xingyun.rounds.states import RoundState
from xingyun.rulebook import Act, Text

if TYPE_CHECKING:
    # The queries show these predicates' reasons: at run time they import this module.
    from collections.abc import Iterable

    from xingyun.reviews.models import ReturnedRow, Transfer
    from xingyun.reviews.queries.look_ups import Check
    from xingyun.reviews.queries.meters import Meter
    from xingyun.reviews.queries.standing import Standing


OFFICE = (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY)


def reads_desk(actor: Actor) -> None:
    """Who has applications on the desk; finance sees reports and their lines, never the applications."""
    if not (actor.is_auditor or actor.authorities(*READERS)):
        raise NotAllowed(_("没有找到这份申请。"))


def serving(actor: Actor, authority_id: int) -> None:
    """Somebody who prepares, reviews or signs for this office; to others the matter does not exist."""
    if not actor.serves(authority_id):
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))


def seated(actor: Actor, role: Role, authority_id: int) -> None:
    """Somebody with this role in this office; a colleague with another role is told whose step it is."""
    serving(actor, authority_id)
    if not actor.holds(role, authority_id):
        raise Refused(_("这一步由“%s”岗办理，您不在这个岗位上。") % role.label)


def may_examine(actor: Actor, application: Application) -> None:
    """Accepting, returning and refusing: the office that has it, while it waits for acceptance."""
    serving(actor, application.holder_id)
    if application.state != State.SUBMITTED:
        raise Refused(_("只有“已提交”的申请可以受理、退回或不予受理；这份现在是“%s”。") % _name(application))


def may_return(
    actor: Actor, application: Application, reopened: "ReturnedRow | None", *, decided: bool
) -> None:
    """Returning for correction: while it waits for acceptance, or when an upper tier has given it back.

    What was decided on the facts as they are is revoked before they change.
    """
    if reopened is None or application.state != State.ACCEPTED:
        may_examine(actor, application)
        return
    serving(actor, application.holder_id)
    if decided:
        raise Refused(_("这份申请还有没撤销的决定。请先撤销决定，再退回补正。"))


def may_decide(actor: Actor, application: Application) -> None:
    """Preparing decisions: the preparer of the office that has it, once accepted or handed up."""
    seated(actor, Role.PREPARER, application.holder_id)
    at_work(application)


def at_work(application: Application) -> None:
    """Whether the holder works on the application now."""
    if application.state not in AT_WORK:
        raise Refused(_("受理以后、上报以前才能作决定；这份申请现在是“%s”。") % _name(application))


def may_take_up(standing: "Standing", act: Act) -> None:
    """Whether an act is the holder's to decide, and undecided."""
    if act not in standing.own:
        raise Refused(_("这一级别不由本单位在这一步评定或推荐。"), clause=clause_of(standing, act))
    if standing.of(act) is not None:
        raise Refused(_("这一项已经有决定。要改，请先撤销原来的决定。"), clause=clause_of(standing, act))
    refused = standing.refused_before(act)
    if refused is not None:
        said = _("“%(level)s”的决定是“%(outcome)s”，这一项不再办理。")
        values = {"level": level_name(standing, refused.level), "outcome": Outcome(refused.outcome).label}
        raise Refused(said % values, clause=clause_of(standing, act))


def may_grant(standing: "Standing", act: Act, *, signed: bool = False) -> None:
    """The ladder: the level needed before is held, or granted first in this round where that counts.

    A level that the applicant enters directly needs none.
    """
    level = standing.rulebook.level(act.level)
    if level.requires is None or standing.rulebook.holds(level.requires, standing.held):
        return
    if act.level in standing.direct:
        return
    clause = level.ladder_clause or clause_of(standing, act)
    prior = standing.prior(act)
    if prior is None and not level.same_round_counts:
        said = _("须已获评“%s”。可以作出“未通过”的决定并写明理由。")
        raise Refused(said % level_name(standing, level.requires), clause=clause)
    decision = standing.of(prior) if prior else None
    if prior and (decision is None or (signed and decision.signed_at is None)):
        said = _("请先签发“%s”的决定。") if signed else _("请先就“%s”作出决定。")
        raise Refused(said % level_name(standing, level.requires), clause=clause)


def may_grant_checked(standing: "Standing", act: Act, checks: "Iterable[Check]") -> None:
    """What is kept elsewhere was looked up, and stands in nobody's way, before the level is granted.

    What an upper tier looks up is asked of that tier's own acts; what is found counts at once.
    """
    tier = standing.rulebook.tier_number
    for check in checks:
        rule, finding = check.rule, check.finding
        if finding is None or not check.needed or not check.concerns([act.level]):
            continue
        if check.current is None:
            if finding.kind == "hint" and tier(check.office.tier) <= tier(act.tier):
                said = _("“%s”还没有核查登记。请先到“外部核查”登记结果，再同意。")
                raise Refused(said % say(rule.name), clause=rule.clause[0])
        elif finding.kind == "obstacle":
            raise Refused(_("不能同意：%s") % say(finding.words), clause=rule.clause[0])


def takes_in(actor: Actor, application: Application) -> int:
    """The office at whose paper desk this person takes in the application's booklet: its own, or above it."""
    own = application.authority
    ways = (own.pk, own.parent_id, application.holder_id, own.parent.parent_id if own.parent else None)
    found = next((pk for pk in ways if pk is not None and actor.serves(pk)), None)
    if found is None:
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))
    return found


def may_take_in(application: Application, online: int | None, version: int) -> None:
    """Only the version that was handed in online is received on paper; words say what to do with others."""
    if application.state == State.RETURNED:
        raise Refused(_("申请正在退回补正，补正后要重新成册。这一册先不收，请企业补正提交后交新的一册。"))
    if application.state not in PAPER_EXPECTED or online is None:
        raise Refused(_("这份申请现在是“%s”，不用再收纸质件。") % _name(application))
    values = {"version": version, "online": online}
    if version < online:
        said = _(
            "这一册是第 %(version)s 版，企业后来在线提交了第 %(online)s 版，旧的不能收。"
            "请退还来人，请企业打印第 %(online)s 版，盖章成册后再交。"
        )
        raise Refused(said % values, field="version")
    if version > online:
        said = _(
            "这一册是第 %(version)s 版，在线提交的是第 %(online)s 版。"
            "请企业先在线提交第 %(version)s 版再交纸质件，或者打印第 %(online)s 版。"
        )
        raise Refused(said % values, field="version")


def may_add_opinion(actor: Actor, application: Application) -> None:
    """The opinion page: the office with which it was filed, from acceptance until it is reported."""
    serving(actor, application.authority_id)
    if application.holder_id != application.authority_id or application.state != State.ACCEPTED:
        said = _("受理以后、上报以前才能放推荐意见页；这份申请现在是“%s”。")
        raise Refused(said % _name(application))


def may_rule(actor: Actor, application: Application) -> None:
    """Ruling on odd rows of the ledger: a preparer of the office that has it, from handing in on."""
    seated(actor, Role.PREPARER, application.holder_id)
    if application.state != State.SUBMITTED and application.state not in AT_WORK:
        raise Refused(_("提交以后、上报以前才能认定；这份申请现在是“%s”。") % _name(application))


def undecided(standing: "Standing") -> None:
    """A decision stands on the sums: it goes first."""
    if any(standing.of(act) for act in standing.own):
        raise Refused(_("已经就这份申请作了决定。要改认定，请先撤销决定。"))


def may_grant_ruled(standing: "Standing", act: Act, unruled: int) -> None:
    """Odd rows of the ledger are ruled before anything is granted on the sums (decision 11)."""
    if unruled:
        said = _("台账里还有 %s 笔特殊情况没有认定。请先认定计入多少，再同意。")
        raise Refused(said % unruled, clause=clause_of(standing, act))


def may_take_up_again(actor: Actor, standing: "Standing", meters: "tuple[Meter, ...]") -> None:
    """Who had qualified without a place is taken up again by the signatory, as soon as one is free."""
    application = standing.application
    seated(actor, Role.SIGNATORY, application.holder_id)
    without = [a for a in standing.own if _no_place(standing, a)]
    if application.state != State.NOT_AWARDED or not without:
        raise Refused(_("只有因名额所限没有评上、已经办结的申请，才能在名额空出后重新办理。"))
    if application.round.state != RoundState.OPEN:
        raise Refused(_("批次已经结束，不能再重新办理。"))
    for act in without:
        of = (m for m in meters if m.quota.key == act.quota and m.batch in (None, application.batch))
        meter = next(of, None)
        if meter is not None and meter.free is not None and meter.free <= 0:
            said = _("“%s”没有空出的名额。")
            raise Refused(said % say(meter.quota.name), clause=meter.clause)


def _no_place(standing: "Standing", act: Act) -> bool:
    decision = standing.of(act)
    return decision is not None and decision.outcome == Outcome.NO_PLACE


def may_look_up(actor: Actor, application: Application, check: "Check") -> str:
    """Somebody of the office to which the rule gives it, from handing in until the results are out.

    What is repeated before the announcement the office that has proposed it may look up itself. Returns the
    key of the office for which this person looks it up.
    """
    again = check.repeats and application.state == State.PROPOSED and actor.serves(application.holder_id)
    if not actor.seats_in(check.office.key) and not again:
        if actor.serves(application.authority_id) or actor.serves(application.holder_id):
            said = _("这一项由%s核查登记。") % say(check.office.name)
            raise Refused(said, clause=check.rule.clause[0])
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))
    if application.state not in OPEN_TO_LOOK_UPS:
        raise Refused(_("提交以后、公布以前才能登记；这份申请现在是“%s”。") % _name(application))
    return check.office.key if actor.seats_in(check.office.key) else application.holder.key


def may_transfer(actor: Actor, application: Application) -> None:
    """Handing a file over: the office with which it was filed, while it has it in hand itself."""
    serving(actor, application.authority_id)
    if application.state not in TRANSFERABLE or application.holder_id != application.authority_id:
        raise Refused(
            _("已提交、已受理而还没有上报的申请才能移送；这份申请现在是“%s”。") % _name(application)
        )


def may_answer_transfer(actor: Actor, transfer: "Transfer") -> None:
    """Taking or declining is the matter of the office to which it is handed over."""
    serving(actor, transfer.target_id)
    if transfer.closed_at is not None or transfer.agreed is not None:
        raise Refused(_("这次移送已经答复或办结。"))


def may_rule_transfer(actor: Actor, transfer: "Transfer") -> None:
    """Between two offices rules whoever stands above both, once the other one has declined."""
    if not any(actor.serves(one) for one in above([transfer.source_id, transfer.target_id])):
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))
    if transfer.closed_at is not None or transfer.agreed is None:
        raise Refused(_("对方没有接收的移送才需要裁定；这一次还没有答复，或者已经办结。"))


def may_ask(actor: Actor, office: Authority) -> None:
    """Whoever prepares, reviews or signs there asks other bodies and records their answers."""
    if not actor.serves(office.pk):
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))


def may_answer_appeal(actor: Actor, application: Application, refused_by: str) -> None:
    """The office that refused, by another person than who did (its id in the record)."""
    serving(actor, application.holder_id)
    if application.state not in APPEALABLE:
        raise Refused(_("这份申请现在是“%s”，不用再答复申诉。") % _name(application))
    if actor.id == refused_by:
        raise Refused(_("结论是您作出的，请由另一位同事核实申诉。"))


def may_review(actor: Actor, decision: Decision) -> None:
    """Reviewing: another person than the preparer (四眼)."""
    seated(actor, Role.REVIEWER, decision.authority_id)
    _live(decision)
    if decision.reviewed_by_id is not None or not decision.needs_review:
        raise Refused(_("这项决定已经复核，或按本轮规则不需要复核。"))
    if decision.prepared_by_id == actor.user_id:
        raise Refused(_("经办和复核不能是同一个人。请由另一位同事复核。"))


def may_sign(actor: Actor, decision: Decision) -> None:
    """Signing: a third person, after the review where the rulebook has one."""
    seated(actor, Role.SIGNATORY, decision.authority_id)
    _live(decision)
    if decision.signed_by_id is not None:
        raise Refused(_("这项决定已经签发。"))
    if decision.needs_review and decision.reviewed_by_id is None:
        raise Refused(_("先复核，后签发。这项决定还没有复核。"))
    if actor.user_id in {decision.prepared_by_id, decision.reviewed_by_id}:
        raise Refused(_("经办、复核、签发须是三个人。请由另一位同事签发。"))


def may_sign_on(decision: Decision, minutes: Minutes | None) -> None:
    """The minutes are of a meeting of the same office in the same round; they may be missing only by rule."""
    if minutes is None:
        if decision.needs_minutes:
            raise Refused(_("签发须附集体研究的会议纪要。请先登记会议纪要。"), field="minutes")
        return
    same_office = minutes.authority_id == decision.authority_id
    if not (same_office and minutes.round_id == decision.application.round_id):
        raise Refused(_("签发依据须是本单位本批次的会议纪要。请先登记会议纪要。"), field="minutes")


def may_revoke(actor: Actor, decision: Decision) -> None:
    """Before it is signed any of the office; afterwards the signatory, until it is reported."""
    serving(actor, decision.authority_id)
    if decision.signed_at is not None:
        seated(actor, Role.SIGNATORY, decision.authority_id)
    if decision.revoked_at is not None:
        raise Refused(_("这项决定已经撤销。"))
    if decision.application.holder_id != decision.authority_id:
        raise Refused(_("申请已经上报，本单位不能再改这项决定。"))
    at_work(decision.application)


def may_countersign(actor: Actor, report: Report) -> None:
    """The finance bureau beside the authority, another person than who drafted it."""
    if not actor.holds(Role.COUNTERSIGNER, report.authority_id):
        if actor.serves(report.authority_id):
            raise Refused(_("线上会签由财政会签岗办理；也可以线下会签后上传盖章扫描件。"))
        raise NotAllowed(_("没有找到这份报告。"))
    if report.prepared_by_id == actor.user_id:
        raise Refused(_("起草人不能自己会签。"))


def may_send_back(actor: Actor, report: Report) -> None:
    """Taking a report back to its draft: the office itself, or finance beside it."""
    if not actor.holds(Role.COUNTERSIGNER, report.authority_id):
        serving(actor, report.authority_id)


def may_hand_over(actor: Actor, report: Report) -> None:
    """Whoever works in either office, or audits: the bundle holds everybody's contacts, so no mere reader."""
    if not (actor.serves(report.authority_id) or actor.serves(report.recipient_id) or actor.is_auditor):
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))


def clause_of(standing: "Standing", act: Act) -> str:
    """The clause that an act follows from: its quota's, else its level's."""
    rule = standing.rulebook.quota(act.quota) if act.quota else standing.rulebook.level(act.level)
    return rule.clause[0]


def level_name(standing: "Standing", level: str) -> str:
    """A level's name in the language of the page."""
    return say(standing.rulebook.level(level).name)


def say(text: Text) -> str:
    """A rulebook's words in the language of the page."""
    return text.say(get_language() or "zh")


def _live(decision: Decision) -> None:
    if decision.revoked_at is not None:
        raise Refused(_("这项决定已经撤销。"))
    at_work(decision.application)


def _name(application: Application) -> str:
    return str(State(application.state).label)
