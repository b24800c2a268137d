"""The rulebook: a notice as data, and the engine that applies it. Pure: no framework, no clock."""

from xingyun.rulebook.book import Act, Rulebook
from xingyun.rulebook.errors import RulebookError, RulebookErrors
from xingyun.rulebook.load import load_folder, load_source
from xingyun.rulebook.text import Text

__all__ = ["Act", "Rulebook", "RulebookError", "RulebookErrors", "Text", "load_folder", "load_source"]
