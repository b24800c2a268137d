"""Worked cases of single rules: batches, terms, samples, panels, filings, documents."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xingyun.rulebook.cases.base import BaseCase, Strings
from xingyun.rulebook.schema.shared import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCase(BaseCase):
    """The batch ("none": it came too late) that an application of a day falls into."""

    kind: Literal["batch"]
    day: date
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionCase(BaseCase):
    """The last day on which a sanction shuts out, decided on a day ("open": no end is set)."""

    kind: Literal["sanction"]
    sanction: str
    decided_on: date
    until: date | Literal["open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCase(BaseCase):
    """Whether a cited document holds on a day."""

    kind: Literal["document"]
    document: str
    on: date
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCase(BaseCase):
    """How many of `of` are visited; with a `seed` and `numbers`, which ones, in the order drawn."""

    kind: Literal["sample"]
    sample: str
    of: int
    size: int
    seed: str = ""
    numbers: Strings = ()
    drawn: Strings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelCase(BaseCase):
    """The scores of a panel's experts and what they come to, exact; no `score`: nothing yet."""

    kind: Literal["panel"]
    panel: str
    scores: tuple[Number, ...]
    score: Number | None = None
    passes: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingCase(BaseCase):
    """The last day for filing what was announced on a day."""

    kind: Literal["filing"]
    filing: str
    announced_on: date
    due: date
