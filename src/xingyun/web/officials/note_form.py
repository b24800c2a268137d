"""The form of a note on the desk: what it begins with, and at which place of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from xingyun.evidence.models import Finding
from xingyun.reviews.models import Note
from xingyun.web.findings import repair, words
from xingyun.web.officials.panes import Look, Pane, shown
from xingyun.web.officials.reading import Item

MIDDLE = (500, 500)
NAMED = ("material", "domain", "ledger")


@dataclass(frozen=True, slots=True)
class Begun:
    """The form of a note: what stands in it; `left` and `top` in per cent of the page as it is shown."""

    text: str
    place: str
    clause: str
    left: str
    top: str


def begun(
    look: Look, pane: Pane | None, item: Item, notes: Sequence[Note], typed: QueryDict | None = None
) -> Begun:
    """What was typed, else what the finding that is looked at says, else an empty note in the middle.

    What a note says already is not begun once more.
    """
    if typed is not None:
        return Begun(**{name: typed.get(name, "") for name in ("text", "place", "clause", "left", "top")})
    finding = _looked_at(look, pane)
    box = finding.box if finding and len(finding.box) == 4 else []
    x, y = shown(box[2], box[3], look.turn) if box and pane else MIDDLE
    # The notice goes to the applicant, who is never told what it has in common with others.
    said = f"{words(finding)}{repair(finding)}" if finding and not finding.across else ""
    if any(note.text == said for note in notes):
        said = ""
    place = item.key if item.place[0] in NAMED else ""
    return Begun(said, place, finding.clause if finding else "", str(x // 10), str(y // 10))


def _looked_at(look: Look, pane: Pane | None) -> Finding | None:
    marks = pane.marks if pane else ()
    return next((mark.finding for mark in marks if mark.finding.pk == look.finding), None)
