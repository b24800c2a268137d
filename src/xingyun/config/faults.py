"""What an operator is told when a command meets a database that is away or older than the program."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

OLD = "数据库还没有升级到这个版本：请先运行 xingyun migrate。"


@contextmanager
def told(*, own: bool) -> Iterator[None]:
    """End the program with a sentence where that says all; any other fault keeps its trace.

    Commands of our `own` need every table; Django's, `migrate` first of all, do not.
    """
    try:
        yield
    except DatabaseError as error:
        sentence = explained(error, own=own)
        if not sentence:
            raise
        print(sentence, file=sys.stderr)
        sys.exit(1)


def explained(error: DatabaseError, *, own: bool) -> str:
    """The sentence for this fault, or nothing where only a trace helps."""
    connection.close()
    try:
        connection.ensure_connection()
        return OLD if own and pending() else ""
    except OperationalError:
        return f"数据库连不上：{error}"


def pending() -> bool:
    """Whether the database lacks a migration."""
    executor = MigrationExecutor(connection)
    found = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    return found
