"""The summary table of a report: a row for each application, its sums below. Papers are Chinese."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xingyun.applications.models import Application
from xingyun.documents.tables import written_fen
from xingyun.reviews.models import Report
from xingyun.reviews.queries.sheets import local_day, result_words
from xingyun.reviews.queries.standing import Standing
from xingyun.reviews.states import Kind, Outcome
from xingyun.rulebook import Rulebook
from xingyun.rulebook.form import FieldError

SPENDING = "上云支出为申报企业填报的台账中计入的合计。"
POINTS = "得分由系统按申报企业填报的数据计算。"
NOTHING = "—"
# Columns that are answers of the form, where it asks for them: role, label, width in mm.
ASKED = (
    ("industry", "行业", 18, "left"),
    ("deployments", "部署模型", 14, "center"),
    ("providers", "云服务商", 24, "left"),
)
PERSONS = (("contact_name", "联系人", 14, "center"), ("contact_mobile", "联系电话", 23, "center"))
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the rows need beside the decisions: answers and points by application."""

    answers: Mapping[int, Answers]
    points: Mapping[int, int]


def answers_of(standings: Iterable[Standing]) -> dict[int, Answers]:
    """The answers of these applications (one query)."""
    known = Application.objects.filter(pk__in=[s.application.pk for s in standings])
    return dict(known.values_list("pk", "answers"))


def summary_table(
    report: Report, standings: Sequence[Standing], rulebook: Rulebook, told: Told, *, persons: bool
) -> Mapping[str, object]:
    """The table; without `persons` for those who read of enterprises only.

    Points and spending stand there where the rulebook counts them, an answer where its form asks for it.
    """
    columns = _columns(rulebook, persons=persons)
    rows = [_row(n, s, told, persons=persons) for n, s in enumerate(standings, start=1)]
    return {
        "annex": "附件",
        "title": title(report, rulebook),
        "unit": {"label": "填报单位（盖章）", "value": report.authority.issuer},
        "table": {"columns": columns, "rows": rows, "total": _total(columns, standings)},
        "signs": ("填表人", "审核人", "负责人"),
        "date": local_day(report.prepared_at),
        "note": SPENDING if rulebook.keeps_ledger else POINTS if rulebook.points else "",
    }


def title(report: Report, rulebook: Rulebook) -> str:
    """What the table is called, here and among the annexes of the report."""
    return f"{report.round.year}年{rulebook.programme.award}认定和推荐企业项目汇总表"


def to_the_fen(fen: int) -> str:
    """Fen as 10,000 yuan, to the fen: a column adds up as it is printed."""
    whole, _point, part = written_fen(fen, "wan").partition(".")
    return f"{int(whole):,}.{part}"


def granted(standing: Standing, kind: Kind) -> str:
    """The levels that were granted in this way, the highest first; a dash for none."""
    given = [d for d in standing.decisions if d.kind == kind and d.outcome == Outcome.GRANTED]
    names = [standing.rulebook.level(d.level) for d in given]
    return "、".join(level.label for level in sorted(names, key=lambda level: -level.rank)) or NOTHING


def _columns(rulebook: Rulebook, *, persons: bool) -> list[dict[str, object]]:
    def plain(label: str, width: int, align: str = "center", kind: str = "text") -> dict[str, object]:
        return {"label": label, "width": width, "align": align, "kind": kind}

    return [
        plain("序号", 10, kind="int"),
        {"label": "企业名称", "align": "left"},
        plain("统一社会信用代码", 39),
        plain(f"所属{rulebook.tiers[0].label}", 16),
        *(plain(label, width, align) for _role, label, width, align in _asked(rulebook, ASKED)),
        *([plain("得分", 12, "right", "int")] if rulebook.points else []),
        *([plain("上云支出（万元）", 20, "right", "wan")] if rulebook.keeps_ledger else []),
        plain("申请级别", 14),
        plain("评定级别", 14),
        plain("推荐级别", 14),
        *(plain(label, width, align) for _role, label, width, align in _asked(rulebook, PERSONS) if persons),
        plain("意见", 26, "left"),
    ]


def _asked(
    rulebook: Rulebook, columns: Iterable[tuple[str, str, int, str]]
) -> list[tuple[str, str, int, str]]:
    return [column for column in columns if rulebook.form.by_role(column[0]) is not None]


def _row(number: int, standing: Standing, told: Told, *, persons: bool) -> list[str]:
    application, rulebook = standing.application, standing.rulebook
    answers = told.answers.get(application.pk, {})
    points = told.points.get(application.pk)
    return [
        str(number),
        application.enterprise.name,
        application.enterprise.uscc,
        application.authority.name,
        *(_shown(rulebook, answers, role) for role, *_how in _asked(rulebook, ASKED)),
        *([NOTHING if points is None else str(points)] if rulebook.points else []),
        *([to_the_fen(application.spend_fen)] if rulebook.keeps_ledger else []),
        rulebook.level(application.level).label,
        granted(standing, Kind.DECIDE),
        granted(standing, Kind.RECOMMEND),
        *(_shown(rulebook, answers, role) for role, *_how in _asked(rulebook, PERSONS) if persons),
        result_words(standing) or "转报",
    ]


def _shown(rulebook: Rulebook, answers: Answers, role: str) -> str:
    field = rulebook.form.by_role(role)
    raw = answers.get(field.key, "").strip() if field else ""
    if field is None or not raw:
        return NOTHING
    value = rulebook.form.parse(field, raw)
    return raw if isinstance(value, FieldError) else rulebook.form.display(field, value)


def _total(columns: Sequence[Mapping[str, object]], standings: Sequence[Standing]) -> list[str]:
    sums = {
        "企业名称": f"合计 {len(standings)} 家",
        "上云支出（万元）": to_the_fen(sum(s.application.spend_fen for s in standings)),
        "评定级别": _count(standings, Kind.DECIDE),
        "推荐级别": _count(standings, Kind.RECOMMEND),
    }
    return [sums.get(str(column["label"]), "") for column in columns]


def _count(standings: Sequence[Standing], kind: Kind) -> str:
    return f"{sum(granted(standing, kind) != NOTHING for standing in standings)} 家"
