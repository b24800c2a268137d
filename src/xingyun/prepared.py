"""Queries whose SQL is worked out once a process.

Turning a queryset into SQL costs Django about ten times what the database needs to answer it; the pages that
people wait for all day ask a dozen. A prepared query is built from an ordinary queryset, with a `Parameter`
wherever a value stands, and gives ordinary rows: related ones, deferred columns, converters and all.
"""

from collections.abc import Callable, Iterable, Mapping
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
        if not hasattr(self._kept, "plan"):
            self._kept.plan = _Plan(self._build())
        plan: _Plan[Row] = self._kept.plan
        return plan.rows(values)

    def first(self, **values: Any) -> Row | None:
        """The first row, if there is one; `build` says by which order and should ask for one only."""
        return next(iter(self(**values)), None)


class _Plan(Generic[Row]):
    """A query as it is kept: what makes its rows is Django's own, its compiler knows the SQL already."""

    def __init__(self, queryset: Any) -> None:
        if queryset._prefetch_related_lookups:  # they would come after the rows
            raise TypeError("a prepared query can't prefetch")
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, slots = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self._slots, self._filled = tuple(slots), tuple[Any, ...]()
        compiler.as_sql = lambda *_args, **_named: (sql, self._filled)
        compiler.get_converters = lambda *_args, **_named: converters
        queryset.query.get_compiler = lambda *_args, **_named: compiler
        self._rows: Iterable[Row] = queryset._iterable_class(queryset)

    def rows(self, values: Mapping[str, Any]) -> list[Row]:
        """All of them at once: the next call fills the same slots."""
        self._filled = tuple(
            slot.filled(values) if isinstance(slot, Parameter) else slot for slot in self._slots
        )
        return list(self._rows)
