"""What PostgreSQL's planner is told of offices and states together.

Taken apart, every third application at the city and two thirds handed in seem to be many handed in at the city:
it looks through all of a round for the few there are. Together they say that there are none.
"""

from typing import Any

from django.db import migrations

COLUMNS = "authority_id, holder_id, state"


def tell(apps: Any, editor: Any) -> None:
    """Statistics of the columns together; SQLite knows none."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE STATISTICS application_where (mcv) ON {COLUMNS} FROM applications_application"
        )


def untell(apps: Any, editor: Any) -> None:
    """As before."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP STATISTICS application_where")


class Migration(migrations.Migration):
    """Nothing of the tables changes."""

    dependencies = [("applications", "0010_awaited")]

    operations = [migrations.RunPython(tell, untell)]
