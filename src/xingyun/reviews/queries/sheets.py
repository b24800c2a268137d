"""What the papers of this room say. Papers are Chinese whatever the language of the page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol, cast

from xingyun.applications.models import Application
from xingyun.clock import ZONE, calendar_day
from xingyun.papers.queries.numbers import Numbers
from xingyun.papers.queries.wording import common, worded
from xingyun.registry.models import Authority
from xingyun.reviews.models import Report
from xingyun.reviews.queries.places import place_name
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.states import Kind, Outcome
from xingyun.rulebook import Rulebook

WAN = 1_000_000
VERBS = {Kind.DECIDE: "评定", Kind.RECOMMEND: "推荐"}
WORDS = {Outcome.GRANTED: "通过", Outcome.NO_PLACE: "符合条件，名额所限", Outcome.DECLINED: "未通过"}


class Mending(Protocol):
    """A defect as the correction notice lists it."""

    @property
    def place(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def text(self) -> str: ...


class Saying(Protocol):
    """What a report says: all its rows, those newly reported, those carried over from the one before."""

    @property
    def rows(self) -> Sequence[Standing]: ...
    @property
    def ready(self) -> Sequence[Standing]: ...
    @property
    def frozen(self) -> Sequence[Standing]: ...


def day(value: date) -> str:
    """2020年10月12日."""
    return f"{value.year}年{value.month}月{value.day}日"


def local_day(value: datetime) -> str:
    """The day of a moment in Asia/Shanghai."""
    return day(calendar_day(value))


def moment(value: datetime) -> str:
    """10月19日 24:00: an interval that ends at midnight ends with the day before."""
    local = value.astimezone(ZONE)
    if local.time() == time(0):
        before = local.date() - timedelta(days=1)
        return f"{before.month}月{before.day}日 24:00"
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def wan(fen: int) -> str:
    """Fen as 10,000 yuan with two places, cut off, never rounded up."""
    return f"{fen // WAN:,}.{fen % WAN // 10_000:02d}"


def return_notice(
    application: Application,
    rulebook: Rulebook,
    defects: Sequence[Mending],
    due: datetime,
    number: str,
    now: datetime,
) -> Mapping[str, object]:
    """The correction notice: everything at once, and until when."""
    values = to_one(application, rulebook) | {"补正期限": moment(due), "处数": str(len(defects))}
    return {
        **worded(application.holder, "return_notice", values),
        "issuer": application.holder.issuer,
        "number": number,
        "columns": ("序号", "位置", "问题和要求", "怎样补正", "依据"),
        "defects": [_defect(rulebook, defect) for defect in defects],
        "date": local_day(now),
    }


def to_one(application: Application, rulebook: Rulebook) -> dict[str, str]:
    """The values of what one applicant is told."""
    return {
        **common(application.holder, rulebook, application.round.year),
        "企业名称": application.enterprise.name,
        "申请编号": application.number,
    }


def _defect(rulebook: Rulebook, defect: Mending) -> Mapping[str, str]:
    name = place_name(rulebook, defect.place)
    return {
        "place": name.zh if name else defect.place,
        "text": defect.text,
        "remedy": "在系统中改好这一处，重新成册、盖章、上传扫描件",
        "clause": defect.clause,
    }


def report(report: Report, said: Saying, rulebook: Rulebook, numbers: Numbers) -> Mapping[str, object]:
    """The joint report: what was decided, who is recommended, and the summary table as its annex."""
    issuers = issuers_of(report.authority, joint=countersigned(rulebook, report.authority))
    award = rulebook.programme.award
    values = {
        **common(report.authority, rulebook, report.round.year),
        "上级单位": "、".join(names_of(report.recipient)),
        "报送方式": "补充报送" if supplementary(report) else "重新报送" if report.supersedes else "报送",
        "结果范围": "前次上报以后新评定的结果" if supplementary(report) else "结果",
    }
    words = worded(report.authority, "report", values)
    return {
        **words,
        "issuers": [i["name"] for i in issuers],
        "number": numbers.get("report", f"〔{report.round.year}〕　号"),
        "body": [*cast("list[object]", words["body"]), *_results(report, said, rulebook)],
        "annexes": [f"{report.round.year}年{award}认定和推荐企业项目汇总表"],
        "signatures": issuers,
        "date": "　　年　月　日",
        "signers": [],
    }


def supplementary(report: Report) -> bool:
    """Whether a report stands beside one before it, in the place of none."""
    return report.seq > 1 and report.supersedes is None


def names_of(authority: Authority) -> list[str]:
    """The names of an office and of the finance bureau beside it."""
    return [name for name in (authority.issuer, authority.co_issuer) if name]


def issuers_of(authority: Authority, *, joint: bool) -> list[dict[str, str]]:
    """Who issues a paper, each with the key of its seal."""
    keys = ("seal:issuer", "seal:co-issuer")
    names = names_of(authority) if joint else [authority.issuer]
    return [{"name": name, "key": key} for name, key in zip(names, keys, strict=False)]


def countersigned(rulebook: Rulebook, authority: Authority) -> bool:
    """Whether the tier's report is a joint document."""
    rule = rulebook.report_from(authority.tier)
    return rule is not None and rule.countersigned_by is not None


def result_words(standing: Standing) -> str:
    """Every live decision of an application in words."""
    names = {level.key: level.label for level in standing.rulebook.levels}
    return "；".join(
        f"{VERBS[Kind(d.kind)]}{names[d.level]}：{WORDS[Outcome(d.outcome)]}" for d in standing.decisions
    )


def why_not(standing: Standing) -> str:
    """Why an application ends without an award: each refusal with its reason."""
    names = {level.key: level.label for level in standing.rulebook.levels}
    refusals = (d for d in standing.decisions if d.outcome != Outcome.GRANTED)
    return "；".join(f"{names[d.level]}：{WORDS[Outcome(d.outcome)]}。{d.reason}" for d in refusals)[:2000]


def _results(report: Report, said: Saying, rulebook: Rulebook) -> list[dict[str, str]]:
    pieces: list[dict[str, str]] = []
    if report.supersedes is not None:
        pieces.append({"text": _instead(report.supersedes, said)})
    pieces.append({"text": "一、结果", "kind": "h1"})
    pieces += [{"text": sentence} for sentence in _sums(said.rows, rulebook)]
    contents = (rulebook.report_from(report.authority.tier) or rulebook.reports[0]).contents
    if contents:
        pieces += [{"text": "二、报送材料", "kind": "h1"}, {"text": "；".join(contents) + "。"}]
    return pieces


def _instead(before: Report, said: Saying) -> str:
    """Which report this one supersedes, and how much of it stays."""
    number = f"（{before.number}）" if before.number else ""
    when = local_day(before.sent_at) if before.sent_at else ""
    return (
        f"本报告代替我单位{when}的第{before.seq}次上报{number}。"
        f"原上报中{len(said.frozen)}家不变，照原样列入；其余{len(said.ready)}家为重新评定或者新评定的结果。"
    )


def _sums(standings: Sequence[Standing], rulebook: Rulebook) -> list[str]:
    counted: dict[tuple[str, str, str], int] = {}
    for decision in (d for s in standings for d in s.decisions):
        key = (decision.level, decision.kind, decision.outcome)
        counted[key] = counted.get(key, 0) + 1
    return [
        f"{VERBS[Kind(kind)]}{level.label}：{WORDS[Outcome(outcome)]}{number}家。"
        for level in rulebook.levels
        for (of, kind, outcome), number in sorted(counted.items())
        if of == level.key
    ] or [f"共转报申请{len(standings)}份。"]
