"""More rows of everything that a page lists, straight into the tables: for counting queries only."""

import copy
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.db import connection
from tests.factories.applications import pdf
from tests.reviews.crowd import crowd, decided, reports
from tests.web.matrix.world import ABROAD, HOME, TOP, World

from xingyun.applications.models import (
    Application,
    Attachment,
    Booklet,
    Claim,
    ClaimPage,
    StampedScan,
    StateChange,
    Submission,
)
from xingyun.applications.states import State
from xingyun.audit.models import Entry, Stream
from xingyun.evidence.models import Confirmation, Contract, Dossier, Finding, Invoice, Payment
from xingyun.lists.models import Definition, Export, View
from xingyun.messages.models import Message
from xingyun.registry.models import (
    Authority,
    Enterprise,
    Member,
    Membership,
    RosterEntry,
    RosterImport,
    RosterRuling,
    Title,
)
from xingyun.registry.states import EnterpriseState
from xingyun.results.models import Notice, NoticeLine, Objection
from xingyun.reviews.models import Arrival, Decision, Defect, LookUp, Minutes, Report, ReportLine, Return
from xingyun.rounds.models import Amendment, Edition, Round, Window
from xingyun.rounds.states import RoundState

_numbers = count(10_000)


def grow(world: World, n: int) -> None:
    """`n` more of everything."""
    _applications(world, n)
    _of_one(world, n)
    _submitted(world, n)
    _arrivals(world, n)
    _registry(world, n)
    _rounds(world, n)
    _record(world, n)
    _let_it_be_known()


