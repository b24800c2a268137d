"""The rulebook: a notice as data, and the engine that applies it. Pure: no framework, no clock."""

from xingyun.rulebook.book import Act, Rulebook
from xingyun.rulebook.engine import evaluate
from xingyun.rulebook.engine.self_check import LevelCheck, self_check
from xingyun.rulebook.errors import RulebookError, RulebookErrors
from xingyun.rulebook.facts import Contract, Event, Facts, HeldTitle, LookUp, MaterialState, PlacesUsed, Scan
from xingyun.rulebook.findings import Finding, Score, Verdict
from xingyun.rulebook.load import load_folder, load_source
from xingyun.rulebook.text import Text

__all__ = [
    "Act",
    "Contract",
    "Event",
    "Facts",
    "Finding",
    "HeldTitle",
    "LevelCheck",
    "LookUp",
    "MaterialState",
    "PlacesUsed",
    "Rulebook",
    "RulebookError",
    "RulebookErrors",
    "Scan",
    "Score",
    "Text",
    "Verdict",
    "evaluate",
    "load_folder",
    "load_source",
    "self_check",
]
