"""The only writers of applications."""

from xingyun.applications.actions.creating import create
from xingyun.applications.actions.drafting import (
    FieldConflict,
    Saved,
    Section,
    save_answer,
    save_section,
)

__all__ = ["FieldConflict", "Saved", "Section", "create", "save_answer", "save_section"]
