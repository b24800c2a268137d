"""What the frame of every page says of the programmes that run: award, host, telephone, edition."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xingyun.rounds.models import Round
from xingyun.rounds.queries import current_rounds, rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.calendar import last_moment
from xingyun.rulebook.text import EMPTY, Text

FRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Texts around a page; empty before the first round. `dues`: when reports are due.

    The frame of several programmes says what they have in common, and holds each one's own by its key.
    `digest` and `refs` are its edition's and the clauses that stand there.
    """

    line: Text = EMPTY
    host: Text = EMPTY
    phone: str = ""
    edition: Text = EMPTY
    dues: tuple[datetime, ...] = ()
    digest: str = ""
    refs: frozenset[str] = frozenset()
    programmes: Mapping[str, "Frame"] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether there is more than one programme."""
        return len(self.programmes) > 1

    def of(self, programme: str) -> "Frame":
        """The frame of a programme, the common one where that has none of its own."""
        return self.programmes.get(programme, self)


class Kept:
    """The frame as this process last saw it, asked again after half a minute."""

    def __init__(self) -> None:
        self.fresh_for = FRESH_SECONDS
        self.forget()

    def forget(self) -> None:
        """Ask the database at the next page."""
        self._value = Frame()
        self._read_at = float("-inf")

    def hold(self, value: Frame) -> None:
        """Take this frame as read just now."""
        self._value = value
        self._read_at = time.monotonic()

    def get(self) -> Frame:
        """The frame, at most `fresh_for` seconds old."""
        if time.monotonic() - self._read_at >= self.fresh_for:
            self.hold(read())
        return self._value


def read() -> Frame:
    """The frame of the programmes that run now."""
    found = {round_.programme.key: frame_of(round_) for round_ in current_rounds()}
    if len(found) == 1:
        return next(iter(found.values()))
    hosts, phones = ({getattr(f, name) for f in found.values()} for name in ("host", "phone"))
    return Frame(
        host=hosts.pop() if len(hosts) == 1 else EMPTY,
        phone=phones.pop() if len(phones) == 1 else "",
        dues=tuple(sorted(due for f in found.values() for due in f.dues)),
        programmes=found,
    )


def frame_of(round_: Round) -> Frame:
    """The frame of one programme."""
    book = rulebook_of(round_.edition)
    about = book.programme
    return Frame(
        line=Text(f"{about.area}{about.award}申报评定", f"{about.area_en} · {about.award_en}"),
        host=Text(f"主办：{about.issuer}", f"Host: {about.issuer_en}"),
        phone=round_.edition.contacts.get("help", {}).get("platform_phone", ""),
        edition=Text(
            f"规则书 {book.key} 第 {round_.edition.number} 版",
            f"rulebook {book.key}, edition {round_.edition.number}",
        ),
        dues=tuple(sorted(due_of(book, rule.deadline) for rule in book.reports)),
        digest=book.digest,
        refs=frozenset(clause.ref for clause in book.clauses),
    )


def due_of(book: Rulebook, key: str) -> datetime:
    """The moment before which a deadline asks for something."""
    deadline = book.deadline(key)
    return last_moment(deadline.on, book.programme.timezone, inclusive=deadline.inclusive)


FRAME = Kept()
