"""The bound book of an application: planned first, then assembled, then checked page by page."""

from xingyun.documents.booklet.assembly import Scan, assemble, extract
from xingyun.documents.booklet.binding import for_binding
from xingyun.documents.booklet.checking import WrongPagesError, verify
from xingyun.documents.booklet.leaves import Leaf
from xingyun.documents.booklet.parts import (
    Claim,
    Footer,
    Front,
    Item,
    Labels,
    Material,
    Parts,
    WrongPartsError,
)
from xingyun.documents.booklet.planning import BookletPlan, Bookmark, plan

__all__ = [
    "BookletPlan",
    "Bookmark",
    "Claim",
    "Footer",
    "Front",
    "Item",
    "Labels",
    "Leaf",
    "Material",
    "Parts",
    "Scan",
    "WrongPagesError",
    "WrongPartsError",
    "assemble",
    "extract",
    "for_binding",
    "plan",
    "verify",
]
