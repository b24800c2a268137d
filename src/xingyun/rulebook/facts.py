"""What the engine is told about an applicant. Everything has a default, so a caller fills in what it knows.

Sums are whole fen. Days are days of the rulebook's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from xingyun.rulebook.form.values import Value

# none: it speaks for itself · bare: explained without proof · proved: proof is there · ruled: an office ruled
Oddity = Literal["none", "bare", "proved", "ruled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated sum: an invoice, a payment or a contract. `counts` is False where an officer has ruled it out.

    `fen` is with tax, `net_fen` without where it is known. `oddity` is how far it is explained that it was
    bought by the group, under a former name and the like. `key` tells the caller's row.
    """

    on: date
    fen: int
    net_fen: int | None = None
    counts: bool = True
    oddity: Oddity = "none"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Event):
    """A contract. `statement`: sealed by both sides for this contract; `confirmed`: by its provider, online.

    It runs from `starts` to `ends`, both days included; without `ends` it runs on, without `starts` nobody
    knows since when it runs.
    """

    says_cloud: bool = True
    statement: bool = False
    confirmed: bool = False
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class MaterialState:
    """What has been uploaded to a slot, or that the applicant says there is none."""

    files: int = 0
    none: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The sealed scan of the printed book."""

    state: Literal["absent", "incomplete", "outdated", "complete"]
    missing_pages: tuple[int, ...] = ()
    missing_seals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesUsed:
    """A quota in use: the base of its roster and the places taken this year."""

    base: int
    used: int = 0


@dataclass(frozen=True, slots=True)
class LookUp:
    """What an officer found in a list kept elsewhere, on which day (None: not told).

    `dates` are the days of the entries, where recorded.
    """

    found: Literal["clear", "listed"]
    dates: tuple[date, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTitle:
    """A title of another programme, by the keys under which it is recorded.

    It holds from `valid_from` to `valid_to`, both days included; None leaves that end open.
    """

    programme: str
    level: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One application as it stands.

    `raw` is as typed and `answers` as parsed, by field key; an answer missing from `answers` is parsed here.
    `level` and `deployments` are taken from the answers where not given. `titles` are levels held
    from earlier rounds; `decided` is what this round has already said of levels (True granted, False denied).
    `outside` are the officers' look-ups by condition key, `members` the keys of the rulebook's lists that
    the applicant is on, `unseen` those that nobody has looked into yet; `materials` by slot key; `claims`
    by domain key, True where evidence is attached.
    `other_titles` are titles of other programmes, `related_titles` those of related enterprises, `fundings`
    the days of funding received: None where nobody knows, empty where there are none.
    `places` are quotas by key. `day` is the day of submission, or today; `announced` the day on which the
    results are announced, None while nobody asks for that.
    """

    raw: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)
    authority: str | None = None
    level: str | None = None
    deployments: frozenset[str] | None = None
    invoices: tuple[Event, ...] = ()
    payments: tuple[Event, ...] = ()
    contracts: tuple[Contract, ...] = ()
    titles: tuple[str, ...] = ()
    decided: Mapping[str, bool] = field(default_factory=dict)
    outside: Mapping[str, LookUp] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    other_titles: tuple[HeldTitle, ...] | None = None
    related_titles: tuple[HeldTitle, ...] | None = None
    fundings: tuple[date, ...] | None = None
    materials: Mapping[str, MaterialState] = field(default_factory=dict)
    claims: Mapping[str, bool] = field(default_factory=dict)
    scan: Scan | None = None
    places: Mapping[str, PlacesUsed] = field(default_factory=dict)
    day: date | None = None
    announced: date | None = None
