"""A filled-in sample of every paper, of an invented city and invented enterprises, in every format it has."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pikepdf

from xingyun.documents import spreadsheet, word
from xingyun.documents.render import render
from xingyun.documents.shapes import SummaryTableData

FOLDER = Path(__file__).parent
# What consists of other templates than one of its own name.
MADE_OF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "application": tuple((part, part) for part in ("cover", "instructions", "form", "checklist")),
    "paper_receipt": (("receipt", "paper_receipt"),),
}
PARTS = {part for part, _sample in MADE_OF["application"]}


def names() -> tuple[str, ...]:
    """The papers that there are samples of."""
    found = {file.stem for file in FOLDER.glob("*.json")} - PARTS
    return tuple(sorted(found | {"application"}))


def sample(name: str) -> dict[str, Any]:
    """What stands in a template's sample (see `shapes`)."""
    return cast("dict[str, Any]", json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def made_of(name: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The templates of a paper with their data."""
    return tuple((template, sample(data)) for template, data in MADE_OF.get(name, ((name, name),)))


def write_all(folder: Path, *, fonts: Sequence[Path]) -> Iterator[Path]:
    """Write one of each paper in each of its formats and tell which."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names():
        parts = made_of(name)
        yield _pdf(parts, folder / f"{name}.pdf", fonts)
        if all(word.knows(template) for template, _data in parts):
            yield word.write(parts, folder / f"{name}.docx")
        if name == "summary_table":
            table = cast("SummaryTableData", parts[0][1])
            yield spreadsheet.write_summary(table, folder / f"{name}.xlsx")


def _pdf(parts: Sequence[tuple[str, Mapping[str, Any]]], out: Path, fonts: Sequence[Path]) -> Path:
    if len(parts) == 1:
        return render(*parts[0], fonts=fonts, out=out).path
    with TemporaryDirectory() as folder, pikepdf.new() as whole:
        for template, data in parts:
            with pikepdf.open(
                render(template, data, fonts=fonts, out=Path(folder) / "part.pdf").path
            ) as part:
                whole.pages.extend(part.pages)
                if "/Lang" in part.Root:
                    whole.Root.Lang = str(part.Root.Lang)
        whole.docinfo["/Title"] = str(parts[0][1]["title"])
        whole.save(out, deterministic_id=True)
    return out
