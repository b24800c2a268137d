"""Ten enterprises with everything that people scan: uploaded, attached, claimed, bound; every printed page
number is followed to the page that it names, in the PDF itself.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime

import pypdfium2
import pytest
from tests.factories.applications import Made, make_application
from tests.factories.mixed_papers import FULL, SIZES, contents, followed

from xingyun.applications import actions
from xingyun.applications.models import Application, Attachment
from xingyun.applications.queries import current_booklet
from xingyun.files import actions as files
from xingyun.files import parts
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.rounds.queries import rulebook_of

SLOT = "screenshots"

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Taken:
    """An enterprise's application, and the words on the pages that prove a domain."""

    made: Made
    claims: dict[str, list[str]] = field(default_factory=dict)


def uploaded(content: bytes, name: str, made: Made, now: datetime) -> File:
    """Through the upload's own way: begun, received, finished."""
    person = made.actor.person
    upload = files.begin(owner_id=person, name=name, length=len(content), now=now)
    with parts.held(upload.uuid) as part:
        part.write_bytes(content)
        assert files.advance(upload=upload, to=len(content))
    return files.finish(upload=upload, now=now)


def take(n: int, count: int, made: Made, now: datetime) -> Taken:
    """One enterprise on its way to the booklet."""
    taken, given = Taken(made), {"actor": made.actor, "now": now}
    attached: list[tuple[Attachment, list[str]]] = []
    for name, content, words in contents(n, count):
        file = uploaded(content, name, made, now)
        assert file.pages == len(words)
        one = actions.attach(application=made.application, file=file, name=name, material=SLOT, **given)
        attached.append((one, words))
    actions.move_attachment(attachment=attached[-1][0], position=1, **given)
    domains = [domain.key for domain in rulebook_of(made.application.edition).domains]
    drawn = random.Random(n)
    for at, key in enumerate(domains):
        for one, words in drawn.sample(attached, min(len(attached), 1 + at % 3)):
            first = drawn.randint(1, len(words))
            last = drawn.randint(first, min(len(words), first + 3))
            actions.prove(
                application=made.application, domain=key, attachment=one, first=first, last=last, **given
            )
            taken.claims.setdefault(key, []).extend(words[first - 1 : last])
    actions.make_booklet(application=made.application, **given)
    return taken


def test_every_number_of_ten_checklists_leads_to_its_page(ground, now):
    taken = [take(n, count, make_application(ground, complete=False), now) for n, count in enumerate(SIZES)]
    Worker(discover()).drain()
    numbers = 0
    for one in taken:
        application = Application.objects.get(pk=one.made.application.pk)
        booklet = current_booklet(application)
        assert booklet
        assert booklet.state == "ready", booklet.error
        labels = {d.key: d.label for d in rulebook_of(application.edition).domains}
        assert set(labels) == set(one.claims)
        with pypdfium2.PdfDocument(path(booklet.file)) as book:
            numbers += followed(book, labels, one.claims)
    assert numbers > 1000 if FULL else numbers > 500