def _let_it_be_known() -> None:
    """Tell the database how much there is, as it finds out by itself where rows are committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _applications(world: World, n: int) -> None:
    ground, preparer = world.ground, world.ground.actor(HOME).person
    crowd(ground, HOME, n, state=State.SUBMITTED)
    here = decided(crowd(ground, HOME, n), ground, preparer)
    in_hand = Report.objects.get(sent_at=None)
    _lines(in_hand, here)
    above = crowd(ground, HOME, n, state=State.EVALUATING)
    top = Authority.objects.get(key=TOP)
    for application in above:
        application.holder = top
    Application.objects.bulk_update(above, ["holder"])
    _lines(Report.objects.order_by("id").first(), decided(above, ground, ground.actor(TOP).person))
    reports(ground, HOME, n, preparer)
    _noticed(world, crowd(ground, HOME, n, state=State.PROPOSED))
    _own(world, crowd(ground, HOME, n, state=State.DRAFT))
    _minutes(world, n)


def _lines(report: Report, decisions: list[Decision]) -> None:
    ReportLine.objects.bulk_create(
        ReportLine(report=report, application=d.application, decision=d) for d in decisions
    )


def _noticed(world: World, applications: list[Application]) -> None:
    """On public notice, each with an objection, each with a title besides."""
    notice, level = Notice.objects.order_by("seq").last(), world.ground.book.levels[0]
    lines = NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, application=a, level=level.key, rank=level.rank) for a in applications
    )
    Objection.objects.bulk_create(
        Objection(
            receipt=f"R{next(_numbers)}", line=line, channel="online", name="某", contact="某",
            text="不实", received_at=notice.opens,
        )
        for line in lines
    )  # fmt: skip
    Title.objects.bulk_create(
        Title(
            enterprise=a.enterprise, programme=world.ground.book.key, level=level.key, rank=level.rank,
            year=world.ground.round.year, valid_from=notice.opens.date(), serial=f"T-{next(_numbers)}",
        )
        for a in applications
    )  # fmt: skip


def _own(world: World, applications: list[Application]) -> None:
    """The applicant fills in for all of these."""
    person = world.made["awarded"].actor.person
    Member.objects.bulk_create(
        Member(enterprise=a.enterprise, user_id=person, role="preparer") for a in applications
    )


def _minutes(world: World, n: int) -> None:
    first = Minutes.objects.filter(authority__key=HOME).earliest("id")
    for key in (HOME, TOP):
        Minutes.objects.bulk_create(
            Minutes(
                round=world.ground.round, authority=world.ground.authority(key), number=f"M{next(_numbers)}",
                held_on=first.held_on, file=first.file, added_by=first.added_by, added_at=first.added_at,
            )
            for _n in range(n)
        )  # fmt: skip


def _of_one(world: World, n: int) -> None:
    """Many files, proofs, contracts, invoices, versions, steps and returns of single applications."""
    _confirmations(world, n)
    for name in ("draft", "returned", "awarded"):
        application = Application.objects.get(pk=world.made[name].application.pk)
        _ledger(application.dossier, n)
        _files(application, world, n)
        _history(application, world, n)


def _confirmations(world: World, n: int) -> None:
    """One contract, asked of over and over."""
    first = Confirmation.objects.get(state="asked")
    known = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields}
    same = {name: value for name, value in known.items() if name not in ("id", "uid", "digest", "state")}
    same["ended_at"] = world.ground.now
    Confirmation.objects.bulk_create(
        Confirmation(**same, state="withdrawn", digest=f"{next(_numbers):064d}") for _n in range(n)
    )


def _ledger(dossier: Dossier, n: int) -> None:
    now = {"dossier": dossier, "created_at": "2020-10-12T01:00Z"}
    contracts = Contract.objects.bulk_create(
        Contract(
            number=f"C{next(_numbers)}", title="云服务", seller="某", signed_on="2020-02-01", amount_fen=1,
            says_cloud=False, **now,
        )
        for _n in range(n)
    )  # fmt: skip
    Invoice.objects.bulk_create(
        Invoice(
            number=f"{next(_numbers)}", contract=contract, issued_on="2020-03-01", net_fen=100, tax_fen=6,
            gross_fen=106, **now,
        )
        for contract in contracts
    )  # fmt: skip
    Payment.objects.bulk_create(
        Payment(number=f"{next(_numbers)}", contract=contract, paid_on="2020-03-02", amount_fen=106, **now)
        for contract in contracts
    )
    Finding.objects.bulk_create(
        Finding(
            dossier=dossier, check_key="same-invoice", fingerprint=f"{next(_numbers):064d}", zh="同",
            en="same", across=across, other=dossier if across else None, found_at="2020-10-12T01:00Z",
        )
        for across in (False, True) for _n in range(n)
    )  # fmt: skip


def _files(application: Application, world: World, n: int) -> None:
    now, person = world.ground.now, world.made["awarded"].actor.person
    file = pdf("many", 2, now)
    made = Attachment.objects.bulk_create(
        Attachment(
            application=application, file=file, name=f"{n}.pdf", material="screenshots",
            position=next(_numbers), added_by_id=person, added_at=now,
        )
        for _n in range(n)
    )  # fmt: skip
    claim = Claim.objects.filter(application=application).order_by("id").first()
    ClaimPage.objects.bulk_create(ClaimPage(claim=claim, attachment=a, first=1, last=1) for a in made)
    books = Booklet.objects.bulk_create(
        Booklet(
            application=application, version=version, inputs=f"{version:064d}", state="ready", file=file,
            pages=2, made_at=now,
        )
        for version in (next(_numbers) for _n in range(n))
    )  # fmt: skip
    StampedScan.objects.bulk_create(
        StampedScan(booklet=book, file=file, added_by_id=person, added_at=now) for book in books
    )


def _history(application: Application, world: World, n: int) -> None:
    now, person = world.ground.now, world.ground.actor(HOME).person
    StateChange.objects.bulk_create(
        StateChange(
            application=application, seq=next(_numbers), source="submitted", target="returned", act="return",
            actor="user:1", label="某", at=now, entry_hash="0" * 64,
        )
        for _n in range(n)
    )  # fmt: skip
    made = Return.objects.bulk_create(
        Return(application=application, version=next(_numbers), due=now, issued_by_id=person, issued_at=now)
        for _n in range(n)
    )
    _look_ups(application, n)
    Defect.objects.bulk_create(Defect(of=one, place="form:scope", clause="附件1", text="改") for one in made)


def _look_ups(application: Application, n: int) -> None:
    """Looked up over and over, each in place of the one before."""
    last = LookUp.objects.filter(application=application).order_by("-id").first()
    for _n in range(n if last else 0):
        known = {f.attname: getattr(last, f.attname) for f in LookUp._meta.concrete_fields if f.name != "id"}
        last = LookUp.objects.create(**{**known, "supersedes_id": last.pk})


def _arrivals(world: World, n: int) -> None:
    """One booklet, corrected over and over."""
    last = Arrival.objects.order_by("-id").first()
    for _n in range(n):
        known = {f.attname: getattr(last, f.attname) for f in Arrival._meta.concrete_fields if f.name != "id"}
        last = Arrival.objects.create(**{**known, "supersedes_id": last.pk, "reason": "更正"})


def _submitted(world: World, n: int) -> None:
    """Many invoices and files in what was handed in."""
    for name in ("submitted", "prepared", "awarded"):
        application = world.made[name].application
        handed_in = Submission.objects.filter(application=application).order_by("-version").first()
        facts, manifest = copy.deepcopy(handed_in.facts), list(handed_in.manifest)
        invoice = facts["invoices"][0]
        payment = facts["payments"][0]
        facts["payments"] += [{**payment, "uid": str(uuid4()), "number": f"{k:08d}"} for k in range(n)]
        facts["invoices"] += [{**invoice, "uid": str(uuid4()), "number": f"{k:08d}"} for k in range(n)]
        entry = next(one for one in manifest if "uid" in one)
        first = Attachment.objects.get(uid=entry["uid"])
        added = Attachment.objects.bulk_create(
            Attachment(
                application=application, file=first.file, name="同.pdf", material=first.material,
                position=next(_numbers), added_by=first.added_by, added_at=first.added_at,
            )
            for _n in range(n)
        )  # fmt: skip
        manifest += [{**entry, "uid": str(a.uid)} for a in added]
        domain = next(iter(facts["claims"]))
        facts["claims"][domain] += [[str(a.uid), 1, 1] for a in added]
        Submission.objects.filter(pk=handed_in.pk).update(facts=facts, manifest=manifest)


def _registry(world: World, n: int) -> None:
    ground = world.ground
    home = ground.authority(HOME)
    codes = [f"T{next(_numbers):017d}" for _n in range(n)]
    Enterprise.objects.bulk_create(
        Enterprise(
            uscc=code, name=f"鹤汀{code}", authority=home, state=EnterpriseState.PENDING,
            created_at=ground.now, licence=world.newcomer.licence,
        )
        for code in codes
    )  # fmt: skip
    RosterEntry.objects.bulk_create(
        RosterEntry(authority=home, uscc=code, name=f"鹤汀{code}", listed_on="2020-09-30") for code in codes
    )
    # Half of them are claimed by a neighbour, too.
    claimed = codes[: n // 2]
    RosterEntry.objects.filter(uscc__in=claimed, authority=home).update(state="disputed")
    RosterEntry.objects.bulk_create(
        RosterEntry(
            authority=ground.authority(ABROAD), uscc=code, name=code, listed_on="2020-09-30", state="disputed"
        )
        for code in claimed
    )
    _imports(world, n)
    _lists(n)
    user = ground.actor(HOME).person
    Membership.objects.bulk_create(
        Membership(
            user_id=user, authority=home, role="preparer", valid_from="2019-01-01", valid_to="2019-02-01"
        )
        for _n in range(n)
    )


def _lists(n: int) -> None:
    """Views, definitions and exports of the office and of its officer."""
    for model, unique in ((View, ("name",)), (Definition, ("name",)), (Export, ())):
        first = model.objects.earliest("id")
        columns = {f.attname: getattr(first, f.attname) for f in model._meta.concrete_fields}
        same = {name: value for name, value in columns.items() if name not in ("id", "uid")}
        model.objects.bulk_create(
            model(**{**same, **{name: f"N{next(_numbers)}" for name in unique}}) for _n in range(n)
        )


def _imports(world: World, n: int) -> None:
    ground = world.ground
    first = RosterImport.objects.filter(authority__key=HOME).order_by("id").first()
    columns = {
        f.attname: getattr(first, f.attname)
        for f in first._meta.concrete_fields
        if f.attname not in ("id", "uid")
    }
    RosterImport.objects.bulk_create(RosterImport(**columns) for _n in range(n))
    RosterRuling.objects.bulk_create(
        RosterRuling(
            uscc=f"T{k:017d}", authority=ground.authority(HOME), reason="x", ruled_by_id=first.asked_by_id,
            ruled_at=ground.now,
        )
        for k in range(n)
    )  # fmt: skip


def _rounds(world: World, n: int) -> None:
    first, now = world.ground.round, world.ground.now
    done = Round.objects.filter(year=2019).count()  # a round's number is small
    Round.objects.bulk_create(
        Round(
            programme=first.programme, edition=first.edition, authority=first.authority, year=2019,
            number=done + n + 1, state=RoundState.CLOSED, opened_at=now, closed_at=now,
        )
        for n in range(n)
    )  # fmt: skip
    _amendments(first, world)
    Window.objects.bulk_create(
        Window(
            round=first, authority=world.ground.authority(HOME), stage=world.ground.book.windows[0].key,
            opens=now, closes=now + timedelta(days=1), reason="停电", set_at=now, replaced_at=now,
            set_by_id=world.ground.actor(HOME).person,
        )
        for _n in range(n)
    )  # fmt: skip


def _amendments(first: Round, world: World) -> None:
    """A few more editions, amendments to each of which were taken back: nobody makes thousands of them."""
    known = Amendment.objects.select_related("after").latest("id")
    number = Edition.objects.count()
    editions = Edition.objects.bulk_create(
        Edition(
            programme=first.programme, digest=f"{number + k:064d}", number=number + k + 1,
            source=known.after.source, supersedes=known.after, released_by=known.announced_by,
            released_at=world.ground.now,
        )
        for k in range(9)
    )  # fmt: skip
    Amendment.objects.bulk_create(
        Amendment(
            round=first, before_id=known.before_id, after=edition, scope=known.scope, kinds=[], reason="收回",
            effective_on=known.effective_on, announced_by=known.announced_by,
            announced_at=known.announced_at, withdrawn_at=known.announced_at,
        )
        for edition in editions
    )  # fmt: skip


def _record(world: World, n: int) -> None:
    """Entries of the applicant's application, and messages to everybody who is asked."""
    now = world.ground.now
    names = [f"application:{world.subjects[name]['uid']}" for name in ("awarded", "submitted")]
    names += [f"report:{world.subjects['sent']['uid']}", world.ground.round.stream]
    for stream in Stream.objects.filter(name__in=names):
        Entry.objects.bulk_create(
            Entry(
                stream=stream, seq=next(_numbers), at=now, actor="user:1", label="某", act="decision.signed",
                body="{}", prev="0" * 64, hash="0" * 64,
            )
            for _n in range(n)
        )  # fmt: skip
    people = [world.made["awarded"].actor.person, world.ground.actor(HOME).person]
    Message.objects.bulk_create(
        Message(dedupe_key=f"m{next(_numbers)}", user_id=person, subject="消息", body="正文", created_at=now)
        for person in people
        for _n in range(n)
    )
