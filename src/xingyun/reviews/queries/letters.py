"""Papers that go with a report or to one applicant: the office's decision, its letter, a refusal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from xingyun.applications.models import Application
from xingyun.documents.shapes import Ground
from xingyun.papers.queries.numbers import Numbers
from xingyun.papers.queries.wording import common, worded
from xingyun.registry.models import Authority
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.queries.sheets import countersigned, issuers_of, local_day, names_of, to_one
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


# The letters that a report may carry, each with the kind of decision that it is about.
LETTERS = {"decision": Kind.DECIDE, "recommendation": Kind.RECOMMEND}


def letters_of(report: Report, standings: Sequence[Standing]) -> tuple[str, ...]:
    """The letters that go with the report: those that have somebody to name."""
    return tuple(key for key, kind in LETTERS.items() if _granted(standings, report.authority, kind))


def decision(
    report: Report, standings: Sequence[Standing], rulebook: Rulebook, numbers: Numbers
) -> Mapping[str, object]:
    """What the office decides by itself, at the levels that the rulebook leaves to it."""
    given = _granted(standings, report.authority, Kind.DECIDE)
    issuers = issuers_of(report.authority, joint=countersigned(rulebook, report.authority))
    values = _values(report, given, rulebook) | {"上级单位": "、".join(names_of(report.recipient))}
    return {
        **worded(report.authority, "decision", values),
        "issuers": [issuer["name"] for issuer in issuers],
        "number": numbers.get("decision", NUMBER.format(report.round.year)),
        "tables": [_listing(given, rulebook)],
        "signatures": issuers,
        "date": BLANK_DATE,
    }


def recommendation(
    report: Report, standings: Sequence[Standing], rulebook: Rulebook, numbers: Numbers
) -> Mapping[str, object]:
    """The letter that recommends to the tier above."""
    given = _granted(standings, report.authority, Kind.RECOMMEND)
    issuer = report.authority.issuer
    values = _values(report, given, rulebook) | {"上级单位": report.recipient.issuer}
    return {
        **worded(report.authority, "recommendation", values),
        "issuer": issuer,
        "number": numbers.get("recommendation", NUMBER.format(report.round.year)),
        "tables": [_listing(given, rulebook)],
        "annexes": [title(report, rulebook), "推荐企业的申报材料"],
        "signatures": [{"name": issuer, "key": "seal:issuer"}],
        "date": BLANK_DATE,
    }


def refusal(
    application: Application, rulebook: Rulebook, grounds: Sequence[Ground], number: str, now: datetime
) -> Mapping[str, object]:
    """An application is not accepted: why, by which clause, and what can still be done."""
    return {
        **worded(application.holder, "refusal", to_one(application, rulebook)),
        "issuer": application.holder.issuer,
        "number": number,
        "columns": ("序号", "理由", "依据"),
        "grounds": list(grounds),
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


def _values(
    report: Report, given: Sequence[tuple[Application, Decision]], rulebook: Rulebook
) -> dict[str, str]:
    values = {"级别": _levels(given, rulebook), "家数": str(len(given))}
    return common(report.authority, rulebook, report.round.year) | values


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
