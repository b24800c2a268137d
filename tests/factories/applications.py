"""Applications in any state, quickly: filled in by the actions, the book a blank page, then walked along."""

import io
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import pikepdf
from django.db.models import F
from tests.factories.ground import Ground, make_enterprise

from xingyun.applications import actions, queries
from xingyun.applications.actions.transitions import move
from xingyun.applications.models import (
    Application,
    Attachment,
    Booklet,
    Claim,
    ClaimPage,
    StampedScan,
)
from xingyun.applications.states import TRANSITIONS, BookletState, State
from xingyun.demo.figures import figures
from xingyun.evidence.actions import ContractData, InvoiceData, PaymentData
from xingyun.evidence.queries import spend_rule
from xingyun.files import actions as files
from xingyun.files.models import File
from xingyun.registry.actors import Actor
from xingyun.registry.models import Enterprise
from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.sums import a_day, span
from xingyun.rulebook.schema.conditions import AnswerIs, Spend
from xingyun.rulebook.schema.form import Field

STAMPED = 3
# The pages of the blank book: cover, form, the office's opinion.
SHEETS = {
    "sheets": [[1, 1, "A" * 10, 1, 1, 1], [2, 21, "B" * 10, 1, 2, 1], [3, 21, "C" * 10, 2, 2, 1]],
    "starts": [[1, 1], [2, 21]],
    "marks": [["seal:cover", 1, 1200, 2000], ["seal:opinion", 22, 1200, 2000]],
}
CLAIMED = 7


@dataclass
class Made:
    """An application with whom it belongs to."""

    ground: Ground
    application: Application
    enterprise: Enterprise
    actor: Actor

    def fresh(self) -> Application:
        """The application as it is in the database, as its applicant sees it."""
        return queries.get(self.actor, self.application.uid)


def make_application(
    ground: Ground,
    *,
    state: State | str = State.DRAFT,
    level: str = "",
    authority: str = "",
    complete: bool = True,
    now: datetime | None = None,
) -> Made:
    """An application of a new enterprise. Without `level` it is the lowest; `complete` fills a draft, too.

    States behind SUBMITTED are reached by the shortest way through the transition table.
    """
    now = now or ground.now
    home = authority or _lowest(ground.book)
    enterprise, actor = make_enterprise(ground, home)
    application = actions.create(enterprise=enterprise, round=ground.round, actor=actor, now=now)
    made = Made(ground, application, enterprise, actor)
    if complete or state != State.DRAFT:
        fill(made, level=level or ground.book.levels[0].key, now=now)
    if state not in (State.DRAFT, State.WITHDRAWN):
        hand_in(made, now=now)
    walk(made, State(state), now=now)
    made.application = made.fresh()
    return made


def fill(made: Made, *, level: str, now: datetime) -> None:
    """Answers, ledger, files, claims: all that the rulebook asks for but the book."""
    book, application, actor = made.ground.book, made.application, made.actor
    given = {"application": application, "actor": actor, "now": now}
    typed = answers(made, level)
    seen = {key: actions.digest(application.answers.get(key, "")) for key in typed}
    actions.save_section(values=typed, seen=seen, **given)
    rule = spend_rule(book)
    spent_on = _spent_on(rule, now)
    net = max([10_000, *(2 * m.yuan for m in rule.minimums)] if rule else [10_000]) * 100
    contract = actions.record_contract(data=_contract(book, spent_on), **given)
    actions.record_invoice(
        data=InvoiceData(
            number="12840663",
            issued_on=spent_on,
            net_fen=net,
            tax_fen=net * 6 // 100,
            gross_fen=net + net * 6 // 100,
            contract=contract,
        ),
        **given,
    )
    paid = PaymentData(
        number="202001150001", paid_on=spent_on, amount_fen=net + net * 6 // 100, contract=contract
    )
    actions.record_payment(data=paid, **given)
    proof = _attach(made, now)
    if proof is not None and book.domains:
        _prove(made, proof, now)
    made.application.refresh_from_db()


def _attach(made: Made, now: datetime) -> Attachment | None:
    """A file for every material that misses one; the first in order. One goes through the action, for all."""
    application = made.application
    missing = _missing(application, now)
    if not missing:
        return None
    slot, *others = missing
    name = f"{application.uid}-%s"
    first = actions.attach(
        application=application,
        file=pdf(name % slot, 2, now),
        name="证0.pdf",
        material=slot,
        actor=made.actor,
        now=now,
    )
    rest = [
        Attachment(
            application=application,
            file=pdf(name % slot, 2, now),
            name=f"证{n}.pdf",
            material=slot,
            position=1,
            added_by_id=made.actor.person,
            added_at=now,
        )
        for n, slot in enumerate(others, 1)
    ]
    Attachment.objects.bulk_create(rest)
    inside = queries.workspace(application, now).materials
    return next((a for m in inside for a in m.attachments), first)


def _prove(made: Made, proof: Attachment, now: datetime) -> None:
    """Claim domains, each proved by the first page of one file; the last of them through the action."""
    *others, last = made.ground.book.domains[:CLAIMED]
    claims = [Claim(application=made.application, domain=domain.key) for domain in others]
    Claim.objects.bulk_create(claims)
    ClaimPage.objects.bulk_create(
        ClaimPage(claim=claim, attachment=proof, first=1, last=1) for claim in claims
    )
    actions.prove(
        application=made.application,
        domain=last.key,
        attachment=proof,
        first=1,
        last=1,
        actor=made.actor,
        now=now,
    )


