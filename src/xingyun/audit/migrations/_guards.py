"""Triggers that forbid changing or removing what was recorded, for each engine.

They stop accidents and hasty hands; whoever may drop a trigger is found by the chain and the checkpoints.
PostgreSQL's TRUNCATE fires no row trigger: tests empty their tables with it. On SQLite, which has no
TRUNCATE, the tests' own flush takes the guards away and puts them back in one transaction.
"""

TABLES = ("audit_entry", "audit_checkpoint")
DEEDS = ("UPDATE", "DELETE")
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def names():
    return [(f"{table}_no_{deed.lower()}", table, deed) for table in TABLES for deed in DEEDS]


def install(vendor):
    """The statements that set the guards."""
    if vendor == "postgresql":
        made = [
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_forbid()"
            for name, table, deed in names()
        ]
        return [FUNCTION, *made]
    return [
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for name, table, deed in names()
    ]


def remove(vendor):
    """The statements that take them away."""
    if vendor == "postgresql":
        dropped = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table, _ in names()]
        return [*dropped, "DROP FUNCTION IF EXISTS audit_forbid()"]
    return [f"DROP TRIGGER IF EXISTS {name}" for name, _table, _deed in names()]
