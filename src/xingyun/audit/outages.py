"""What may be away for a while and comes back without anybody mending the work that met it."""

import errno
import sqlite3
from collections.abc import Iterator
from enum import Enum

import psycopg

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Of SQLite's results those that are about the file and its locks, not about what was asked.
AWAY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


class Outage(Enum):
    """The database does not answer; or a disk is full."""

    DATABASE = "database"
    ROOM = "room"


def outage(error: BaseException | None) -> Outage | None:
    """Which outage this exception tells of, itself or by what it was raised from; None for any other."""
    found = {_met(one) for one in _chain(error)}
    return next((one for one in (Outage.ROOM, Outage.DATABASE) if one in found), None)


def _met(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return Outage.ROOM if error.errno in FULL else None
    if isinstance(error, sqlite3.OperationalError):
        # The lower byte is the result, the rest says more of it.
        code = error.sqlite_errorcode & 0xFF
        return Outage.ROOM if code == sqlite3.SQLITE_FULL else Outage.DATABASE if code in AWAY else None
    if isinstance(error, psycopg.errors.DiskFull):
        return Outage.ROOM
    return Outage.DATABASE if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