def hand_in(made: Made, *, now: datetime) -> None:
    """A blank book and its scan, then the submission itself."""
    bind(made, now=now)
    actions.submit(application=made.application, actor=made.actor, now=now)


def bind(made: Made, *, now: datetime) -> Booklet:
    """A booklet that is ready and scanned, without the work of setting it."""
    application = made.application
    made_of = queries.inputs_of(application)
    last = Booklet.objects.filter(application=application).count()
    booklet = Booklet.objects.create(
        application=application,
        version=last + 1,
        inputs=queries.booklets.digest(made_of),
        state=BookletState.READY,
        file=pdf(f"book {application.uid} {last}", STAMPED, now),
        pages=STAMPED,
        plan={"inputs": made_of, "stamped": STAMPED, **SHEETS},
        made_at=now,
    )
    scan = pdf(f"scan {application.uid} {last}", STAMPED, now)
    StampedScan.objects.create(
        booklet=booklet, file=scan, numbers=[1, 21, 22], added_by_id=made.actor.person, added_at=now
    )
    # As whoever makes a book counts.
    Application.objects.filter(pk=application.pk).update(parts_rev=F("parts_rev") + 1)
    application.parts_rev += 1
    return booklet


def walk(made: Made, to: State, *, now: datetime) -> None:
    """The shortest way to a state; whoever evaluates holds it from then on."""
    application = made.application
    application.refresh_from_db()
    for state in way(
        State(application.state), to, alone=made.ground.book.tiers[0] == made.ground.book.tiers[-1]
    ):
        extra = {}
        if state == State.EVALUATING:
            extra = {"holder": application.holder.parent or application.holder}
        if state == State.RETURNED:
            extra = {"unlocked": ["form:scope"], "due": now + timedelta(days=5)}
        move(application=application, to=state, actor=made.actor, now=now, **extra)


def way(source: State, target: State, *, alone: bool = False) -> list[State]:
    """The states behind `source` on the shortest way to `target`; who decides `alone` reports to nobody."""
    known: dict[State, list[State]] = {source: []}
    waiting = deque([source])
    while waiting:
        here = waiting.popleft()
        if here == target:
            return known[here]
        for there in TRANSITIONS.get(here, {}):
            if there not in known and (alone or (here, there) != (State.ACCEPTED, State.PROPOSED)):
                known[there] = [*known[here], there]
                waiting.append(there)
    raise ValueError(f"no way from {source} to {target}")


def answers(made: Made, level: str) -> dict[str, str]:
    """A right answer to every field of the form."""
    book = made.ground.book
    accepted = {c.field: c.accepted[0] for c in book.conditions if isinstance(c, AnswerIs)}
    typed = {field.key: accepted.get(field.key) or _answer(field, book) for field in book.form.fields}
    own = {"applicant_name": made.enterprise.name, "uscc": made.enterprise.uscc, "level": level}
    deployments = book.level(level).deployments or tuple(d.key for d in book.deployments[:1])
    own["deployments"] = deployments[0] if deployments else ""
    return {**typed, **figures(book, 0), **{f.key: own[f.role] for f in book.form.fields if f.role in own}}


def pdf(content: str, pages: int, now: datetime) -> File:
    """A stored PDF of blank pages that differs by `content`, which is a remark behind its end."""
    source = io.BytesIO(_blank(pages) + f"\n% {content}\n".encode())
    return files.store(source=source, now=now, kind="application/pdf", pages=pages)


@cache
def _blank(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _answer(field: Field, book: Rulebook) -> str:
    if field.options:
        return field.options[0].key
    by_kind = {
        "uscc": "91370100MA3C00001X",
        "money": "1000",
        "integer": str(max(field.min or 0, 10)),
        "percent": "8.5",
        "phone": "0531-66600000",
        "email": "a@example.com",
        "date": "2020-03-15",
        "month": "2018-06",
        "industry": "3421",
        "organisations": "泉畔云数据服务有限公司",
    }
    return by_kind.get(field.kind, "云上业务")


def _spent_on(rule: Spend | None, now: datetime) -> date:
    """A day that counts: early in the year, inside the rule's span."""
    early = date(now.year, 1, 15)
    if rule is None or span(rule, None).side(early) == "inside":
        return early
    return a_day(rule, early)


def _contract(book: Rulebook, on: date) -> ContractData:
    return ContractData(
        number="QP-001",
        title="云服务采购",
        seller="泉畔云数据服务有限公司",
        signed_on=on,
        amount_fen=10_600_00,
        deployment=book.deployments[0].key if book.deployments else "",
        says_cloud=True,
        starts_on=date(on.year - 1, 1, 1),
        ends_on=date(on.year, 12, 31),
    )


def _missing(application: Application, now: datetime) -> list[str]:
    found = queries.verdict(application, now).findings
    return [f.where[1] for f in found if f.kind == "missing" and f.where[0] == "material"]


def _lowest(book: Rulebook) -> str:
    parents = {a.parent for a in book.authorities}
    return next(a.key for a in book.authorities if a.key not in parents and a.tier == book.tiers[0].key)
