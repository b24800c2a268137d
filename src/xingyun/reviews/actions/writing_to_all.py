"""An office writes to all applicants of a round that file with it: once, and on record."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Conflict, Refused
from xingyun.audit.hashing import canonical
from xingyun.messages import actions as messages
from xingyun.messages.actions import PERSONAL
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.queries import members_of_all
from xingyun.reviews.actions.reasons import needed
from xingyun.reviews.models import Circular
from xingyun.reviews.permissions import serving
from xingyun.reviews.queries.circulars import addressees, letter_of
from xingyun.reviews.states import Whom
from xingyun.rounds.models import Round

SUBJECT, BODY = 80, 2000


def write_to_all(
    *,
    uid: UUID,
    round: Round,
    authority: Authority,
    whom: str,
    subject: str,
    body: str,
    actor: Actor,
    now: datetime,
) -> Circular:
    """Tell the people of every enterprise concerned, in the product and by mail. `uid` makes it one sending.

    A district writes to those that file with it, the office at the top to all. Raises Refused with `field`
    where the words are missing or name a phone number, or nobody is concerned; Conflict when it was sent.
    """
    serving(actor, authority.pk)
    if whom not in Whom.values:
        raise Refused(_("请选发给哪些企业。"), field="whom")
    subject = needed(subject, missing=_("请写标题。"), most=SUBJECT, field="subject")
    body = needed(body, missing=_("请写内容。"), most=BODY, field="body")
    if PERSONAL.search(subject):
        raise Refused(_("标题会显示在锁屏上，不要写电话、证件号或邮箱。请写在内容里。"), field="subject")
    enterprises = addressees(authority, round, whom)
    if not enterprises:
        raise Refused(_("没有这样的企业，没有发送。"), field="whom")
    try:
        with transaction.atomic():
            told = messages.send(
                to=members_of_all(enterprises),
                subject=subject,
                body=body,
                link="/enterprise/",
                about=f"circular:{uid}",
                dedupe_key=f"circular:{uid}",
                now=now,
                office=authority.pk,
            )
            made = Circular.objects.create(
                uid=uid,
                round=round,
                authority=authority,
                whom=whom,
                subject=subject,
                body=body,
                enterprises=len(enterprises),
                people=told,
                sent_by_id=actor.person,
                sent_at=now,
            )
            _record(made, actor, now)
    except IntegrityError as error:
        raise Conflict(_("这份通知已经发过了。")) from error
    return made


def _record(made: Circular, actor: Actor, now: datetime) -> None:
    said = canonical({"subject": made.subject, "body": made.body})
    record = {
        "circular": str(made.uid),
        "round": str(made.round.uid),
        "whom": made.whom,
        "said": hashlib.sha256(said.encode()).hexdigest(),
        "enterprises": made.enterprises,
        "people": made.people,
    }
    stream = f"authority:{made.authority.key}"
    audit.append(stream=stream, act="circular.sent", actor=actor, body=record, now=now)


def send_letter_again(*, pk: int, actor: Actor, now: datetime) -> None:
    """Put a letter of one's office that failed into the queue once more.

    Raises NotAllowed for other offices' letters, Conflict where it has not failed.
    """
    found, office = letter_of(actor, pk)
    with transaction.atomic():
        if not messages.send_again(letter=found, now=now):
            raise Conflict(_("这一封没有失败，或者同事刚刚已经重发。请刷新页面。"))
        stream = f"authority:{office.key}"
        audit.append(stream=stream, act="letter.again", actor=actor, body={"letter": found.pk}, now=now)
