"""What hangs on an application, as this process last saw it: read again as soon as anything of it changed.

A person who fills in asks for the same files, claims and invoices with every field that is saved. They are
known by the application's `parts_rev`, which every act but typing counts up in its own transaction.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection
from django.utils.translation import get_language

from xingyun.applications.models import Application, Booklet, StampedScan, Submission
from xingyun.applications.queries.booklets import booklets_of, scans_of
from xingyun.applications.queries.one import latest_submission
from xingyun.applications.queries.parts import Rows, rows
from xingyun.evidence.queries import Ledger, ledger
from xingyun.rulebook import Rulebook

Known = TypeVar("Known")
# So many applications are being worked on at the same time in one process; each is some ten kilobytes.
MOST = 256


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows, the ledger as it counts on a day, all booklets and live scans, the last submission.

    They may be another request's, too: nobody changes them.
    """

    rows: Rows
    ledger: Ledger
    booklets: Sequence[Booklet]
    scans: Sequence[StampedScan]
    submission: Submission | None


class Kept(Generic[Known]):
    """What was asked for last. What is read inside a transaction may be undone: that is never kept."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Known] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, load: Callable[[], Known]) -> Known:
        """What is known by this key, loaded where nothing is."""
        if undoable():
            return load()
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = load()
        with self._lock:
            self._known[key] = found
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found


PARTS: Kept[Parts] = Kept()


def parts(application: Application, rulebook: Rulebook, day: date) -> Parts:
    """Everything that hangs on the application (eleven queries, or none; one more for an odd ledger)."""

    def load() -> Parts:
        return Parts(
            rows(application, rulebook),
            ledger(application.dossier, rulebook, day),
            booklets_of(application),
            scans_of(application),
            latest_submission(application),
        )

    return PARTS.get(known_by(application, rulebook, day), load)


def known_by(application: Application, rulebook: Rulebook, day: date) -> tuple[Hashable, ...]:
    """By what its parts are known: they are others as soon as one of these is."""
    # The ledger says in words why something does not count.
    return application.uid, application.parts_rev, rulebook.digest, day, get_language()


def undoable() -> bool:
    """Whether what is read now may never come to be."""
    return connection.in_atomic_block
