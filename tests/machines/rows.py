"""All that an act could have written, so that one that was refused can be seen to have written nothing."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

ROOMS = (
    "applications", "audit", "evidence", "jobs", "messages",
    "papers", "registry", "results", "reviews", "rounds",
)  # fmt: skip
# The rulebook's text and what is derived for searching: long, and no act of these plays touches them.
LEFT_OUT = {"rounds.Edition", "registry.SearchText"}

# Table → primary key → the row's columns. Files are named by nothing before an act is done: no rows of acts.
Rows = Mapping[str, Mapping[object, tuple[object, ...]]]


def watched(rooms: Iterable[str]) -> list[type[Model]]:
    """The tables of these rooms."""
    return [
        model
        for room in rooms
        for model in apps.get_app_config(room).get_models()
        if model._meta.label not in LEFT_OUT
    ]


def rows(rooms: Iterable[str] = ROOMS) -> Rows:
    """Every row as it is now."""
    with connection.cursor() as cursor:
        return {model._meta.label: _rows(cursor, model) for model in watched(rooms)}


def changed(before: Rows, after: Rows) -> list[str]:
    """What differs, in words for whoever reads a failed play."""
    said = []
    for table, then in before.items():
        now = after[table]
        said += [f"{table} {pk} is new: {now[pk]}" for pk in now if pk not in then]
        said += [f"{table} {pk} is gone" for pk in then if pk not in now]
        both = [(pk, row, now[pk]) for pk, row in then.items() if pk in now]
        said += [f"{table} {pk}: {was} → {row}" for pk, was, row in both if was != row]
    return said


def _rows(cursor: CursorWrapper, model: type[Model]) -> dict[object, tuple[object, ...]]:
    # Asked in plain words: a queryset for each of eighty tables after every act would be most of a play. In
    # the order of the key: the tests' PostgreSQL shuns whole tables, and would compile what it can't avoid.
    key = model._meta.pk.column
    cursor.execute(f'SELECT "{key}", * FROM "{model._meta.db_table}" ORDER BY 1')
    return {row[0]: row for row in cursor.fetchall()}
