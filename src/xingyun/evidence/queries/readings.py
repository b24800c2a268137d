"""What was read from files, as it is shown and offered: each value with the sources that say it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from xingyun.evidence.models import Reading
from xingyun.evidence.queries.money import yuan
from xingyun.evidence.states import ReadingState
from xingyun.rulebook import Text

# Counted up when the readers, the hashes or what is kept of them change: everything is read again then.
# 2: values have boxes, and steps within the grain of a picture are no edges of its hashes.
VERSION = 2
Data = Mapping[str, Any]
Kind = Literal["invoice", "contract", "audit"]


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field and who says so: keys of sources with the page (0: none). Sums are fen.

    `boxes` are where it stands, by page: left, top, right, bottom in a thousandth.
    """

    value: Any
    sources: tuple[tuple[str, int], ...]
    boxes: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """An invoice, a contract or an audit report in a file: `n` is its place among those of its kind.

    `fields` has all that was said of each field, the most trusted first.
    """

    kind: Kind
    n: int
    pages: tuple[int, ...]
    fields: Mapping[str, tuple[Said, ...]]
    says_cloud: bool | None = None
    notes: tuple[Text, ...] = ()

    def value(self, name: str) -> Any:
        """What the most trusted source says, or None."""
        said = self.fields.get(name)
        return said[0].value if said else None

    def spot(self, *names: str) -> tuple[int | None, tuple[int, ...]]:
        """The page and the box of the first of these fields that has one; else the first page, without."""
        for name in names:
            for said in self.fields.get(name, ()):
                if said.boxes:
                    return said.boxes[0]
        return (self.pages[0] if self.pages else None), ()

    def text(self, name: str) -> str:
        """The same as text; empty where nothing was read."""
        found = self.value(name)
        return "" if found is None else str(found)

    @property
    def differing(self) -> list[str]:
        """The fields of which two sources say different things."""
        return [name for name, said in self.fields.items() if len(said) > 1]


def readings(files: Collection[int]) -> dict[int, Reading]:
    """The newest finished reading of each of these files (ids), else the one that waits (one query)."""
    found: dict[int, Reading] = {}
    for one in Reading.objects.filter(file__in=list(files)).order_by("version") if files else ():
        if one.state != ReadingState.WAITING or one.file_id not in found:
            found[one.file_id] = one
    return found


def is_read(file: int) -> bool:
    """Whether the present readers have read this file (id)."""
    present = Reading.objects.filter(file=file, version=VERSION)
    return present.exclude(state=ReadingState.WAITING).exists()


def pieces(data: Data) -> list[Piece]:
    """Everything in a file that can be entered into the ledger, archives gone through."""
    found = list(_walk(data))
    counted: dict[str, int] = {}
    out = []
    for kind, raw, notes in found:
        n = counted.get(kind, 0)
        counted[kind] = n + 1
        out.append(_piece(kind, n, raw, notes))
    return out


def has_anything(data: Data) -> bool:
    """Whether anything was recognised."""
    return next(_walk(data), None) is not None


def notes(data: Data) -> list[Text]:
    """What the readers say of the file as a whole."""
    own = [_note(one) for one in data.get("findings", ())]
    return own + [note for part in data.get("parts", ()) for note in notes(part)]


def written(name: str, value: Any) -> str:
    """A value as the form takes it."""
    return yuan(value) if name.endswith("_fen") and isinstance(value, int) else str(value)


def _walk(data: Data) -> Iterator[tuple[Kind, Data, Iterable[Data]]]:
    for raw in data.get("invoices", ()):
        yield "invoice", raw, raw.get("findings", ())
    if data.get("contract"):
        yield "contract", data["contract"], ()
    if data.get("audit"):
        yield "audit", data["audit"], ()
    for part in data.get("parts", ()):
        yield from _walk(part)


def _piece(kind: Kind, n: int, raw: Data, remarks: Iterable[Data]) -> Piece:
    fields = {name: _said(field) for name, field in raw["fields"].items()}
    if kind == "contract":
        fields |= _sides(raw.get("parties", ()))
    pages = {page for said in fields.values() for one in said for _source, page in one.sources if page}
    return Piece(
        kind,
        n,
        tuple(raw.get("pages") or sorted(pages)),
        fields,
        raw.get("says_cloud"),
        tuple(_note(one) for one in remarks),
    )


def _said(field: Data) -> tuple[Said, ...]:
    return tuple(
        Said(
            one["value"],
            tuple((origin["source"], origin.get("page") or 0) for origin in one["sources"]),
            tuple((o["page"], tuple(o["box"])) for o in _exact_first(one["sources"]) if o.get("box")),
        )
        for one in field["values"]
    )


def _exact_first(origins: Iterable[Data]) -> list[Data]:
    """The place of a value in the text says more than that of the code it is in."""
    return sorted(origins, key=lambda origin: origin["source"] != "text")


def _sides(parties: Iterable[Data]) -> dict[str, tuple[Said, ...]]:
    """Seller and buyer of a contract, where its parties are told apart."""
    found: dict[str, tuple[Said, ...]] = {}
    for party in parties:
        side, at = party.get("side"), (("text", party.get("page") or 0),)
        if side in ("seller", "buyer") and side not in found:
            found[side] = (Said(party["name"], at),)
            if party.get("uscc"):
                found[f"{side}_uscc"] = (Said(party["uscc"], at),)
    return found


def _note(one: Data) -> Text:
    return Text(one["zh"], one["en"])
