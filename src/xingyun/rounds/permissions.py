"""Who opens rounds and sets windows."""

from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor, SystemActor
from xingyun.registry.models import Authority
from xingyun.rounds.models import Round


def may_lead(actor: Actor | SystemActor, authority: Authority) -> None:
    """Editions and rounds are the matter of the authority that leads the programme."""
    if isinstance(actor, Actor) and not actor.serves(authority.pk):
        raise NotAllowed(_("只有牵头单位可以发布规则、开启批次。"))


def may_set_window(actor: Actor | SystemActor, round: Round, authority: Authority | None) -> None:
    """An authority sets its own window; the leading one may set or extend any."""
    if not isinstance(actor, Actor) or actor.serves(round.authority_id):
        return
    if authority is None or not actor.serves(authority.pk):
        raise NotAllowed(_("只能设定本单位的受理时间。"))
