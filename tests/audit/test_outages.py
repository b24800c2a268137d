"""Which exceptions tell of something that comes back by itself."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import OperationalError

from xingyun.audit.outages import Outage, outage


def sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "met"),
    [
        (OSError(errno.ENOSPC, "full"), Outage.ROOM),
        (OSError(errno.EDQUOT, "quota"), Outage.ROOM),
        (OSError(errno.EACCES, "forbidden"), None),
        (psycopg.errors.DiskFull("full"), Outage.ROOM),
        (psycopg.OperationalError("connection refused"), Outage.DATABASE),
        (psycopg.errors.TooManyConnections("sorry, too many clients already"), Outage.DATABASE),
        (psycopg.InterfaceError("the connection is closed"), Outage.DATABASE),
        (psycopg.errors.UniqueViolation("twice"), None),
        (sqlite(sqlite3.SQLITE_FULL), Outage.ROOM),
        (sqlite(sqlite3.SQLITE_BUSY), Outage.DATABASE),
        (sqlite(sqlite3.SQLITE_IOERR_WRITE), Outage.DATABASE),
        (sqlite(sqlite3.SQLITE_ERROR), None),
        (RuntimeError("a fault"), None),
        (None, None),
    ],
)
def test_what_an_exception_tells_of(error: BaseException | None, met: Outage | None) -> None:
    assert outage(error) is met


def test_what_it_was_raised_from_counts() -> None:
    outer = OperationalError("as Django raises it")
    outer.__cause__ = psycopg.OperationalError("server closed the connection")
    assert outage(outer) is Outage.DATABASE
    outer.__cause__.__context__ = OSError(errno.ENOSPC, "full")
    assert outage(outer) is Outage.ROOM


def test_a_circle_of_causes_has_an_end() -> None:
    one, other = RuntimeError("one"), RuntimeError("other")
    one.__context__, other.__context__ = other, one
    assert outage(one) is None
