"""The receipt of a submission, true to the second, with the hash of its entry in the record."""

from datetime import datetime

from django.db import IntegrityError

from xingyun.applications.models import Submission
from xingyun.audit import SYSTEM
from xingyun.audit.errors import Refused
from xingyun.clock import ZONE, now
from xingyun.jobs.registry import JobError
from xingyun.jobs.run import Run
from xingyun.papers import actions as papers
from xingyun.papers.queries import papers as issued
from xingyun.rounds.queries import rulebook_of

KIND = "receipt"


def number_of(submission: Submission) -> str:
    """The receipt's own number."""
    return f"{submission.application.number}-R{submission.version}"


def issue(run: Run) -> None:
    """Issue it once, however often the work is done."""
    submission = Submission.objects.select_related(
        "application__edition", "application__authority", "application__enterprise", "booklet__file"
    ).get(application=run.payload["application"], version=run.payload["version"])
    about, number = submission.application.stream, number_of(submission)
    if issued(about, KIND).filter(number=number).exists():
        return
    try:
        papers.issue(
            kind=KIND,
            about=about,
            template="receipt",
            data=_data(submission),
            edition=submission.application.edition,
            actor=SYSTEM,
            now=now(),
            number=number,
        )
    except Refused as error:
        raise JobError(error.message) from error
    except IntegrityError:
        if not issued(about, KIND).filter(number=number).exists():
            raise


def _data(submission: Submission) -> dict[str, object]:
    application = submission.application
    rulebook = rulebook_of(application.edition)
    level = submission.facts["level"]
    facts = [
        ("申报企业", application.enterprise.name),
        ("统一社会信用代码", application.enterprise.uscc),
        ("申报项目", rulebook.title),
        ("申报级别", rulebook.level(level).label if level else "—"),
        ("提交时间", _to_the_second(submission.submitted_at)),
        ("申报书", f"第 {submission.booklet.version} 版，共 {submission.booklet.pages} 页"),
        ("收件单位", application.authority.issuer),
    ]
    return {
        "title": "申报回执",
        "number": number_of(submission),
        "lead": "您提交的申请材料已经收到。是否受理，由收件单位核对后另行告知。",
        "facts": [{"label": label, "value": value} for label, value in facts],
        "files_title": "随附文件",
        "files": [_file(entry) for entry in submission.manifest],
        "record": {
            "label": "记录编号（提交这一步在记录里的摘要）",
            "hash": submission.entry_hash,
            "note": f"提交内容的摘要：{submission.digest}",
        },
        "issuer": application.authority.issuer,
        "date": _day(submission.submitted_at),
    }


def _file(entry: dict[str, object]) -> dict[str, str]:
    names = {"booklet": f"申报书（第 {entry.get('version')} 版）", "scan": "盖章扫描件"}
    title = entry.get("name") or names[str(entry["slot"])]
    return {"title": str(title), "note": str(entry["sha256"])[:12]}


def _to_the_second(at: datetime) -> str:
    local = at.astimezone(ZONE)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}（北京时间）"


def _day(at: datetime) -> str:
    local = at.astimezone(ZONE)
    return f"{local.year}年{local.month}月{local.day}日"
