"""The only writers of rounds."""

from xingyun.rounds.actions.editions import release_edition
from xingyun.rounds.actions.extending import extend_reporting
from xingyun.rounds.actions.opening import close_round, open_round, plan_round
from xingyun.rounds.actions.places import ensure_lines, free_place, settle_places, take_place
from xingyun.rounds.actions.windows import move_fixed_windows, set_window

__all__ = [
    "close_round",
    "ensure_lines",
    "extend_reporting",
    "free_place",
    "move_fixed_windows",
    "open_round",
    "plan_round",
    "release_edition",
    "set_window",
    "settle_places",
    "take_place",
]
