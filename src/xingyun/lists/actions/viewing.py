"""Views of the queue: kept under a name, renamed, deleted; never by two people without either knowing."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.lists.models import View
from xingyun.lists.permissions import may_change_view, may_keep_views, may_share
from xingyun.lists.queries import Choice
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round

LONGEST = 30
MOST = 30


def save_view(
    *, round: Round, choice: Choice, name: str, office: Authority | None, actor: Actor, now: datetime
) -> View:
    """Keep these filters under a name, for oneself or for everybody in `office`, for the round's programme.

    Raises Refused with `field` "name" where the name is missing, too long or taken, and beyond 30 views.
    """
    may_keep_views(actor)
    if office is not None:
        may_share(actor, office)
    view = View(
        programme_id=round.programme_id,
        owner_id=actor.person,
        office=office,
        name=named(name),
        query=choice.query,
        made_at=now,
    )
    whose = Q(office=office) if office else Q(owner_id=actor.person, office=None)
    if View.objects.filter(whose, programme_id=round.programme_id).count() >= MOST:
        raise Refused(_("已有 %s 个视图。请先删去不用的。") % MOST, field="name")
    try:
        with transaction.atomic():
            view.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(view.name) from error
    return view


def rename_view(*, view: View, name: str, seen: int, actor: Actor) -> None:
    """Give it another name; `seen` is the `rev` that the page showed.

    Raises Conflict where somebody renamed or deleted it meanwhile.
    """
    may_change_view(actor, view)
    same = View.objects.filter(pk=view.pk, rev=seen)
    try:
        with transaction.atomic():
            changed = same.update(name=named(name), rev=F("rev") + 1)
    except IntegrityError as error:
        raise _taken(name.strip()) from error
    if not changed:
        raise _overtaken()


def delete_view(*, view: View, seen: int, actor: Actor) -> None:
    """Delete it. Raises Conflict where somebody renamed or deleted it meanwhile."""
    may_change_view(actor, view)
    gone, _by_model = View.objects.filter(pk=view.pk, rev=seen).delete()
    if not gone:
        raise _overtaken()


def named(name: str, *, field: str = "name") -> str:
    """A name that was typed. Raises Refused (with this `field`) where there is none, or too much of it."""
    said = " ".join(name.split())
    if not said:
        raise Refused(_("请写一个名称。"), field=field)
    if len(said) > LONGEST:
        raise Refused(_("名称最多 %s 个字。") % LONGEST, field=field)
    return said


def _taken(name: str) -> Refused:
    return Refused(_("已有叫“%s”的视图，请换一个名称。") % name, field="name")


def _overtaken() -> Conflict:
    return Conflict(_("这个视图刚被别人改名或删除，没有再改动。请刷新页面查看。"))
