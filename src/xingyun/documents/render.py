"""One template and one mapping become one PDF, by Typst. The data never contains markup: it stays text."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from xingyun.documents import qr, versions
from xingyun.documents.fonts import FontSet, load_fonts

TEMPLATES = Path(__file__).parent / "templates"


class RenderError(Exception):
    """The template could not be set with this data; the text says where."""


@dataclass(frozen=True)
class Mark:
    """A place on a page that somebody will look for: a seal, a signature, the opinion box.

    `page` counts from 1; `x` and `y` are millimetres from the top left corner to the middle of the place.
    """

    key: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Rendered:
    """A finished file, the number of its pages and the marked places in it."""

    path: Path
    pages: int
    marks: tuple[Mark, ...] = ()


def templates() -> tuple[str, ...]:
    """Names that `render` knows."""
    return tuple(sorted(file.stem for file in TEMPLATES.glob("*.typ")))


def name_of(template: str, data: Mapping[str, object], *, fonts: Sequence[Path]) -> str:
    """What the rendered file is known by: the digest of the template, the data, the fonts, the setter."""
    font_set = load_fonts(fonts)
    code = (TEMPLATES / f"{template}.typ", *sorted((TEMPLATES / "lib").glob("*.typ")), Path(__file__))
    inputs = [template, versions.made_with(code, ("typst",)), font_set.digest, _inputs(data, font_set)]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def render(template: str, data: Mapping[str, object], *, fonts: Sequence[Path], out: Path) -> Rendered:
    """Write `template` filled with `data` (see `shapes`) to `out`.

    A value under the top-level key `qr` is a payload, drawn as a code. Raises RenderError, NoFontsError.
    """
    compiler = _compiler(template, data, load_fonts(fonts))
    try:
        # Written here and not by Typst: what the system says of a full disk keeps its number.
        out.write_bytes(compiler.compile(format="pdf", timestamp=0))
        found = json.loads(compiler.query("<mark>", field="value"))
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    except typst.TypstError as error:
        raise RenderError(f"模板 {template} 无法排版：{error.message} {error.diagnostic}") from error
    return Rendered(out, pages, tuple(Mark(m["key"], m["page"], m["x"], m["y"]) for m in found))


def render_png(template: str, data: Mapping[str, object], *, fonts: Sequence[Path], dpi: int) -> bytes:
    """The first page as PNG bytes. Raises RenderError, NoFontsError."""
    return render_pngs(template, data, fonts=fonts, dpi=dpi)[0]


def render_pngs(template: str, data: Mapping[str, object], *, fonts: Sequence[Path], dpi: int) -> list[bytes]:
    """All pages as PNG bytes. Raises RenderError, NoFontsError."""
    try:
        drawn = _compiler(template, data, load_fonts(fonts)).compile(format="png", ppi=float(dpi))
    except typst.TypstError as error:
        raise RenderError(f"模板 {template} 无法排版：{error.message} {error.diagnostic}") from error
    return [bytes(drawn)] if isinstance(drawn, bytes) else [bytes(page) for page in drawn]


def _compiler(template: str, data: Mapping[str, object], font_set: FontSet) -> Any:
    file = TEMPLATES / f"{template}.typ"
    if not file.is_file():
        raise RenderError(f"没有名为 {template} 的模板。可用的模板：{'、'.join(templates())}。")
    return typst.Compiler(
        str(file),
        root=str(TEMPLATES),
        font_paths=font_set.loaded,
        ignore_system_fonts=True,
        sys_inputs=_inputs(data, font_set),
    )


def _inputs(data: Mapping[str, object], font_set: FontSet) -> dict[str, str]:
    given = dict(data)
    if given.get("qr"):
        given["qr"] = qr.svg(str(given["qr"]))
    return {
        "data": json.dumps(given, ensure_ascii=False),
        "roles": json.dumps(font_set.roles, ensure_ascii=False),
    }
