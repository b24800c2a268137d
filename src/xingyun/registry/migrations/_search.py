"""What finds the pieces of a text, for each engine: an array's index, or a table of full texts beside the rows.

The table of full texts holds no text of its own; triggers keep it as the rows are. Whoever has the rows' table
made anew by a later migration on SQLite (any change of a column does) sets the triggers again after it.
"""

TABLE = """
CREATE VIRTUAL TABLE registry_search USING fts5(
  grams, content='registry_searchtext', content_rowid='enterprise_id', tokenize='ascii'
)
"""
LET_GO = (
    "INSERT INTO registry_search(registry_search, rowid, grams) "
    "VALUES ('delete', old.enterprise_id, old.grams);"
)
TAKE_IN = "INSERT INTO registry_search(rowid, grams) VALUES (new.enterprise_id, new.grams);"
DEEDS = {"insert": TAKE_IN, "delete": LET_GO, "update": f"{LET_GO} {TAKE_IN}"}


def install(vendor):
    """The statements that set it up."""
    if vendor == "postgresql":
        return ["CREATE INDEX registry_search ON registry_searchtext USING gin (string_to_array(grams, ' '))"]
    triggers = [
        f"CREATE TRIGGER registry_search_{deed} AFTER {deed.upper()} ON registry_searchtext BEGIN {what} END"
        for deed, what in DEEDS.items()
    ]
    return [TABLE, *triggers]


def remove(vendor):
    """The statements that take it away."""
    if vendor == "postgresql":
        return ["DROP INDEX IF EXISTS registry_search"]
    return [*(f"DROP TRIGGER IF EXISTS registry_search_{deed}" for deed in DEEDS), "DROP TABLE registry_search"]
