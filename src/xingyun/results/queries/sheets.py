"""What the papers of this room say. Papers are Chinese whatever the language of the page."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings

from xingyun.applications.models import Application
from xingyun.papers.queries.wording import common, worded
from xingyun.registry.models import Authority
from xingyun.results.models import Award
from xingyun.results.queries.periods import Period
from xingyun.reviews.queries.sheets import day
from xingyun.rounds.queries import rulebook_of
from xingyun.rulebook import Rulebook

COLUMNS = (
    {"label": "序号", "width": 14},
    {"label": "企业名称", "align": "left"},
    {"label": "推荐单位", "width": 34},
    {"label": "级别", "width": 26},
)


def public_notice(
    year: int,
    authority: Authority,
    rulebook: Rulebook,
    proposed: Sequence[tuple[Application, str]],
    period: Period,
    on: date,
) -> Mapping[str, object]:
    """The proposed list: who, from when until when, and how to object."""
    unit = "个工作日" if rulebook.notice.working_days else "天"
    counted = "当日起算" if rulebook.notice.first_day_counted else "次日起算"
    values = {
        **common(authority, rulebook, year),
        "家数": str(len(proposed)),
        "公示首日": day(period.first),
        "公示末日": day(period.last),
        "公示天数": f"{rulebook.notice.days}{unit}（{counted}）",
        "异议渠道": "；".join(f"{c.label}：{c.text.rstrip('。')}" for c in rulebook.notice.channels),
    }
    return {
        **worded(authority, "public_notice", values),
        "tables": [listing(rulebook, proposed)],
        "signatures": [{"name": authority.issuer, "key": "seal:issuer"}],
        "date": day(on),
    }


def announcement(
    year: int,
    authority: Authority,
    rulebook: Rulebook,
    awarded: Sequence[tuple[Application, str]],
    number: str,
    on: date,
) -> Mapping[str, object]:
    """The list that is announced."""
    values = {**common(authority, rulebook, year), "家数": str(len(awarded))}
    return {
        **worded(authority, "announcement", values),
        "issuers": [authority.issuer],
        "number": number or f"〔{year}〕　号",
        "tables": [listing(rulebook, awarded)],
        "signatures": [{"name": authority.issuer, "key": "seal:issuer"}],
        "date": day(on),
    }


def certificate(award: Award) -> Mapping[str, object]:
    """The certificate of one title, with the address that verifies it."""
    application, title = award.application, award.title
    rulebook = rulebook_of(application.edition)
    level, several = rulebook.level(title.level).label, len(rulebook.levels) > 1
    until = f"至{day(title.last_day)}" if title.last_day else "未设期限"
    return {
        "title": rulebook.programme.award,
        "level_mark": level if several else "",
        "holder": application.enterprise.name,
        "text": f"经评定，认定为{title.year}年{_award(rulebook)}{f'（{level}）' if several else ''}。",
        "facts": [
            {"label": "统一社会信用代码", "value": application.enterprise.uscc},
            {"label": "有效期", "value": f"自{day(title.valid_from)}起，{until}"},
        ],
        "serial_label": "证书编号",
        "serial": title.serial,
        "verify_note": "扫码核验",
        "qr": f"{settings.BASE_URL}/verify/{title.verification}/",
        "issuer": award.announcement.notice.authority.issuer,
        "date": day(title.valid_from),
    }


def listing(rulebook: Rulebook, rows: Sequence[tuple[Application, str]]) -> Mapping[str, object]:
    """A table of enterprises with the office each came from and its level."""
    names = {level.key: level.label for level in rulebook.levels}
    cells = [
        [str(n), application.enterprise.name, application.authority.name, names[level]]
        for n, (application, level) in enumerate(rows, start=1)
    ]
    return {"columns": COLUMNS, "rows": cells}


def _award(rulebook: Rulebook) -> str:
    return f"{rulebook.programme.area}{rulebook.programme.award}"
