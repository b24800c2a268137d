"""What the frame of every page says of the round that runs: award, host, telephone, edition."""

import time
from dataclasses import dataclass
from datetime import datetime

from xingyun.rounds.queries import current_round, rulebook_of
from xingyun.rulebook import Rulebook
from xingyun.rulebook.calendar import last_moment
from xingyun.rulebook.text import EMPTY, Text

FRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Texts around every page; empty before the first round. `report_due`: when the first reports are due."""

    line: Text = EMPTY
    host: Text = EMPTY
    phone: str = ""
    edition: Text = EMPTY
    report_due: datetime | None = None


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
    """The frame of the round that runs now."""
    round_ = current_round()
    if round_ is None:
        return Frame()
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
        report_due=min((due_of(book, rule.deadline) for rule in book.reports), default=None),
    )


def due_of(book: Rulebook, key: str) -> datetime:
    """The moment before which a deadline asks for something."""
    deadline = book.deadline(key)
    return last_moment(deadline.on, book.programme.timezone, inclusive=deadline.inclusive)


FRAME = Kept()
