"""Active content of a PDF: what acts by itself, starts programs, sends data or carries other files.

It is looked for in every object, wherever it hangs: behind a field, a bookmark, an action that follows
another. A destination that is shown on opening is none.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from xingyun.documents.inspect import UnusableError

MOST_OBJECTS = 400_000
DEEPEST = 60
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToR": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
    "/GoToE": "embedded",
}
KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/AA": "open_action",
    "/XFA": "xfa",
    "/AF": "embedded",
    "/EF": "embedded",
    "/EmbeddedFiles": "embedded",
    "/Collection": "embedded",
    "/RichMediaContent": "media",
    "/RichMediaSettings": "media",
}
NOTES = {
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
}
WORDS: dict[str, tuple[str, str]] = {
    "javascript": ("脚本", "scripts"),
    "launch": ("打开其他程序或文件的动作", "actions that open programs or files"),
    "submit": ("向外发送数据的动作", "actions that send data"),
    "media": ("音频、视频", "sound and video"),
    "embedded": ("夹带的文件", "attached files"),
    "open_action": ("打开时自动执行的动作", "actions that run by themselves"),
    "xfa": ("动态表单", "dynamic form"),
}


def active(pdf: Any) -> set[str]:
    """What there is, by the keys of WORDS. Raises UnusableError for more objects than can be looked at."""
    return {flag for one in _dictionaries(pdf) for flag in _flags(one)}


def clean(path: Path, out: Path) -> set[str]:
    """Write a copy without it to `out` and return what was left out; the same file gives the same bytes."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        if pdf.Root.get("/NeedsRendering", False):
            raise UnusableError("xfa")
        found = active(pdf)
        _leave_out(pdf)
        pdf.remove_unreferenced_resources()
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(out, suppress_warnings=True) as made:
        if left := active(made):
            raise UnusableError("active", found="、".join(WORDS[flag][0] for flag in sorted(left)))
    return found


def _flags(one: Any) -> Iterator[str]:
    kind = _name(one, "/S")
    if kind in ACTIONS:
        yield ACTIONS[kind]
    elif kind == "/URI" and str(one.get("/URI", "")).strip().lower().startswith(("javascript:", "file:")):
        yield "launch"
    if _name(one, "/Subtype") in NOTES and "/Rect" in one:
        yield NOTES[_name(one, "/Subtype")]
    if _name(one, "/Type") == "/EmbeddedFile":
        yield "embedded"
    opening = one.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and any(_flags(opening)):
        yield "open_action"
    yield from (flag for key, flag in KEYS.items() if key in one)


def _leave_out(pdf: Any) -> None:
    for one in list(_dictionaries(pdf)):
        notes = one.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            one["/Annots"] = pikepdf.Array([note for note in notes if not _carries(note)])
        opening = one.get("/OpenAction")
        if isinstance(opening, pikepdf.Dictionary) and any(_flags(opening)):
            del one["/OpenAction"]
    for one in list(_dictionaries(pdf)):
        acts = _name(one, "/S") in ACTIONS or (_name(one, "/S") == "/URI" and any(_flags(one)))
        # An action becomes an empty one, whoever points to it.
        for key in list(one.keys()) if acts else [key for key in KEYS if key in one]:
            del one[key]
        if _name(one, "/Type") == "/EmbeddedFile":
            del one["/Type"]
        if _carries(one):
            del one["/Subtype"]


def _carries(note: Any) -> bool:
    return isinstance(note, pikepdf.Dictionary) and _name(note, "/Subtype") in NOTES and "/Rect" in note


def _name(one: Any, key: str) -> str:
    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary, those of streams too; each indirect object once."""
    if len(pdf.objects) > MOST_OBJECTS:
        raise UnusableError("heavy")
    for one in pdf.objects:
        yield from _within(one, DEEPEST)
    yield from _within(pdf.trailer, DEEPEST)


def _within(one: Any, deeper: int) -> Iterator[Any]:
    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        yield one
        children = [value for _key, value in one.items()]
    elif isinstance(one, pikepdf.Array):
        children = list(one)
    else:
        return
    if not deeper:
        raise UnusableError("heavy")
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _within(child, deeper - 1)
