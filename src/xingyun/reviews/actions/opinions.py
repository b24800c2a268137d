"""The office's opinion page: sealed, scanned, matched, put into the book in the place of the printed one."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Submission
from xingyun.applications.queries import get, latest_submission
from xingyun.applications.queries.booklets import Printed, opinion_sheet, printed
from xingyun.applications.queries.stamped import evidence_number, other_pages
from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.documents.stamped import Found, Kind, Look, PageCode, Place, Sheet, bind, look_apart, match
from xingyun.files import actions as files
from xingyun.files import kept
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs import actions as jobs
from xingyun.jobs.run import Run
from xingyun.registry.actors import Actor
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.models import OpinionPage
from xingyun.reviews.permissions import may_add_opinion

KIND = "reviews.opinion"
MOST_PAGES = 10


def add_opinion_page(*, application: Application, file: File, actor: Actor, now: datetime) -> OpinionPage:
    """Take the scanned opinion page of the book that was handed in, in the place of one that came before.

    The code on it must be that of this very page. Raises NotAllowed, Conflict, and Refused that says what was
    uploaded instead.
    """
    get(actor, application.uid)
    may_add_opinion(actor, application)
    submission, sheet = page_of(application)
    with kept.workplace() as folder:
        found = _matched(submission, sheet, file, folder)
        upright = files.store(
            source=bind([(folder / found.image, 0)], folder / "opinion.pdf"),
            now=now,
            kind="application/pdf",
            pages=1,
        )
    with transaction.atomic():
        held = hold(application)
        may_add_opinion(actor, held)
        last = latest_submission(held)
        if last is None or last.pk != submission.pk:
            raise Conflict(_("企业刚刚又提交了一版。请打印现在的推荐意见页，盖章后再传。"))
        live = OpinionPage.objects.filter(submission=submission, removed_at=None)
        if same := live.filter(scan=file).first():
            return same
        live.update(removed_at=now)
        made = OpinionPage.objects.create(
            application=held,
            submission=submission,
            authority_id=held.authority_id,
            number=sheet.number,
            scan=file,
            file=upright,
            red=found.red,
            added_by_id=actor.person,
            added_at=now,
        )
        jobs.enqueue(kind=KIND, key=str(made.pk), payload={"opinion": made.pk}, owner=actor.user_id, now=now)
        body = {"version": submission.version, "page": sheet.number, "file": file.sha256, "red": found.red}
        audit.append(stream=held.stream, act="opinion.added", actor=actor, body=body, now=now)
    return made


def keep_bound(*, opinion: OpinionPage, bound: File, run: Run, now: datetime) -> None:
    """The book with the opinion page in it. Done twice it is done once."""
    with transaction.atomic():
        run.check()
        made = OpinionPage.objects.filter(pk=opinion.pk, bound=None).update(bound=bound)
        if made:
            body = {"page": opinion.number, "book": bound.sha256}
            stream = opinion.application.stream
            audit.append(stream=stream, act="opinion.bound", actor=SYSTEM, body=body, now=now)


def page_of(application: Application) -> tuple[Submission, Printed]:
    """What was handed in, and its opinion page. Raises Refused where the book has none."""
    submission = latest_submission(application)
    sheet = opinion_sheet(submission.booklet) if submission else None
    if submission is None or sheet is None:
        raise Refused(_("这份申报书里没有推荐意见页。"))
    return submission, sheet


def _matched(submission: Submission, sheet: Printed, file: File, folder: Path) -> Found:
    pages = file.pages or 1
    if pages > MOST_PAGES:
        said = _("上传的文件有 %d 页。请只传推荐意见页。")
        raise Refused(said % pages, field="file")
    places = {sheet.code: [Place(x, y) for x, y in sheet.seals]}
    looks = look_apart(path(file), pages, places, folder)
    if looks is None:
        raise Refused(_("这个文件读不出来。请重新扫描推荐意见页再传。"), field="file")
    found = match([looks], [Sheet(sheet.code)], others=_others(submission, looks))
    if sheet.number not in found.fits:
        raise Refused(_wrong(found.found[0], sheet), field="file")
    return found.fits[sheet.number]


def _others(submission: Submission, looks: tuple[Look, ...]) -> set[PageCode]:
    """Those of the codes that are of other pages of the same book."""
    booklet = submission.booklet
    known, contents = {other.code for other in printed(booklet)}, other_pages(booklet)
    return {
        code
        for one in looks
        for code in one.codes
        if code in known or (code.page, code.digest) in contents or evidence_number(booklet, code.page)
    }


def _wrong(found: Found, sheet: Printed) -> str:
    """What was uploaded in place of the opinion page, and what to do."""
    said = {
        Kind.UNREAD: _(
            "读不出页脚的二维码，不能确认是哪一页。请用 200 dpi 以上扫描整页（不要裁掉页脚）再传。"
        ),
        Kind.FOREIGN: _("上传的是另一份申请（%(whose)s）的第 %(number)s 页，没有采用。请核对后重新上传。"),
        Kind.OTHER: _(
            "上传的是这份申报书的第 %(number)s 页，不是推荐意见页（第 %(wanted)s 页）。请核对后重新上传。"
        ),
        Kind.OUTDATED: _(
            "上传的是以前一版的第 %(number)s 页，企业后来又提交过。请打印现在的推荐意见页，盖章后再传。"
        ),
    }
    return said[found.kind] % {"whose": found.whose, "number": found.number, "wanted": sheet.number}
