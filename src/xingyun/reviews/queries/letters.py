"""Papers that go with a report or to one applicant: the office's decision, its letter, a refusal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from xingyun.applications.models import Application
from xingyun.documents.shapes import Ground
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.queries.sheets import countersigned, issuers_of, local_day, names_of
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.queries.summary import title
from xingyun.reviews.states import Kind, Outcome
from xingyun.rulebook import Rulebook

COLUMNS = (
    {"label": "序号", "width": 14},
    {"label": "企业名称", "align": "left"},
    {"label": "统一社会信用代码", "width": 54},
    {"label": "级别", "width": 26},
)
BLANK_DATE = "　　年　月　日"
NUMBER = "〔{}〕　号"


def decision(
    report: Report, standings: Sequence[Standing], rulebook: Rulebook
) -> Mapping[str, object] | None:
    """What the office decides by itself, at the levels that the rulebook leaves to it; None without any."""
    given = _granted(standings, report.authority, Kind.DECIDE)
    if not given:
        return None
    issuers = issuers_of(report.authority, joint=countersigned(rulebook, report.authority))
    year, award = report.round.year, rulebook.programme.award
    opening = (
        f"按照{rulebook.programme.document_number}的要求，经企业申报、审核和集体研究，在名额以内认定下列企业为"
        f"{year}年{award}（{_levels(given, rulebook)}），共{len(given)}家。"
    )
    return {
        "issuers": [issuer["name"] for issuer in issuers],
        "number": NUMBER.format(year),
        "title": f"关于认定{year}年{award}\n（{_levels(given, rulebook)}）的决定",
        "body": [{"text": opening}],
        "tables": [_listing(given, rulebook)],
        "closing": [{"text": f"本决定报{'、'.join(names_of(report.recipient))}，由其统一公布。"}],
        "signatures": issuers,
        "date": BLANK_DATE,
    }


def recommendation(
    report: Report, standings: Sequence[Standing], rulebook: Rulebook
) -> Mapping[str, object] | None:
    """The letter that recommends to the tier above; None where nobody is recommended."""
    given = _granted(standings, report.authority, Kind.RECOMMEND)
    if not given:
        return None
    year, award, issuer = report.round.year, rulebook.programme.award, report.authority.issuer
    return {
        "issuer": issuer,
        "number": NUMBER.format(year),
        "title": f"关于推荐{year}年{award}\n（{_levels(given, rulebook)}）的函",
        "addressees": f"{report.recipient.issuer}：",
        "body": [
            {
                "text": f"按照{rulebook.programme.document_number}的要求，我单位对申报材料进行了初审，"
                f"在名额以内推荐下列企业申报，共{len(given)}家，请予评定。"
            }
        ],
        "tables": [_listing(given, rulebook)],
        "closing": [{"text": "专此函达。"}],
        "annexes": [title(report, rulebook), "推荐企业的申报材料"],
        "signatures": [{"name": issuer, "key": "seal:issuer"}],
        "date": BLANK_DATE,
    }


def refusal(
    application: Application, rulebook: Rulebook, grounds: Sequence[Ground], number: str, now: datetime
) -> Mapping[str, object]:
    """An application is not accepted: why, by which clause, and what can still be done."""
    return {
        "issuer": application.holder.issuer,
        "title": "不予受理通知书",
        "number": number,
        "addressee": f"{application.enterprise.name}：",
        "lead": f"你单位提交的{rulebook.programme.award}申报材料（{application.number}）收悉。"
        "经核对，因下列原因不予受理：",
        "columns": ("序号", "理由", "依据"),
        "grounds": list(grounds),
        "closing": "对不予受理有异议的，可以在系统的申报进度页提出申诉，写明事实和理由。材料都还保留。",
        "date": local_day(now),
    }


def _granted(
    standings: Sequence[Standing], authority: Authority, kind: Kind
) -> list[tuple[Application, Decision]]:
    """The office's own grants of this kind, the highest level first."""
    own = [
        (standing, decision)
        for standing in standings
        for decision in standing.decisions
        if (decision.kind, decision.outcome, decision.authority_id) == (kind, Outcome.GRANTED, authority.pk)
    ]
    own.sort(key=lambda pair: (-pair[0].rulebook.level(pair[1].level).rank, pair[0].application.pk))
    return [(standing.application, decision) for standing, decision in own]


def _levels(given: Sequence[tuple[Application, Decision]], rulebook: Rulebook) -> str:
    return "、".join(dict.fromkeys(rulebook.level(decision.level).label for _a, decision in given))


def _listing(given: Sequence[tuple[Application, Decision]], rulebook: Rulebook) -> Mapping[str, object]:
    rows = [
        [
            str(n),
            application.enterprise.name,
            application.enterprise.uscc,
            rulebook.level(decision.level).label,
        ]
        for n, (application, decision) in enumerate(given, start=1)
    ]
    return {"columns": COLUMNS, "rows": rows}
