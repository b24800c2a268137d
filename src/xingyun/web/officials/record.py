"""The record: who did what when, each entry tied to the one before; an auditor sees all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xingyun import clock
from xingyun.audit import hashing, verify
from xingyun.audit.models import GENESIS, Entry
from xingyun.audit.queries import last_checkpoint, latest, of_stream
from xingyun.registry.states import Role
from xingyun.reviews import queries
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.desk import around
from xingyun.web.officials.offices import IN_OFFICE
from xingyun.web.officials.reports import READERS
from xingyun.web.officials.rounds import found as round_found
from xingyun.web.officials.words import act_name

SHOWN = 200
# What one request looks through; more is a matter of the command `xingyun audit verify`.
BOUND = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its act in words, and whether it follows from the one before and from what it says."""

    entry: Entry
    name: str
    whole: bool


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def case(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The way of one application: its steps, and the entries of its chain."""
    found = queries.desk(request.actor, uid, clock.now())
    lines = chain(of_stream(found.workspace.application.stream))
    context = {**around(found), "lines": lines[::-1], "whole": all(line.whole for line in lines)}
    return answers.page(request, "officials/case_record.html", context)


@require_safe
@require_seat(*READERS)
def report(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The chain of a report."""
    found = queries.get_report(request.actor, uid)
    return of(request, found.stream, found.authority.name)


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def round_(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The chain of a round."""
    found = round_found(uid)
    return of(request, found.stream, found.programme.title)


def of(request: ActorRequest, stream: str, title: str) -> HttpResponse:
    """The page of one chain."""
    lines = chain(of_stream(stream))
    context = {"lines": lines[::-1], "whole": all(line.whole for line in lines), "title": title}
    return answers.page(request, "officials/record_of.html", context)


@require_safe
@require_seat(Role.AUDITOR)
def index(request: ActorRequest) -> HttpResponse:
    """The newest entries of all chains, or one chain by its name."""
    stream = request.GET.get("stream", "").strip()
    entries = list(of_stream(stream).order_by("-seq")[:SHOWN]) if stream else list(latest(SHOWN))
    context = {
        "lines": [Line(e, act_name(e.act), sound(e)) for e in entries],
        "stream": stream,
        "size": verify.size(),
        "checkpoint": last_checkpoint(),
    }
    return answers.page(request, "officials/record.html", context)


@never_cache
@require_safe
@require_seat(Role.AUDITOR)
def verified(request: ActorRequest) -> HttpResponse:
    """Look through the whole record now, as far as one request may."""
    size = verify.size()
    small = size["entries"] <= BOUND
    findings = list(islice(verify.verify(), SHOWN)) if small else []
    context = {"size": size, "small": small, "findings": findings, "bound": BOUND, "at": clock.now()}
    return answers.page(request, "officials/record_verified.html", context)


def chain(entries: Iterable[Entry]) -> list[Line]:
    """The entries of one stream from its beginning, each tried against the one before."""
    lines, prev = [], GENESIS
    for entry in entries:
        entry_ok = sound(entry) and entry.prev == prev
        lines.append(Line(entry, act_name(entry.act), entry_ok))
        prev = entry.hash
    return lines


def sound(entry: Entry) -> bool:
    """Whether the entry's hash is that of what it says."""
    told = (entry.seq, entry.at, entry.actor, entry.label, entry.act, entry.body, entry.prev)
    return entry.hash == hashing.of_entry(entry.stream.name, *told)
