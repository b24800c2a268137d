"""Texts with named places: ｛企业名称｝ stands for a value. Names only, nothing is computed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xingyun.documents.shapes import Piece

# Typed with either kind of braces, kept with the wide ones that a Chinese keyboard gives.
WIDE = str.maketrans("{}", "｛｝")
PLACE = re.compile(r"｛([^｛｝\n]*)｝")
# 一、组织情况: a line that begins so and is no sentence is a heading; （一） is one below it.
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。；：]*")
SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；：]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of that name is not known; `near` is the known one that it resembles most, or "".

    An empty `name` is a brace that has no other one.
    """

    name: str
    near: str = ""


class UnfilledError(ValueError):
    """Places that have no value now; `names` says which, in the order of the text."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = tuple(names)


def normal(text: str) -> str:
    """The text as it is kept: wide braces, no blanks inside them or at ends of lines, no empty lines."""
    wide = PLACE.sub(lambda found: f"｛{found[1].strip()}｝", text.translate(WIDE))
    lines = (line.strip() for line in wide.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def places(text: str) -> tuple[str, ...]:
    """The names of all places in the order of the text, each once."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def faults(text: str, known: Collection[str]) -> list[Fault]:
    """What keeps the text from being filled: names that are not known, braces that are not closed."""
    found = [Fault(name, nearest(name, known)) for name in places(text) if name not in known]
    rest = PLACE.sub("", text)
    return [*found, Fault("")] if "｛" in rest or "｝" in rest else found


def nearest(name: str, known: Collection[str]) -> str:
    """The known name that resembles this one most, or "" when none does."""
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.4)), "")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled. Raises UnfilledError for those without a value."""
    missing = [name for name in places(text) if not values.get(name, "").strip()]
    if missing:
        raise UnfilledError(missing)
    return PLACE.sub(lambda found: values[found[1]], text)


def paragraphs(text: str) -> list[Piece]:
    """Each line as a paragraph of an official document, headings told by their numbers (GB/T 9704, 7.3.3)."""
    return [_piece(line) for line in text.split("\n") if line]


def _piece(line: str) -> Piece:
    if HEADING.fullmatch(line):
        return {"kind": "h1", "text": line}
    if SUBHEADING.fullmatch(line):
        return {"kind": "h2", "text": line}
    return {"text": line}
