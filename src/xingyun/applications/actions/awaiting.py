"""Files that have arrived and wait for the virus scan; then they are taken in, or it is said why not."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions.evidence import attach
from xingyun.applications.actions.scans import bring_scan
from xingyun.applications.models import Application, Awaited
from xingyun.audit.errors import Refused
from xingyun.files.models import File
from xingyun.files.states import UNSEEN, Scan
from xingyun.jobs import actions as jobs
from xingyun.messages import actions as messages
from xingyun.registry.actors import Actor
from xingyun.registry.queries import actor_for

KIND = "applications.receive"


def await_scan(
    *, application: Application, file: File, name: str, material: str, actor: Actor, now: datetime
) -> Awaited:
    """Keep in mind what a file was sent for: a material's slot or, where that is empty, the stamped scan.

    It is taken in by itself once the scanner has seen it, whether anybody still looks at the page or not. The
    same content for the same purpose waits once. Raises Refused, NotAllowed, Conflict like the act itself.
    """
    permissions.may_edit(actor, application, f"material:{material}" if material else "booklet")
    with transaction.atomic():
        columns = {"name": name[-160:], "added_by_id": actor.person, "added_at": now, "refusal": ""}
        made, _new = Awaited.objects.update_or_create(
            application=application, file=file, material=material, defaults=columns
        )
        _have_received(made, now)
    return made


def receive(*, awaited: Awaited, now: datetime) -> None:
    """Take a file in whose scan is over; what is refused stays visible with the reason, and is told."""
    if awaited.refusal or awaited.file.scan_state in UNSEEN:
        return
    user = get_user_model().objects.get(pk=awaited.added_by_id)
    try:
        _take_in(awaited, actor_for(user), now)
    except Refused as refused:
        _refuse(awaited, refused.message, now)
    else:
        Awaited.objects.filter(pk=awaited.pk).delete()


def receive_all(*, now: datetime) -> int:
    """Ask for all whose scan is over; returns how many."""
    over = Awaited.objects.filter(refusal="").exclude(file__scan_state__in=UNSEEN)
    ready = list(over.order_by("id")[:100])
    for one in ready:
        _have_received(one, now)
    return len(ready)


def drop_awaited(*, awaited: Awaited, actor: Actor) -> None:
    """Its applicant does not want it any more, or has read why it was refused."""
    permissions.may_act_for(actor, awaited.application)
    Awaited.objects.filter(pk=awaited.pk).delete()


def infected(threat: str) -> str:
    """That a file was not taken in, and what to do."""
    said = _("在文件里发现病毒（%s），没有收下。请先给电脑杀毒，再从原始来源重新取得这份文件上传。")
    return said % threat


def _have_received(awaited: Awaited, now: datetime) -> None:
    jobs.enqueue(
        kind=KIND, key=str(awaited.pk), payload={"awaited": awaited.pk}, owner=awaited.added_by_id, now=now
    )


def _take_in(awaited: Awaited, actor: Actor, now: datetime) -> None:
    application, file = awaited.application, awaited.file
    if awaited.file.scan_state == Scan.INFECTED:
        raise Refused(infected(awaited.file.threat))
    if awaited.material:
        name, material = awaited.name, awaited.material
        attach(application=application, file=file, name=name, material=material, actor=actor, now=now)
    else:
        bring_scan(application=application, file=file, name=awaited.name, actor=actor, now=now)


def _refuse(awaited: Awaited, reason: str, now: datetime) -> None:
    page = "evidence" if awaited.material else "booklet"
    with transaction.atomic():
        if not Awaited.objects.filter(pk=awaited.pk, refusal="").update(refusal=reason[:500]):
            return
        messages.send(
            to=[awaited.added_by_id],
            subject=_("有一个文件没有收下"),
            body=_("%(name)s：%(reason)s") % {"name": awaited.name, "reason": reason},
            dedupe_key=f"awaited:{awaited.pk}",
            link=f"/enterprise/applications/{awaited.application.uid}/{page}/",
            about=awaited.application.stream,
            now=now,
        )
