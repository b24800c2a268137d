"""Files behind a door: the view has checked that this person may see the matter they belong to."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.documents.cleaning import WORDS
from xingyun.files.models import File
from xingyun.files.pictures import SIZES
from xingyun.files.pictures import picture as picture_of
from xingyun.files.queries import reader
from xingyun.files.states import Scan
from xingyun.papers.models import Paper
from xingyun.papers.queries import formatted
from xingyun.papers.queries.drawing import as_pdf, as_word
from xingyun.rulebook import Text
from xingyun.web.wording import tell

OFFICE = "application/vnd.openxmlformats-officedocument."
SAVED = {f"{OFFICE}wordprocessingml.document": "docx", f"{OFFICE}spreadsheetml.sheet": "xlsx"}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MADE = {
    "": ("pdf", "application/pdf", as_pdf),
    "word": ("docx", f"{OFFICE}wordprocessingml.document", as_word),
}
# Content never changes under its name, so the browser may keep what this person was shown.
AS_USUAL: Mapping[str, str] = MappingProxyType({})
KEEP = "private, max-age=3600"


def sent(file: File, name: str, *, inline: bool = False) -> FileResponse:
    """The original under a readable name. Only what a browser shows safely is shown, the rest is saved.

    Raises Refused while it is not scanned, and for good when it is a threat.
    """
    _seen(file)
    shown = inline and file.kind in ENDINGS
    answer = FileResponse(reader(file), content_type=file.kind or "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(not shown, named(file, name)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = KEEP
    return answer


def issued(paper: Paper | None, request: HttpRequest, name: str, *, inline: bool = True) -> FileResponse:
    """An issued paper: the PDF, or with `?as=word` or `?as=excel` the same as that. Http404 without it."""
    file = formatted(paper, request.GET.get("as", "")) if paper else None
    if file is None:
        raise Http404
    return sent(file, name, inline=inline)


def drawn(template: str, data: Mapping[str, object], request: HttpRequest, name: str) -> HttpResponse:
    """A paper to be signed, set now: the PDF, or with `?as=word` the same as Word. Http404 for others."""
    form = request.GET.get("as", "")
    if form not in MADE:
        raise Http404
    ending, kind, make = MADE[form]
    answer = HttpResponse(make(template, data), content_type=kind)
    shown = content_disposition_header(ending == "docx", f"{name}.{ending}")
    answer["Content-Disposition"] = shown or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def named(file: File, name: str) -> str:
    """The name with the ending that its content has."""
    ending = ENDINGS.get(file.kind) or SAVED.get(file.kind, "")
    return name if not ending or name.lower().endswith(f".{ending}") else f"{name}.{ending}"


def picture(file: File, page: int, asked: Mapping[str, str] = AS_USUAL) -> HttpResponse:
    """One page as PNG; `asked` may say the `size` (thumb, page, large) and the quarters to `turn` it by.

    Http404 where there is none; Refused as in `sent`.
    """
    _seen(file)
    size, turn = asked.get("size", ""), asked.get("turn", "")
    turned = int(turn) if turn in {"1", "2", "3"} else 0
    drawn = picture_of(file, page, size if size in SIZES else "page", turned)
    if drawn is None:
        raise Http404
    headers = {"Cache-Control": KEEP, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(drawn.read_bytes(), content_type="image/png", headers=headers)


def pages(file: File) -> range:
    """The numbers of the pages that can be looked at, from 1."""
    return range(1, (file.pages or 1) + 1) if file.kind in ENDINGS and file.usable else range(0)


def left_out(file: File) -> str:
    """What was taken out of it on arrival, in words; empty where nothing was."""
    return _("、").join(tell(Text(*WORDS[flag])) for flag in file.cleaned if flag in WORDS)


def _seen(file: File) -> None:
    if file.scan_state == Scan.INFECTED:
        raise Refused(_("在这个文件里发现了病毒，任何人都不能打开。请让对方重新提供。"))
    if not file.usable:
        raise Refused(_("这个文件还在等病毒扫描，扫描以后才能打开。请过一会儿再来。"))
