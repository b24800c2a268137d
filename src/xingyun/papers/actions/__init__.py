"""The only writers of papers."""

from xingyun.papers.actions.issuing import (
    Sheet,
    issue,
    keep,
    keep_word,
    record,
    template_digest,
    typeset,
)
from xingyun.papers.actions.verifying import ask_verification, state_verification

__all__ = [
    "Sheet",
    "ask_verification",
    "issue",
    "keep",
    "keep_word",
    "record",
    "state_verification",
    "template_digest",
    "typeset",
]
