"""Which kind of change a difference is."""

from xingyun.rulebook.diff.change import ChangeKind
from xingyun.rulebook.diff.compare import Difference

OF_TABLE: dict[str, ChangeKind] = {
    "programme": "title_page",
    "clauses": "citations",
    "interpretations": "citations",
    "documents": "citations",
    "tiers": "offices",
    "authorities": "offices",
    "deployments": "levels",
    "levels": "levels",
    "quotas": "quota",
    "ranking": "quota",
    "lists": "conditions",
    "conditions": "conditions",
    "fast_tracks": "conditions",
    "points": "points",
    "materials": "materials",
    "declaration": "materials",
    "form": "form",
    "checklist": "checklist",
    "deadlines": "dates",
    "windows": "dates",
    "stages": "procedure",
    "procedures": "procedure",
    "reports": "procedure",
    "filings": "procedure",
    "samples": "procedure",
    "panels": "procedure",
    "outcomes": "procedure",
    "notice": "notice",
    "sanctions": "aftercare",
    "titles": "aftercare",
    "subsidies": "aftercare",
    "questions": "self_check",
}

CITED = ("clauses", "interpretations", "documents")
SHOWN_ONLY = ("placeholder", "autocomplete", "anchor", "tile")


def kind_of(one: Difference) -> ChangeKind:
    """By the table; but a change of mere words is wording, and one of what is cited is citations."""
    last = one.way[-1].column
    table = OF_TABLE.get(one.way[0].column.toml, "procedure")
    if one.what != "changed" or table == "title_page":
        return table
    if last.to in CITED:
        return "citations"
    return "wording" if last.paired or last.toml in SHOWN_ONLY else table
