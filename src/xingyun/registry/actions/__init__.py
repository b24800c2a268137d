"""The only writers of the registry."""

from xingyun.registry.actions.authorities import add_seat, sync_authorities
from xingyun.registry.actions.enterprises import activate, refuse_activation, register_enterprise
from xingyun.registry.actions.roster import import_roster, release_snapshot
from xingyun.registry.actions.titles import grant_title, revoke_title, sanction

__all__ = [
    "activate",
    "add_seat",
    "grant_title",
    "import_roster",
    "refuse_activation",
    "register_enterprise",
    "release_snapshot",
    "revoke_title",
    "sanction",
    "sync_authorities",
]
