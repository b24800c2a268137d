"""The only writers of this room."""

from xingyun.lists.actions.asking import ask_export, retry_export
from xingyun.lists.actions.defining import delete_definition, save_definition
from xingyun.lists.actions.making import make_export, purge_exports, take_export
from xingyun.lists.actions.viewing import delete_view, rename_view, save_view
from xingyun.lists.actions.writing_letters import ask_letter

__all__ = [
    "ask_export",
    "ask_letter",
    "delete_definition",
    "delete_view",
    "make_export",
    "purge_exports",
    "rename_view",
    "retry_export",
    "save_definition",
    "save_view",
    "take_export",
]
