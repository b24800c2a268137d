"""The reading desk: the list to check, the page itself, what was found there, and the next step."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xingyun.applications.models import Application
from xingyun.applications.queries import Workspace
from xingyun.applications.queries.booklets import opinion_sheet
from xingyun.applications.states import State
from xingyun.clock import now
from xingyun.evidence.queries import waiting
from xingyun.papers.models import Paper
from xingyun.papers.queries import papers
from xingyun.reviews import queries
from xingyun.reviews.queries import Desk, Step
from xingyun.rulebook.form import Form
from xingyun.web import answers
from xingyun.web.confirmations import standings, worth
from xingyun.web.findings import words
from xingyun.web.guards import ActorRequest, require_seat
from xingyun.web.oddities import kinds
from xingyun.web.officials import leaves, panes, reading, stops
from xingyun.web.officials.acted import Acted
from xingyun.web.officials.listing import listed
from xingyun.web.officials.note_form import begun
from xingyun.web.officials.places import places
from xingyun.web.officials.states import APPLICATION, DOUBT, FINDING, FOUND, OUTCOME
from xingyun.web.serving import left_out

NAMED = {"accept", "return", "refuse"}


@require_safe
@require_seat()
def desk(request: ActorRequest, uid: UUID) -> HttpResponse:
    """One application; the address says which entry and which of its pages lies open."""
    return answers.page(request, "officials/desk.html", context_of(request, uid))


def context_of(request: ActorRequest, uid: UUID, typed: QueryDict | None = None) -> dict[str, object]:
    """What the desk shows; `typed` is a note that could not be kept."""
    found = queries.desk(request.actor, uid)
    work = found.workspace
    read = queries.pages_read(request.actor, work.application)
    notes = queries.open_notes(request.actor, work.application)
    groups = reading.groups(work, read)
    items = [item for group in groups for item in group.items]
    asked = request.GET.get("at", "")
    position = next((n for n, item in enumerate(items) if item.key == asked), 0)
    look = panes.look_of(request.GET, items[position].key)
    sheets = leaves.sheets(work, items[position].key)
    at_ledger = items[position].key == reading.LEDGER
    steps = named(found.steps)
    over = panes.Drawn(found.findings, notes, pinning=steps["return"].possible)
    pane = panes.pane(look, items[position], sheets, over)
    # Whether another application may be looked at is asked for only where one is shared.
    shared = queries.doubts(request.actor, work, panes.asked_for(look, pane, found.findings))
    return {
        **around(found),
        "groups": groups,
        "item": items[position],
        "following": items[position + 1] if position + 1 < len(items) else None,
        "look": look,
        "pane": pane,
        "beside": panes.beside(look, work, groups, over, shared) if pane and look.beside else None,
        "choices": panes.choices(groups) if pane and look.beside else [],
        "read": read,
        "progress": reading.progress(groups),
        "odd_pages": {(one.file_id, one.page) for one in waiting(found.findings)},
        "next_finding": stops.following(look, work, groups, found.findings),
        "notes": notes,
        "note": begun(look, pane, items[position], notes, typed) if over.pinning else None,
        "places": places(work.rulebook) if over.pinning else [],
        "refused": None,
        "shared": {one.finding.pk for one in shared if one.theirs},
        "words": words,
        "looks_ruled": DOUBT,
        "left_out": left_out,
        "findings": reading.here(work, items[position].place),
        "confirmed": standings(work.ledger, work.rulebook, now()) if at_ledger else {},
        "worth": worth(work.rulebook),
        "sections": answered(work) if items[position].key == reading.FORM else [],
        "marks": FINDING,
        "listed": listed(request.actor, request.GET, work.application),
    }


def around(found: Desk) -> dict[str, object]:
    """What every page of one application shows: its head, and why a step is not possible."""
    work = found.workspace
    levels = {level.key: level for level in work.rulebook.levels}
    return {
        "desk": found,
        "work": work,
        "a": work.application,
        "book": work.rulebook,
        "levels": levels,
        "level": levels.get(work.application.level),
        "looks": APPLICATION,
        "state_names": {state.value: state.label for state in State},
        "outcomes": OUTCOME,
        "looks_found": FOUND,
        "steps": named(found.steps),
        "counted": work.verdict.counts,
        "oddities": kinds,
        "refusal_paper": refusal_of(work.application),
        "unsettled": len(waiting(found.findings)),
        "acted": Acted([work.application.stream]),
        "has_opinion": bool(work.submission and opinion_sheet(work.submission.booklet)),
    }


def refusal_of(application: Application) -> Paper | None:
    """The last refusal of one that was refused."""
    refused = application.state == State.NOT_ACCEPTED
    return papers(application.stream, "refusal").first() if refused else None


def named(steps: tuple[Step, ...]) -> dict[str, Step]:
    """The steps of acceptance by name."""
    return {step.name: step for step in steps if step.name in NAMED}


def answered(work: Workspace) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The form section by section: name, the value as a reader wants it, what is wrong with it."""
    form: Form = work.rulebook.form
    lang = get_language() or "zh"
    return [
        (
            section.name.say(lang),
            [(f.name.say(lang), *shown(work, f.key, lang)) for f in form.in_section(section.key)],
        )
        for section in form.sections
    ]


def shown(work: Workspace, key: str, lang: str) -> tuple[str, str]:
    """A value as it is read, else as it was typed, with its error."""
    error = work.errors.get(key)
    if key in work.values:
        return work.rulebook.form.display(work.rulebook.form.field(key), work.values[key], lang), ""
    return work.answers.get(key, ""), error.words.say(lang) if error else ""
