"""The record of one matter: each entry tied to the one before, for those who may read the matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingyun.audit import hashing
from xingyun.audit.models import GENESIS, Entry
from xingyun.audit.queries import of_stream
from xingyun.registry.actors import SYSTEM
from xingyun.registry.states import Role
from xingyun.reviews import queries
from xingyun.web import answers
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.officials.acts import in_words
from xingyun.web.officials.desk import around
from xingyun.web.officials.offices import IN_OFFICE
from xingyun.web.officials.reports import READERS
from xingyun.web.officials.rounds import found as round_found
from xingyun.web.officials.rounds import name_of
from xingyun.web.wording import tell


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its act in words, and whether it follows from the one before and from what it says."""

    entry: Entry
    name: str
    whole: bool

    @property
    def who(self) -> str:
        """Who acted, in words."""
        return who(self.entry)


def who(entry: Entry) -> str:
    """Who acted: a post as it is called, the system in the language of the page."""
    return _("系统") if entry.label == SYSTEM.label else entry.label


@require_safe
@require_seat(*IN_OFFICE, Role.AUDITOR)
def case(request: ActorRequest, uid: UUID) -> HttpResponse:
    """The way of one application: its steps, and the entries of its chain."""
    found = queries.desk(request.actor, uid)
    lines = chain(of_stream(found.workspace.application.stream).select_related("stream"))
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
    return of(request, found.stream, tell(name_of(found)))


def of(request: ActorRequest, stream: str, title: str) -> HttpResponse:
    """The page of one chain."""
    lines = chain(of_stream(stream).select_related("stream"))
    context = {"lines": lines[::-1], "whole": all(line.whole for line in lines), "title": title}
    return answers.page(request, "officials/record_of.html", context)


def chain(entries: Iterable[Entry]) -> list[Line]:
    """The entries of one stream from its beginning, each tried against the one before."""
    lines, prev = [], GENESIS
    for entry in entries:
        entry_ok = sound(entry) and entry.prev == prev
        lines.append(Line(entry, in_words(entry.act), entry_ok))
        prev = entry.hash
    return lines


def sound(entry: Entry) -> bool:
    """Whether the entry's hash is that of what it says."""
    told = (entry.seq, entry.at, entry.actor, entry.label, entry.act, entry.body, entry.prev)
    return entry.hash == hashing.of_entry(entry.stream.name, *told)
