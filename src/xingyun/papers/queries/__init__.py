"""Reading issued papers, how they are worded, and the numbers that they bear."""

from xingyun.papers.queries.issued import (
    FILES,
    FORMATS,
    Verification,
    formatted,
    last_verification,
    paper,
    papers,
)

__all__ = [
    "FILES",
    "FORMATS",
    "Verification",
    "formatted",
    "last_verification",
    "paper",
    "papers",
]
