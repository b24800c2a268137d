"""Who may word an office's papers and see to its numbers."""

from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority


def may_word(actor: Actor, authority: Authority) -> None:
    """Whoever prepares, reviews or signs for the office; to others its wording does not exist."""
    if not actor.serves(authority.pk):
        raise NotAllowed(_("没有找到，或者不归您所在的单位办理。"))
