"""Which column of a table that was handed in holds which field: as chosen on the page."""

from collections.abc import Collection

from django.http import QueryDict


def chosen(post: QueryDict, fields: Collection[str], width: int) -> tuple[dict[str, int], str]:
    """The fields with the place of the column chosen for each, and a field that was chosen twice."""
    found: dict[str, int] = {}
    twice = ""
    for n in range(width):
        field = post.get(f"column-{n}", "")
        if field in fields:
            twice = field if field in found else twice
            found.setdefault(field, n)
    return found, twice
