"""Queries whose SQL is worked out once a process.

Turning a queryset into SQL costs Django about ten times what the database needs to answer it; the pages that
people wait for all day ask a dozen. A prepared query is built from an ordinary queryset, with a `Parameter`
wherever a value stands, and gives ordinary rows: related ones, deferred columns, converters and all.
"""

from collections.abc import Callable, Mapping
from copy import copy
from threading import local
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, QuerySet

Row = TypeVar("Row")


class Parameter(Expression):
    """The place of a value that is given with each call, of the kind that `field` keeps."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: object, connection: object) -> tuple[str, Any]:  # noqa: ARG002  # Django's
        """Itself among the values, until the real ones take their places."""
        return "%s", [self]

    def filled(self, values: Mapping[str, Any]) -> Any:
        """Its value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared(Generic[Row]):
    """A query to be called with its parameters: `of_user = Prepared(lambda: Seat.objects.filter(user=…))`.

    `build` is called at the first use, when the models are there. The rows come as a list.
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._build = build
        # A compiler belongs to a connection, and a connection to a thread.
        self._kept = local()

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values of the parameters, one for each name."""
        queryset, compiler, sql, slots, converters = self._compiled()
        used = copy(compiler)
        filled = tuple(slot.filled(values) if isinstance(slot, Parameter) else slot for slot in slots)
        used.as_sql = lambda *_args, **_named: (sql, filled)
        used.get_converters = lambda *_args, **_named: converters
        asked = queryset.all()
        asked.query.get_compiler = lambda *_args, **_named: used
        return list(asked)

    def first(self, **values: Any) -> Row | None:
        """The first row, if there is one; `build` says by which order and should ask for one only."""
        return next(iter(self(**values)), None)

    def _compiled(self) -> tuple[Any, Any, str, tuple[Any, ...], Any]:
        if not hasattr(self._kept, "plan"):
            queryset = self._build()
            compiler = queryset.query.get_compiler(connection=connection)
            sql, slots = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select])
            self._kept.plan = (queryset, compiler, sql, tuple(slots), converters)
        plan: tuple[Any, Any, str, tuple[Any, ...], Any] = self._kept.plan
        return plan
