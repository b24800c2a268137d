"""What an office may word for itself: kinds of papers, their passages, the places that stand in them."""

from xingyun.papers.states.kinds import Kind, Passage, Place, Shape
from xingyun.papers.states.public import ANNOUNCEMENT, PUBLIC_NOTICE
from xingyun.papers.states.to_one import REFUSAL, RETURN_NOTICE
from xingyun.papers.states.upward import DECISION, RECOMMENDATION, REPORT

# In the order in which an office meets them.
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        RETURN_NOTICE,
        REFUSAL,
        DECISION,
        RECOMMENDATION,
        REPORT,
        PUBLIC_NOTICE,
        ANNOUNCEMENT,
    )
}

__all__ = ["KINDS", "Kind", "Passage", "Place", "Shape"]
