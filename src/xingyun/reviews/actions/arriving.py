"""The paper desk: a bound booklet is taken in and receipted; a record is corrected, never changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.applications.models import Application, Submission
from xingyun.applications.queries import get, latest_submission
from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.hashing import canonical
from xingyun.papers import actions as papers
from xingyun.papers.models import Paper
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.reviews.actions.holding import hold
from xingyun.reviews.models import Arrival
from xingyun.reviews.permissions import may_take_in, takes_in
from xingyun.reviews.queries import paper_sheets
from xingyun.reviews.queries.arrivals import current
from xingyun.reviews.states import Condition, Seal

KIND = "paper_receipt"
LONGEST = {"brought_by": 80, "shelf": 80, "remark": 500, "reason": 500}
MOST = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalData:
    """What an official sees and does: `pages` counted, `seals` seen, who brought it, where it is shelved.

    `reason` says why an earlier row is corrected.
    """

    version: int
    pages: int
    copies: int
    seals: tuple[str, ...]
    condition: str
    brought_by: str
    shelf: str
    arrived_at: datetime
    remark: str = ""
    reason: str = ""


def record_arrival(
    *, application: Application, data: ArrivalData, seen: int | None, actor: Actor, now: datetime
) -> Arrival:
    """Take a booklet in and issue its receipt; `seen` is the row that the page showed before, which is
    corrected then.

    Only the version that was handed in online is taken. Raises NotAllowed, Refused with `field`, Conflict
    when a colleague has recorded meanwhile.
    """
    get(actor, application.uid)
    office = Authority.objects.get(pk=takes_in(actor, application))
    submission = latest_submission(application)
    may_take_in(application, _version(submission), data.version)
    assert submission is not None  # there is a version online
    _check(data, submission, seen, now)
    said = _said(application, office, data)
    number = f"{application.number}-P{Arrival.objects.filter(application=application).count() + 1}"
    sheet = papers.typeset(
        template="receipt",
        data=paper_sheets.paper_receipt(application, office, data, number, said),
        edition=application.edition,
        now=now,
    )
    try:
        with transaction.atomic():
            held = hold(application)
            may_take_in(held, _version(latest_submission(held)), data.version)
            before = current(held, office.pk, data.version)
            if (before.pk if before else None) != seen:
                raise Conflict(_("同事刚刚登记过这一册。请先看看他的登记，再决定是否更正。"))
            paper = papers.record(
                sheet=sheet, kind=KIND, about=held.stream, actor=actor, now=now, number=number
            )
            made = _create(held, office, data, before, paper, actor, now)
            _record(held, made, said, actor, now)
    except IntegrityError as error:
        raise Conflict(_("同事刚刚登记过这一册。请先看看他的登记，再决定是否更正。")) from error
    return made


def _version(submission: Submission | None) -> int | None:
    return submission.booklet.version if submission else None


def _check(data: ArrivalData, submission: Submission, seen: int | None, now: datetime) -> None:
    if data.pages < 1:
        raise Refused(_("请清点页数。"), field="pages")
    if not 1 <= data.copies <= MOST:
        raise Refused(_("册数是 1 到 %s。") % MOST, field="copies")
    if data.condition not in Condition.values:
        raise Refused(_("请选择完好情况。"), field="condition")
    if not set(data.seals) <= set(Seal.values):
        raise Refused(_("请从列表里选看到的印章。"), field="seals")
    online = submission.booklet.pages
    if data.pages != online and not data.remark.strip():
        said = _("清点的页数和在线的（%s 页）不一样。请再点一遍；确实不一样的，在备注里写明。")
        raise Refused(said % online, field="remark")
    if (data.condition != Condition.WHOLE or Seal.ENTERPRISE not in data.seals) and not data.remark.strip():
        raise Refused(_("有缺损或没有看到企业公章的，请在备注里写明情况和怎么处理。"), field="remark")
    missing = {"brought_by": _("请写明谁送来的。"), "shelf": _("请写明放在哪里。")}
    for name, text in missing.items():
        if not getattr(data, name).strip():
            raise Refused(text, field=name)
    if seen is not None and not data.reason.strip():
        raise Refused(_("请写明更正的理由，原来的登记仍然保留。"), field="reason")
    if data.arrived_at > now:
        raise Refused(_("收到的时间不能晚于现在。"), field="arrived_on")
    for name, limit in LONGEST.items():
        if len(getattr(data, name)) > limit:
            raise Refused(_("这一栏最多 %s 字。") % limit, field=name)


def _said(application: Application, office: Authority, data: ArrivalData) -> str:
    """The digest of everything that was recorded: it stands on the receipt and in the record."""
    told = {
        "application": application.number,
        "authority": office.key,
        "version": data.version,
        "pages": data.pages,
        "copies": data.copies,
        "seals": sorted(data.seals),
        "condition": data.condition,
        "remark": data.remark.strip(),
        "brought_by": data.brought_by.strip(),
        "shelf": data.shelf.strip(),
        "arrived_at": data.arrived_at.isoformat(),
        "reason": data.reason.strip(),
    }
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def _create(
    held: Application,
    office: Authority,
    data: ArrivalData,
    before: Arrival | None,
    paper: Paper,
    actor: Actor,
    now: datetime,
) -> Arrival:
    return Arrival.objects.create(
        application=held,
        authority=office,
        version=data.version,
        pages=data.pages,
        copies=data.copies,
        seals=[seal for seal in Seal.values if seal in data.seals],
        condition=data.condition,
        remark=data.remark.strip(),
        brought_by=data.brought_by.strip(),
        shelf=data.shelf.strip(),
        arrived_at=data.arrived_at,
        supersedes=before,
        reason=data.reason.strip() if before else "",
        receipt=paper,
        recorded_by_id=actor.person,
        recorded_at=now,
    )


def _record(held: Application, made: Arrival, said: str, actor: Actor, now: datetime) -> None:
    """Who brought it is a person: the record keeps a digest."""
    body = {
        "arrival": made.pk,
        "supersedes": made.supersedes_id,
        "authority": made.authority.key,
        "version": made.version,
        "pages": made.pages,
        "copies": made.copies,
        "seals": made.seals,
        "condition": made.condition,
        "said": said,
    }
    audit.append(stream=held.stream, act="booklet.arrived", actor=actor, body=body, now=now)
