"""Rulebooks: handed in, checked with all faults shown, compared, and released as the next edition."""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingyun import clock
from xingyun.accounts.models import User
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.actors import Actor
from xingyun.rounds import actions, queries
from xingyun.rounds.models import Edition
from xingyun.rounds.permissions import may_release
from xingyun.rulebook import RulebookErrors, Text
from xingyun.rulebook.diff import KIND_NAMES, Change, diff
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials import edition_files
from xingyun.web.officials.edition_files import Checked, look, source_of
from xingyun.web.officials.rounds import leading

PAGE = "officials/editions.html"
LONGEST, SHORTEST = 300, 8


@require_safe
@require_seat()
def index(request: ActorRequest) -> HttpResponse:
    """All editions; whoever leads hands in the next one here."""
    return answers.page(request, PAGE, context_of(request.actor))


def context_of(actor: Actor) -> dict[str, object]:
    """What the list shows."""
    known = Edition.objects.select_related("programme", "released_by", "supersedes")
    editions = list(known.defer("source", "contacts", "supersedes__source", "supersedes__contacts"))
    editions.sort(key=lambda e: (e.programme.key, -e.number))
    leads = leading(actor) is not None
    return {"editions": editions, "leads": leads, "checked": None, "releasable": False}


@require_safe
@require_seat()
def detail(request: ActorRequest, digest: str) -> HttpResponse:
    """One edition, by the beginning of its digest: what it is, and what it changed against the one before."""
    known = Edition.objects.select_related("programme", "supersedes", "released_by").defer(
        "source", "contacts"
    )
    edition = known.filter(digest__startswith=digest).first() if len(digest) >= SHORTEST else None
    if edition is None:
        raise Http404
    book = queries.rulebook_of(edition)
    before = queries.rulebook_of(edition.supersedes) if edition.supersedes else None
    rounds = queries.rounds().filter(programme=edition.programme).exclude(edition=edition)
    context = {
        "edition": edition,
        "book": book,
        "changes": grouped(diff(before, book)) if before else [],
        "amendable": rounds.filter(state="open", edition__number__lt=edition.number).first(),
        "leads": leading(request.actor) is not None,
    }
    return answers.page(request, "officials/edition.html", context)


def grouped(changes: Iterable[Change]) -> list[tuple[Text, list[Change]]]:
    """Changes under the name of their kind, in the order of the kinds."""
    order = list(KIND_NAMES)
    ordered = sorted(changes, key=lambda change: order.index(change.kind))
    return [(KIND_NAMES[kind], list(some)) for kind, some in groupby(ordered, lambda change: change.kind)]


@require_POST
@require_seat()
def check(request: ActorRequest) -> HttpResponse:
    """Look at what was handed in. Nothing is kept: what is in order comes back with a way to release it."""
    context = context_of(must_lead(request.actor))
    try:
        found = looked_at(request)
        if found.book is not None:
            may_release(request.actor, found.book)
    except Refused as refused:
        # Told on the page itself, for whoever leads: a stranger's rulebook is refused with its reason.
        return answers.again(request, Refused(refused.message, field="files"), PAGE, context)
    status = 200 if found.book is not None else 422
    return answers.page(request, PAGE, {**context, **shown(found)}, status=status)


def looked_at(request: ActorRequest) -> Checked:
    """The files of the form, checked. Raises Refused for what can't be opened."""
    files: list[UploadedFile[Any]] = [f for f in request.FILES.getlist("files") if f.name]
    if not files:
        raise Refused(_("请选择规则书文件：.toml 可以选多个，也可以是整个文件夹打成的 .zip。"), field="files")
    try:
        texts = edition_files.read(files)
    except RulebookErrors as why:
        return Checked({}, faults=why.errors)
    return look(texts)


def shown(found: Checked) -> dict[str, object]:
    """What the page says of it."""
    before = queries.latest_edition(found.book.key) if found.book else None
    same = found.book is not None and Edition.objects.filter(digest=found.book.digest).exists()
    changes = diff(queries.rulebook_of(before), found.book) if before and found.book and not same else ()
    return {
        "checked": found,
        "faults": found.faults[:LONGEST],
        "before": before,
        "same": same,
        "changes": grouped(changes),
        "releasable": found.book is not None and not found.failing and not same,
        "texts": json.dumps(found.texts, ensure_ascii=False),
    }


@require_POST
@require_seat()
def release(request: ActorRequest) -> HttpResponse:
    """Release what was checked; it is checked again, whole, before anything is kept."""
    must_lead(request.actor)
    found = look(texts_of(request.POST.get("texts", "")))
    if found.book is None or found.failing:
        context = {**context_of(request.actor), **shown(found)}
        return answers.page(request, PAGE, context, status=422)
    edition = actions.release_edition(
        source=source_of(found.texts),
        contacts=found.contacts,
        released_by=User.objects.get(pk=request.actor.person),
        actor=request.actor,
        now=clock.now(),
    )
    said = _("已发布第 %(n)s 版。") % {"n": edition.number}
    return answers.done(request, said, "edition", edition.digest)


def texts_of(sent: str) -> dict[str, str]:
    """The texts that the page was given to send back. Raises Refused for anything else."""
    try:
        texts: object = json.loads(sent)
    except ValueError:
        texts = None
    if not isinstance(texts, Mapping) or not all(isinstance(t, str) for t in texts.values()):
        raise Refused(_("请重新选择规则书文件，检查后再发布。"), field="files")
    return {str(name): str(text).replace("\r\n", "\n") for name, text in texts.items()}


def must_lead(actor: Actor) -> Actor:
    """Only somebody of the authority at the top."""
    if leading(actor) is None:
        raise NotAllowed(_("规则由牵头单位发布。"))
    return actor
