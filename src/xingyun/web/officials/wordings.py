"""How an office words its papers: the kinds, one of them with a live preview, its versions."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingyun import clock
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.papers import actions
from xingyun.papers.models import Wording
from xingyun.papers.queries.numbers import registers, year_of
from xingyun.papers.queries.previewing import preview_pdf, preview_png
from xingyun.papers.queries.wording import (
    Texts,
    all_worded_by,
    kind_of,
    tidy,
    versions,
    worded_by,
    wrong,
)
from xingyun.papers.states import Kind, Passage, Shape
from xingyun.registry.actors import OFFICIAL, Actor
from xingyun.registry.models import Authority
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.offices import offices

INDEX, PAGE = "officials/wordings.html", "officials/wording.html"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Field:
    """A passage as the page shows it: what was typed, right or wrong, and what is wrong with it."""

    passage: Passage
    text: str
    error: str

    @property
    def rows(self) -> int:
        """How high its field is; 0 for a single line."""
        return {Shape.LINE: 0, Shape.TITLE: 2}.get(self.passage.shape, 5)


@require_safe
@require_seat(*OFFICIAL)
def index(request: ActorRequest) -> HttpResponse:
    """What the offices of this person issue, and how its numbers are given."""
    return answers.page(request, INDEX, context_of(request.actor))


def context_of(actor: Actor) -> dict[str, object]:
    """What the page shows: for each office its kinds, its series and the register of this year."""
    year, found = year_of(clock.now()), offices(actor, *OFFICIAL)
    numbers = registers(found, year)
    rows = zip(found, all_worded_by(found), numbers, strict=True)
    return {
        "year": year,
        "offices": [(one, kinds, *given) for one, kinds, given in rows],
        "acted": Acted(f"authority:{one.key}" for one in found),
    }


def own(actor: Actor, key: str) -> Authority:
    """The office of this key, when the person works in it. Raises NotAllowed."""
    found = next((one for one in offices(actor, *OFFICIAL) if one.key == key), None)
    if found is None:
        raise NotAllowed(_("没有找到这个单位。"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@require_seat(*OFFICIAL)
def edit(request: ActorRequest, office: str, kind: str) -> HttpResponse:
    """One kind of paper with its passages, and what it would look like; a POST keeps a new version."""
    authority = own(request.actor, office)
    of = kind_of(authority, kind)
    if request.method != "POST":
        return answers.page(request, PAGE, page_of(authority, of))
    typed = request.POST.dict()
    try:
        actions.word(
            authority=authority,
            kind=kind,
            typed=typed,
            seen=seen(typed),
            actor=request.actor,
            now=clock.now(),
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, page_of(authority, of, tidy(of, typed)))
    said = _("已保存，以后出具的“%s”用这份文本。已经出具的不变。")
    return answers.done(request, said % of.label, "wording", office, kind)


@require_POST
@require_seat(*OFFICIAL)
def preview(request: ActorRequest, office: str, kind: str) -> HttpResponse:
    """What the paper would look like: a PDF, or with `?as=png` its pages as one picture."""
    authority = own(request.actor, office)
    of, typed = kind_of(authority, kind), request.POST.dict()
    if request.GET.get("as") == "png":
        return HttpResponse(preview_png(authority, of, typed), content_type="image/png")
    return HttpResponse(preview_pdf(authority, of, typed), content_type="application/pdf")


@require_POST
@require_seat(*OFFICIAL)
def usual(request: ActorRequest, office: str, kind: str) -> HttpResponse:
    """Back to the usual wording."""
    authority = own(request.actor, office)
    of = kind_of(authority, kind)
    number = seen(request.POST.dict())
    try:
        actions.word_as_usual(
            authority=authority, kind=kind, seen=number, actor=request.actor, now=clock.now()
        )
    except Refused as refused:
        return answers.again(request, refused, PAGE, page_of(authority, of))
    return answers.done(request, _("已恢复通用文本。写过的各稿都还留着。"), "wording", office, kind)


def seen(typed: Texts) -> int:
    """The version that the page showed."""
    said = typed.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def page_of(authority: Authority, kind: Kind, typed: Texts | None = None) -> dict[str, object]:
    """What the page of one kind shows; `typed` is kept where it was refused."""
    now = worded_by(authority, kind)
    texts = now.texts if typed is None else typed
    errors = {} if typed is None else wrong(kind, texts)
    return {
        "office": authority,
        "kind": kind,
        "now": now,
        "fields": [Field(p, texts[p.key], errors.get(p.key, "")) for p in kind.passages],
        "empty": set() if authority.phone else {"联系电话"},
        "history": [(one, told(kind, one)) for one in versions(authority, kind)[:SHOWN]],
        "acted": Acted([f"authority:{authority.key}"]),
    }


def told(kind: Kind, written: Wording) -> list[tuple[Passage, str]]:
    """The passages of one version, those that it has."""
    return [(p, written.texts[p.key]) for p in kind.passages if written.texts.get(p.key)]
