"""Typed markup: put wherever somebody may type, and looked for in what comes back."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.db.models import Model
from tests.web.matrix.world import HOME, World

from xingyun.accounts.models import User
from xingyun.applications.models import Application, Attachment, Booklet, StateChange, Submission
from xingyun.audit.models import Stream
from xingyun.evidence.models import Confirmation, Contract, Finding, Invoice, Payment, Ruling
from xingyun.files.models import Upload
from xingyun.lists.models import Definition, Export, View
from xingyun.messages.models import Message, Outbox
from xingyun.registry.models import (
    Deputy,
    Enterprise,
    RosterEntry,
    RosterImport,
    RosterRuling,
    Snapshot,
    Title,
)
from xingyun.results.models import NoticeLine, Objection, SanctionCase
from xingyun.reviews.models import (
    AnswerSheet,
    Appeal,
    Arrival,
    Bulk,
    BulkRow,
    Circular,
    Decision,
    Defect,
    LookUp,
    Minutes,
    RankingBasis,
    Report,
    ReturnedRow,
    Shift,
    Transfer,
)
from xingyun.rounds.models import Amendment, Extension, Window

TAG = "xss"
# Everything that somebody types and a page may show. What is unique gets a number of its own.
TYPED: dict[type[Model], tuple[str, ...]] = {
    User: ("name", "post", "phone"),
    Enterprise: ("name", "address", "refusal"),
    StateChange: ("reason", "label", "clause"),
    Attachment: ("name",),
    Booklet: ("error",),
    Contract: ("number", "title", "seller"),
    Confirmation: ("provider", "address", "person", "post", "phone", "reason"),
    Invoice: ("number", "code", "seller", "buyer", "explanation"),
    Payment: ("number", "payee", "explanation"),
    Finding: ("zh", "en", "repair_zh", "repair_en", "reason", "clause"),
    Ruling: ("reason",),
    Upload: ("name",),
    Message: ("subject", "body"),
    RosterEntry: ("name", "provider", "delisting"),
    RosterImport: ("name",),
    RosterRuling: ("reason",),
    Snapshot: ("source",),
    Title: ("serial",),
    NoticeLine: ("reason",),
    Objection: ("name", "contact", "text", "outcome"),
    Appeal: ("text", "answer"),
    Decision: ("reason", "revocation"),
    Defect: ("text", "reply", "clause"),
    SanctionCase: ("facts", "statement", "outcome", "lifting"),
    Circular: ("subject", "body"),
    Outbox: ("subject", "error"),
    Transfer: ("reason", "answer", "ruling"),
    Deputy: ("reason",),
    LookUp: ("source", "number", "officer", "remark"),
    AnswerSheet: ("name", "source", "officer", "number"),
    Minutes: ("number",),
    RankingBasis: ("words", "reason"),
    Shift: ("reason",),
    Bulk: ("reason",),
    BulkRow: ("message", "clause"),
    Report: ("number", "signatories", "reason"),
    View: ("name",),
    Definition: ("name",),
    Export: ("title", "reason"),
    ReturnedRow: ("reason",),
    Arrival: ("brought_by", "shelf", "remark"),
    Extension: ("reason",),
    Window: ("reason",),
    Amendment: ("reason",),
}
_numbers = count(100)


def payload(room: int = 200) -> str:
    """Leaves an attribute of either quotes and opens an element; each one is told from the others."""
    return f"\"'><{TAG} n{next(_numbers)}>"[:room]


def plant(world: World) -> None:
    """Put markup into every text, below the actions."""
    _order(world)
    for model, names in TYPED.items():
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{name: payload(_room(model, name)) for name in names})
    Stream.objects.filter(name__startswith="programme").update(name=payload())
    for one in Confirmation.objects.all():
        told = {k: payload() for k in ("applicant", "number", "title", "services")}
        Confirmation.objects.filter(pk=one.pk).update(told={**one.told, **told})
    fields = {f.key for f in world.ground.book.form.fields if not f.options}
    for application in Application.objects.all():
        application.answers = _planted(application.answers, fields)
        application.save()
    for handed_in in Submission.objects.all():
        facts = {**handed_in.facts, "answers": _planted(handed_in.facts["answers"], fields)}
        for entry in (*facts["contracts"], *facts["invoices"], *facts["payments"]):
            entry.update({k: payload(20) for k in ("number", "title", "seller") if k in entry})
        manifest = [{**one, "name": payload()} if "name" in one else one for one in handed_in.manifest]
        Submission.objects.filter(pk=handed_in.pk).update(facts=facts, manifest=manifest)


def _order(world: World) -> None:
    """An order that an office published and then shifted."""
    ground, application = world.ground, Application.objects.get(pk=world.subjects["prepared"]["id"])
    given = {"round": ground.round, "authority": ground.authority(HOME)}
    who, now = ground.actor(HOME).person, ground.now
    RankingBasis.objects.create(**given, by=["spend"], set_by_id=who, set_at=now)
    Shift.objects.create(
        **given, level="star-3", kind="decide", seq=1, application=application, was=1, position=2,
        reason="-", shifted_by_id=who, shifted_at=now,
    )  # fmt: skip


def _room(model: type[Model], name: str) -> int:
    return model._meta.get_field(name).max_length or 200


def _planted(answers: dict[str, str], fields: set[str]) -> dict[str, str]:
    return {key: payload() if key in fields else value for key, value in answers.items()}


def armed(data: Any, text: str = "") -> Any:
    """The same form with markup (or this text) in every text of it."""
    if isinstance(data, str):  # a script's message
        return json.dumps({**json.loads(data), "raw": text or payload()})
    return {key: text or payload() if isinstance(value, str) else value for key, value in data.items()}


class Reader(HTMLParser):
    """Finds what no page of ours may hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element as a browser would."""
        self.found += list(_wrong(tag, dict(attrs)))


def _wrong(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    if tag == TAG:
        yield f"<{tag}> {attributes}"
    if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
        yield "a script inside the page"
    for name, value in attributes.items():
        if name.startswith("on") or name == "style":
            yield f"{tag} {name}={value}"
        if name in {"href", "src", "action", "formaction"}:
            address = "".join((value or "").split()).lower()
            if address.startswith(("javascript:", "data:", "vbscript:", "//")):
                yield f"{tag} {name}={value}"


def wrong_in(text: str) -> list[str]:
    """What stands in a page that must not."""
    reader = Reader()
    reader.feed(text)
    return reader.found
