"""Definitions of exports: an office's columns, filters and kind of file under a name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xingyun.audit.errors import Conflict, Refused
from xingyun.lists.actions.viewing import named
from xingyun.lists.models import Definition
from xingyun.lists.permissions import may_change_definition, may_share
from xingyun.lists.queries import Choice
from xingyun.lists.states import Form
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round

MOST = 30


def save_definition(
    *,
    office: Authority,
    round: Round,
    name: str,
    columns: Sequence[str],
    choice: Choice,
    form: Form,
    actor: Actor,
    now: datetime,
) -> Definition:
    """Keep how this office exports a list. Raises Refused (field "keep") for a name that can't be taken."""
    may_share(actor, office)
    made = Definition(
        office=office,
        programme_id=round.programme_id,
        name=named(name, field="keep"),
        columns=list(columns),
        query=choice.query,
        form=form,
        made_by_id=actor.person,
        made_at=now,
    )
    if Definition.objects.filter(office=office, programme_id=round.programme_id).count() >= MOST:
        raise Refused(_("本单位已有 %s 个导出方案。请先删去不用的。") % MOST, field="keep")
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        said = _("已有叫“%s”的导出方案，请换一个名称。") % made.name
        raise Refused(said, field="keep") from error
    return made


def delete_definition(*, definition: Definition, actor: Actor) -> None:
    """Delete it; what was exported by it stays. Raises Conflict where somebody was faster."""
    may_change_definition(actor, definition)
    gone, _by_model = Definition.objects.filter(pk=definition.pk).delete()
    if not gone:
        raise Conflict(_("这个导出方案刚被别人删除了。"))
