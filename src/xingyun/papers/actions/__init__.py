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
from xingyun.papers.actions.numbering import in_turn, number_elsewhere, number_here, take_numbers
from xingyun.papers.actions.verifying import ask_verification, state_verification
from xingyun.papers.actions.wording import word, word_as_usual

__all__ = [
    "Sheet",
    "ask_verification",
    "in_turn",
    "issue",
    "keep",
    "keep_word",
    "number_elsewhere",
    "number_here",
    "record",
    "state_verification",
    "take_numbers",
    "template_digest",
    "typeset",
    "word",
    "word_as_usual",
]
