"""The released count of a roster, the base of the year's places."""

import io
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit import actions as audit
from xingyun.audit.errors import Refused
from xingyun.files import actions as files
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, RosterEntry, Snapshot
from xingyun.registry.permissions import may_release_snapshot
from xingyun.registry.states import RosterState


def release_snapshot(
    *,
    authority: Authority,
    year: int,
    counted_on: date,
    actor: Actor,
    now: datetime,
    count: int | None = None,
    source: str = "",
) -> Snapshot:
    """Freeze the number of cloud-adopting enterprises from which the year's places follow (三、2).

    Where no list exists, `count` is the figure and `source` the document it stands in. The listed codes
    are kept as a file whose digest is the snapshot's.
    """
    may_release_snapshot(actor, authority)
    if count is not None and not source.strip():
        raise Refused(_("没有名录、直接填数的，请写明数字出自哪份文件。"), field="source")
    listed = _counted_codes(authority, counted_on)
    if count is None and not listed:
        raise Refused(_("统计日的名录是空的。请先导入，或者填家数并写明出处。"), field="count")
    content = "\n".join(listed).encode()
    if listed:
        files.store(source=io.BytesIO(content), now=now, kind="text/plain")
    number = len(listed) if count is None else count
    digest = sha256(content).hexdigest()
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                authority=authority,
                year=year,
                counted_on=counted_on,
                count=number,
                digest=digest,
                source=source.strip(),
                released_by_id=actor.person,
                released_at=now,
            )
            body = {"year": year, "count": number, "digest": digest, "on": counted_on.isoformat()}
            audit.append(
                stream=f"authority:{authority.key}", act="snapshot.released", actor=actor, body=body, now=now
            )
    except IntegrityError as error:
        raise Refused(_("%(year)s 年的基数已经发布，不能再改。") % {"year": year}) from error
    return snapshot


def _counted_codes(authority: Authority, on: date) -> list[str]:
    counted = RosterEntry.objects.filter(
        authority=authority, delisted_on=None, state=RosterState.COUNTED, listed_on__lte=on
    )
    return list(counted.order_by("uscc").values_list("uscc", flat=True))
