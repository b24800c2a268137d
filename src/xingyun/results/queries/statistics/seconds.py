"""A moment as whole seconds, so that the database can count by hour or day without a row leaving it."""

from typing import Any

from django.db.models import BigIntegerField, Func


class Seconds(Func):
    """Seconds since 1970 (UTC). SQLite does it by itself, without a call back for each row."""

    output_field = BigIntegerField()
    template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) AS bigint)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Doubled twice: once for the template, once for the parameters."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)",
            **context,
        )
