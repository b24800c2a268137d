"""The only writers of the registry."""

from xingyun.registry.actions.authorities import sync_authorities
from xingyun.registry.actions.deputising import end_deputy, name_deputy
from xingyun.registry.actions.enterprises import (
    activate,
    make_findable,
    mend_registration,
    move_enterprise,
    refuse_activation,
    register_enterprise,
)
from xingyun.registry.actions.members import DAYS as INVITATION_DAYS
from xingyun.registry.actions.members import (
    digest,
    give_member_password,
    give_role,
    invite,
    join,
    join_as_new,
    remove,
    withdraw_invitation,
)
from xingyun.registry.actions.passwords import choose_password, give_password, mail_address_check, mail_reset
from xingyun.registry.actions.roster import (
    carry_out_import,
    delist_entry,
    edit_entry,
    import_roster,
    release_snapshot,
    relist_entry,
    rule_claim,
    start_import,
    take_in,
)
from xingyun.registry.actions.seats import add_seat, dismiss, end_seat, seat_person
from xingyun.registry.actions.takeovers import (
    ANSWER_DAYS,
    answer_takeover,
    file_takeover,
    rule_takeover,
)
from xingyun.registry.actions.titles import (
    grant_title,
    known_provider,
    lift_sanction,
    revoke_title,
    sanction,
)

__all__ = [
    "ANSWER_DAYS",
    "INVITATION_DAYS",
    "activate",
    "add_seat",
    "answer_takeover",
    "carry_out_import",
    "choose_password",
    "delist_entry",
    "digest",
    "dismiss",
    "edit_entry",
    "end_deputy",
    "end_seat",
    "file_takeover",
    "give_member_password",
    "give_password",
    "give_role",
    "grant_title",
    "import_roster",
    "invite",
    "join",
    "join_as_new",
    "known_provider",
    "lift_sanction",
    "mail_address_check",
    "mail_reset",
    "make_findable",
    "mend_registration",
    "move_enterprise",
    "name_deputy",
    "refuse_activation",
    "register_enterprise",
    "release_snapshot",
    "relist_entry",
    "remove",
    "revoke_title",
    "rule_claim",
    "rule_takeover",
    "sanction",
    "seat_person",
    "start_import",
    "sync_authorities",
    "take_in",
    "withdraw_invitation",
]
