"""An office's notes on an application, and which of its pages a person has looked at."""

from django.utils.translation import gettext as _

from xingyun.applications.models import Application
from xingyun.registry.actors import Actor
from xingyun.reviews.models import Note, PageRead


def open_notes(actor: Actor, application: Application) -> list[Note]:
    """The notes that wait for a correction notice of the office that has the application (one query).

    None for who does not work there.
    """
    if not actor.serves(application.holder_id):
        return []
    known = Note.objects.filter(application=application, authority=application.holder_id, of=None)
    return list(known.select_related("pinned_by").order_by("id"))


def pages_read(actor: Actor, application: Application) -> frozenset[tuple[int, int]]:
    """File and page of all that this person has looked at (one query)."""
    known = PageRead.objects.filter(application=application, person=actor.person)
    return frozenset(known.values_list("file", "page"))


def as_defect(note: Note) -> str:
    """The words of the note in the notice: the applicant is told on which page it is."""
    if note.page is None:
        return note.text
    return _("“%(name)s”第 %(page)s 页：%(text)s") % {
        "name": note.name,
        "page": note.page,
        "text": note.text,
    }
