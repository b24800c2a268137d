"""One round in which something of every kind exists, with everybody who might come to its doors.

Everything goes through the actions. Personal data is planted on the way (`canaries`), so that pages,
papers, messages and the record can be searched for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from tests.factories.applications import Made, bind, fill, pdf
from tests.factories.ground import Ground, make_file, make_ground, make_user
from tests.registry.sheets import brought, code, row, xlsx
from tests.reviews.office import Office, fresh
from tests.reviews.test_amending import DATE, changed
from tests.web.matrix import canaries

from xingyun.accounts.models import User
from xingyun.applications import actions as applications
from xingyun.applications.models import (
    Application,
    Attachment,
    Awaited,
    Booklet,
    Claim,
    ClaimPage,
    RowPage,
    ScanPart,
    ScanReading,
    Submission,
)
from xingyun.clock import machine_now
from xingyun.evidence import actions as evidence
from xingyun.evidence.actions import Answer, ContractData, InvoiceData, record_contract
from xingyun.evidence.models import Contract, Finding, Invoice, Payment
from xingyun.evidence.queries import freeze_contract
from xingyun.files.models import Upload
from xingyun.jobs.models import Job
from xingyun.jobs.registry import discover
from xingyun.jobs.worker import Worker
from xingyun.lists import actions as lists
from xingyun.lists.actions.asking import KIND
from xingyun.lists.models import Definition
from xingyun.lists.queries import Choice, chosen
from xingyun.messages.models import Message, Outbox
from xingyun.papers import actions as issuing
from xingyun.papers.queries import papers
from xingyun.papers.states import KINDS
from xingyun.registry import actions as registry
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.models import (
    Enterprise,
    Member,
    Membership,
    RosterEntry,
    RosterImport,
    Snapshot,
    Title,
)
from xingyun.registry.queries import actor_for, members_of
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.results.models import Announcement, Notice, NoticeLine, Objection
from xingyun.reviews import actions as reviews
from xingyun.reviews.actions import AnswersData, ArrivalData, DefectData, LookUpData, NoteData
from xingyun.reviews.actions.answers import KIND as ANSWERS
from xingyun.reviews.models import Arrival, Bulk, Decision, Defect, HandOver, LookUp, Note, Report
from xingyun.reviews.queries import Wish
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Amendment
from xingyun.rulebook import uscc

HOME, ABROAD, TOP = "licheng", "lixia", "city"
BEGIN, ANNOUNCED, TODAY = "2020-10-12 09:00", "2020-10-17 00:00", "2020-10-18 10:00"
IN_HAND = ("settled", "prepared", "reviewed", "submitted", "returned")
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
PLANTED = (canaries.PERSON, canaries.MOBILE, canaries.EMAIL)
PLAIN = ("林某", "13800000000", "lin@example.com")
OFFICIALS = {
    "preparer": (HOME, Role.PREPARER),
    "reviewer": (HOME, Role.REVIEWER),
    "signatory": (HOME, Role.SIGNATORY),
    "finance": (HOME, Role.COUNTERSIGNER),
    "abroad": (ABROAD, Role.PREPARER),
    "abroad-finance": (ABROAD, Role.COUNTERSIGNER),
    "city": (TOP, Role.PREPARER),
    "city-reader": (TOP, Role.READER),
    "city-finance": (TOP, Role.COUNTERSIGNER),
    "auditor": (TOP, Role.AUDITOR),
    "admin": (TOP, Role.ADMIN),
}
# Who comes: nobody, the applicant of the subject, another one, one that waits for activation, officials.
VISITORS = ("nobody", "applicant", "rival", "newcomer", *OFFICIALS)


@dataclass
class World:
    """The round, its applications by how far they are, and a way to ask as anybody."""

    ground: Ground
    made: dict[str, Made] = field(default_factory=dict)
    newcomer: Enterprise | None = None
    subjects: dict[str, dict[str, object]] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def client(self, visitor: str) -> Client:
        """A browser of this visitor, as it was right after signing in."""
        client = Client()
        client.cookies = SimpleCookie(self.cookies[visitor].output(header="", sep=";"))
        return client

    def ask(self, visitor: str, method: str, address: str, **given: Any) -> HttpResponseBase:
        """The answer to a request, which leaves no trace in the database."""
        with untouched():
            return getattr(self.client(visitor), method.lower())(address, **given)


@contextmanager
def untouched() -> Iterator[None]:
    """What is done in here is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(at: Any) -> World:
    """The whole world; `at` sets the product's time, which stands at TODAY in the end."""
    now = at(BEGIN)
    world = World(make_ground(now, rosters={HOME: 400, ABROAD: 400}))
    district, city = (Office(world.ground, key, now) for key in (HOME, TOP))
    world.made["awarded"] = awarded(world, district, city, at)
    now = district.now = city.now = at(TODAY)
    world.made["proposed"] = proposed(world, district, city)
    _in_hand(world, district)
    _amended(world, city)
    world.newcomer, newcomer = register(world.ground, 9, active=False, planted=False)
    _people(world, newcomer, district)
    _rosters(world)
    results.count_statistics(round=world.ground.round, now=now)
    _lists(world)
    _answers(world)
    _between(world)
    _wordings(world)
    _subjects(world)
    people = {visitor: world.ground.actor(*seat) for visitor, seat in OFFICIALS.items()}
    people |= {"applicant": world.made["awarded"].actor, "newcomer": newcomer}
    people["rival"] = world.made["proposed"].actor
    _sign_in(world, people)
    return world


def awarded(world: World, district: Office, city: Office, at: Any) -> Made:
    """Returned once, decided, objected to in vain, announced, with its certificate."""
    made = handed_in(world.ground, 1, "star-4")
    _return_and_mend(made, district)
    district.accept(made)
    district.look_up(made)
    district.decide(made, "star-3", "decide")
    district.decide(made, "star-4", "recommend")
    city.receive(district.sent())
    city.decide(made, "star-4", "decide")
    notice = _publish(world, city)
    objection = _object(notice, "first")
    results.decide_objection(
        objection=objection, upheld=False, outcome="与事实不符", actor=city.actor(), now=city.now
    )
    announced = at(ANNOUNCED)
    results.announce(notice=notice, actor=city.actor(), now=announced, number="济工信〔2020〕1号")
    Worker(discover()).drain()
    return made


def proposed(world: World, district: Office, city: Office) -> Made:
    """On public notice now, with an objection that nobody has decided."""
    made = handed_in(world.ground, 2, "star-3", now=district.now, planted=False)
    district.accept(made)
    district.look_up(made)
    district.decide(made, "star-3", "decide")
    city.receive(district.sent())
    _object(_publish(world, city), "second")
    return made


def _in_hand(world: World, district: Office) -> None:
    """Applications at every desk: reported in a draft, prepared only, waiting, returned, begun."""
    ground = world.ground
    for n, name in enumerate(IN_HAND, 3):
        world.made[name] = handed_in(ground, n, "star-3", now=district.now, odd=name == "submitted")
    for name in ("settled", "prepared", "reviewed"):
        district.accept(world.made[name])
        district.look_up(world.made[name])
    _proof(world.made["settled"], district)
    _on_paper(world.made["settled"], district)
    district.decide(world.made["settled"], "star-3", "decide")
    district.draft()
    district.prepare(world.made["prepared"], "star-3", "decide")
    _ask_to_withdraw(world.made["prepared"], district)
    reviews.prepare_together(
        authority=district.authority,
        round=ground.round,
        wishes=[Wish(fresh(world.made["prepared"]).pk, "star-3", "decide")],
        outcome="declined",
        reason=canaries.TEXT,
        actor=district.actor(),
        now=district.now,
    )
    reviewed = district.prepare(world.made["reviewed"], "star-3", "decide")
    reviews.review(decision=reviewed, actor=district.actor(Role.REVIEWER), now=district.now)
    _send_back(world.made["returned"], district)
    reviews.pin_note(
        application=fresh(world.made["submitted"]),
        note=NoteData(canaries.TEXT),
        actor=district.actor(),
        now=district.now,
    )
    _turned_away(world, district)
    applicant = world.made["awarded"].actor.person
    draft = world.made["draft"] = typed(ground, 8, "star-3", now=district.now, odd=True)
    _scanned(draft, bind(draft, now=district.now))
    applications.make_booklet(application=draft.fresh(), actor=draft.actor, now=district.now)
    Job.objects.create(
        kind="canary", key="1", owner_id=applicant, run_after=district.now, created_at=district.now
    )
    file = pdf("upload", 1, district.now)
    Upload.objects.create(
        owner_id=applicant, name="上传.pdf", length=1, offset=1, file=file,
        expires_at=machine_now() + timedelta(days=1), created_at=district.now,
    )  # fmt: skip
    Awaited.objects.create(
        application=draft.application, file=file, name="等待.pdf", material="screenshots",
        added_by_id=draft.actor.person, added_at=district.now,
    )  # fmt: skip
    # The applicant who comes to all doors is one person with all of these but the rival's.
    for name in (*IN_HAND, "turned-away", "appealed", "draft"):
        _join(world.made["awarded"], world.made[name])


def _scanned(made: Made, booklet: Booklet) -> None:
    """A scan of its cover, read, which nobody has taken yet."""
    row = {"file": "扫描.pdf", "page": 1, "kind": "fits", "number": 1, "whose": "", "red": False}
    file = pdf("read scan", 1, made.ground.now)
    reading = ScanReading.objects.create(
        application=booklet.application, booklet=booklet, state="read", file=file,
        found=[{**row, "turned": 2, "index": 0}], brought_by_id=made.actor.person, brought_at=made.ground.now,
    )  # fmt: skip
    ScanPart.objects.create(reading=reading, file=file, name="扫描.pdf")


def _turned_away(world: World, district: Office) -> None:
    """Two that were not accepted, one of them with an appeal that nobody has answered."""
    for n, name in enumerate(("turned-away", "appealed"), 11):
        made = world.made[name] = handed_in(world.ground, n, "star-3", now=district.now)
        reviews.refuse(
            application=fresh(made),
            reason="不在本市",
            clause="一、1",
            actor=district.actor(),
            now=district.now,
        )
    reviews.appeal(
        application=fresh(made),
        text=canaries.TEXT,
        file=pdf("appeal", 1, district.now),
        actor=made.actor,
        now=district.now,
    )


def _amended(world: World, city: Office) -> None:
    """A second edition is released, and announced for a later day."""
    edition = rounds.release_edition(
        source=changed(DATE),
        contacts=None,
        released_by=User.objects.get(pk=city.actor().user_id),
        actor=city.actor(),
        now=city.now,
    )
    reviews.announce_amendment(
        round=world.ground.round,
        after=edition,
        scope="undecided",
        reason="上级延期",
        effective_on=city.now.date() + timedelta(days=3),
        seen=world.ground.round.edition.digest,
        actor=city.actor(),
        now=city.now,
    )


def _people(world: World, newcomer: Actor, office: Office) -> None:
    """A colleague and an invitation at the applicant's, a claim on it, a registration that was refused."""
    ground, first = world.ground, world.made["awarded"]
    colleague = make_user("colleague", office.now)
    Member.objects.create(enterprise=first.enterprise, user=colleague, role="preparer")
    holder = actor_for(User.objects.get(pk=first.actor.user_id))
    invited = registry.invite(
        enterprise=first.enterprise, role="preparer", note="财务", actor=holder, now=office.now
    )
    claim = registry.file_takeover(
        enterprise=first.enterprise,
        reason="left",
        note="",
        username="claimant",
        password="a-long-enough-one",
        person=canaries.CLAIMANT,
        phone=canaries.CLAIMANT_PHONE,
        email="claimant@example.com",
        licence=pdf("claim licence", 1, office.now),
        authorisation=pdf("claim authorisation", 1, office.now),
        now=office.now,
    )
    refused, _actor = register(ground, 10, active=False, planted=False)
    registry.refuse_activation(
        enterprise=refused, reason="授权书没有公章", actor=office.actor(), now=office.now
    )
    Member.objects.create(enterprise=refused, user_id=newcomer.user_id, role="holder")
    member = Member.objects.get(user=colleague)
    world.subjects |= {
        "house": {"uid": first.enterprise.uid, "member": member.pk, "invitation": invited.invitation.pk},
        "invitation": {"token": invited.token},
        "takeover": {"uid": claim.uid, "which": "licence", "page": 1},
        "refused": {"uid": refused.uid},
        "official": {"user": ground.actor(HOME).user_id},
        "seat": {"pk": Membership.objects.get(user=ground.actor(HOME).user_id).pk},
        "stranger": {"user": world.made["awarded"].actor.user_id},
    }


def _proof(made: Made, office: Office) -> None:
    """One more look-up in place of the first, with its proof and with canaries in what was typed."""
    before = LookUp.objects.filter(application=made.application).latest("id")
    reviews.record_look_up(
        application=fresh(made),
        condition=before.condition,
        data=LookUpData(
            found="clear",
            source="信用中国",
            looked_up_on=office.now.date(),
            remark=canaries.TEXT,
            proof=pdf("look-up", 1, office.now),
        ),
        seen=before.pk,
        actor=office.actor(),
        now=office.now,
    )


def _on_paper(made: Made, office: Office) -> None:
    """Its booklet has arrived, brought by somebody who is named nowhere else."""
    reviews.record_arrival(
        application=fresh(made),
        data=ArrivalData(
            version=1, pages=3, copies=1, seals=("enterprise", "seam"), condition="whole",
            brought_by=canaries.BEARER, shelf="B 柜 3 层", arrived_at=office.now,
        ),
        seen=None,
        actor=office.actor(),
        now=office.now,
    )  # fmt: skip


def _ask_to_withdraw(made: Made, office: Office) -> None:
    """A sealed request that nobody has answered, with canaries in what was typed."""
    reviews.ask_to_withdraw(
        application=fresh(made),
        letter=pdf("withdrawal", 1, office.now),
        reason=canaries.TEXT,
        actor=made.actor,
        now=office.now,
    )


def _rosters(world: World) -> None:
    """Entries, one of them claimed elsewhere, a refused row, and the list of the released count."""
    brought(world.ground, xlsx([row(1), row(2), row(3, name="")]), HOME)
    brought(world.ground, xlsx([row(2)]), ABROAD)
    RosterImport.objects.filter(authority__key=ABROAD).delete()
    snapshot = Snapshot.objects.get(authority__key=HOME)
    kept = make_file(code(1).encode(), world.ground.now)
    Snapshot.objects.filter(pk=snapshot.pk).update(digest=kept.sha256)


def _lists(world: World) -> None:
    """A view and a definition of the office, and a list that was exported for all of it."""
    ground, actor = world.ground, world.ground.actor(HOME)
    given = {"round": ground.round, "office": ground.authority(HOME), "actor": actor, "now": ground.now}
    view = lists.save_view(choice=chosen("state=submitted"), name="待受理", **given)
    made = lists.ask_export(
        choice=Choice(), columns=["number", "name", "results"], form="xlsx", reason="", shared=True,
        keep="每周清单", **given,
    )  # fmt: skip
    Worker({KIND: discover()[KIND]}).drain()
    world.subjects |= {
        "view": {"uid": view.uid},
        "export": {"uid": made.uid},
        "definition": {"uid": Definition.objects.get().uid},
    }


def _answers(world: World) -> None:
    """A table of answers, its scan beside it, one row of it refused."""
    ground, actor = world.ground, world.ground.actor(HOME)
    condition = ground.book.outside_checks[1].key
    asked = world.made["submitted"].enterprise
    made = reviews.take_in_answers(
        round=ground.round,
        authority=ground.authority(HOME),
        condition=condition,
        file=make_file(xlsx([[asked.uscc, "没有"], [asked.uscc, "有"]], ("信用代码", "结果")), ground.now),
        name="复函.xlsx",
        data=AnswersData(
            source="发展改革委", answered_on=ground.now.date(), officer=canaries.PERSON,
            proof=pdf("reply", 1, ground.now),
        ),
        actor=actor,
        now=ground.now,
    )  # fmt: skip
    reviews.start_answers(made=made, head=made.head, columns=made.columns, actor=actor, now=ground.now)
    Worker({ANSWERS: discover()[ANSWERS]}).drain()
    check = {"office": HOME, "condition": ground.book.outside_checks[0].key}
    world.subjects |= {"outside-check": check, "answer-sheet": {"office": HOME, "uid": made.uid}}


def _wordings(world: World) -> None:
    """What the district says where it refuses, and its numbers, which are given here."""
    office, actor, now = world.ground.authority(HOME), world.ground.actor(HOME), world.ground.now
    given = {"authority": office, "actor": actor, "now": now}
    texts = {**KINDS["refusal"].defaults, "closing": "有异议的，请向｛发文单位｝提出。"}
    issuing.word(kind="refusal", typed=texts, seen=0, **given)
    issuing.number_here(prefix="历工信评", after=0, **given)
    world.subjects |= {"wording": {"office": HOME, "kind": "refusal"}, "numbers": {"office": HOME}}


def _between(world: World) -> None:
    """A file handed over to another district, and somebody of the city who stands in for a signatory."""
    ground = world.ground
    made = reviews.ask_transfer(
        application=fresh(world.made["submitted"]),
        to=ground.authority(ABROAD),
        reason=canaries.TEXT,
        actor=ground.actor(HOME),
        now=ground.now,
    )
    deputy = registry.name_deputy(
        authority=ground.authority(TOP),
        role=Role.SIGNATORY,
        principal=None,
        deputy=User.objects.get(pk=ground.actor(TOP, Role.READER).user_id),
        first_day=ground.now.date(),
        last_day=ground.now.date() + timedelta(days=30),
        reason="出差",
        actor=ground.actor(TOP, Role.ADMIN),
        now=ground.now,
    )
    case = results.give_notice(
        round=ground.round,
        authority=ground.authority(TOP),
        rule=ground.book.sanctions[0].key,
        subject=world.made["draft"].enterprise,
        programmes=[],
        facts=canaries.TEXT,
        proof=pdf("fraud", 1, ground.now),
        due=ground.now + timedelta(days=30),
        actor=ground.actor(TOP),
        now=ground.now,
    )
    world.subjects |= {"case": {"uid": case.uid}}
    reviews.write_to_all(
        uid=uuid4(),
        round=ground.round,
        authority=ground.authority(HOME),
        whom="all",
        subject="提醒",
        body="请及时补正。",
        actor=ground.actor(HOME),
        now=ground.now,
    )
    Outbox.objects.filter(office=ground.authority(HOME).pk).update(state="failed", error="refused")
    letter = Outbox.objects.filter(state="failed").earliest("id")
    world.subjects |= {"letter": {"pk": letter.pk}}
    world.subjects |= {"transfer": {"uid": made.uid}, "deputy": {"pk": deputy.pk}}


def _join(first: Made, other: Made) -> None:
    """The person of the first enterprise fills in for the other one, too."""
    Member.objects.create(enterprise=other.enterprise, user_id=first.actor.user_id, role="preparer")


def register(
    ground: Ground, n: int, *, active: bool = True, planted: bool = True
) -> tuple[Enterprise, Actor]:
    """An enterprise; where they are planted, its person carries canaries."""
    person, phone, email = PLANTED if planted else PLAIN
    enterprise = registry.register_enterprise(
        uscc=uscc.make(700_000 + n, "370112"),
        name=f"鹤汀{n}号有限公司",
        address=canaries.ADDRESS if planted else "工业北路 1 号",
        authority=ground.authority(HOME),
        username=f"heting-{n}",
        password="a-long-enough-one",
        person=person,
        phone=phone,
        email=email,
        licence=pdf(f"licence {n}", 1, ground.now),
        authorisation=pdf(f"authorisation {n}", 1, ground.now),
        now=ground.now,
    )
    if active:
        registry.activate(enterprise=enterprise, actor=ground.actor(HOME), now=ground.now)
    return enterprise, actor_for(User.objects.get(pk=members_of(enterprise.pk)[0]))


def typed(
    ground: Ground,
    n: int,
    level: str,
    *,
    now: datetime | None = None,
    planted: bool = True,
    odd: bool = False,
) -> Made:
    """A draft that is filled in; where they are planted, canaries in every field that takes any.

    An odd one has bought for a part through its group, and proves it.
    """
    now = now or ground.now
    enterprise, actor = register(ground, n, planted=planted)
    application = applications.create(enterprise=enterprise, round=ground.round, actor=actor, now=now)
    made = Made(ground, application, enterprise, actor)
    fill(made, level=level, now=now)
    if planted:
        _plant(made, now)
    if odd:
        _odd(made, now)
    made.application = made.fresh()
    return made


def _odd(made: Made, now: datetime) -> None:
    given = {"application": made.fresh(), "actor": made.actor, "now": now}
    row = applications.record_invoice(
        data=InvoiceData(
            number="77001100", issued_on=now.date().replace(month=3), net_fen=1_000_00, tax_fen=60_00,
            gross_fen=1_060_00, buyer="泉城集团有限公司", odd=("group",), own_fen=530_00,
            explanation=canaries.TEXT,
        ),
        **given,
    )  # fmt: skip
    attachment = Attachment.objects.filter(application=made.application).order_by("id").first()
    applications.prove_row(row=row, attachment=attachment, first=1, last=1, **given)


def _plant(made: Made, now: datetime) -> None:
    form = made.ground.book.form.fields
    told = {f.key: canaries.BY_KIND[f.kind] for f in form if f.kind in canaries.BY_KIND}
    told |= {f.key: canaries.TEXT for f in form if f.kind == "long_text"}
    known = made.fresh()
    seen = {key: applications.digest(known.answers.get(key, "")) for key in told}
    applications.save_section(application=known, values=told, seen=seen, actor=made.actor, now=now)


def handed_in(ground: Ground, n: int, level: str, *, now: datetime | None = None, **more: Any) -> Made:
    """The same, submitted."""
    now = now or ground.now
    made = typed(ground, n, level, now=now, **more)
    bind(made, now=now)
    applications.submit(application=made.application, actor=made.actor, now=now)
    Worker(discover()).drain()
    return made


def _send_back(made: Made, office: Office) -> None:
    reviews.return_for_correction(
        application=fresh(made),
        defects=[DefectData(place="form:scope", clause="附件1", text="请写清用了哪些云服务。")],
        due=office.now + timedelta(days=5),
        actor=office.actor(),
        now=office.now,
    )


def _return_and_mend(made: Made, office: Office) -> None:
    _send_back(made, office)
    defect = Defect.objects.select_related("of__application").get(of__application=made.application)
    reviews.reply(defect=defect, text=canaries.REPLY, actor=made.actor, now=office.now)
    now = made.fresh()
    seen = applications.digest(now.answers["scope"])
    text = f"改过了。{canaries.TEXT}"
    applications.save_answer(
        application=now, field="scope", raw=text, seen=seen, actor=made.actor, now=office.now
    )
    made.application = made.fresh()
    bind(made, now=office.now)
    applications.submit(application=made.application, actor=made.actor, now=office.now)


def _publish(world: World, city: Office) -> Notice:
    return results.publish_notice(
        round=world.ground.round, authority=city.authority, actor=city.actor(), now=city.now
    )


def _object(notice: Notice, name: str) -> Objection:
    line = NoticeLine.objects.select_related("notice__round__edition", "application").get(notice=notice)
    return results.raise_objection(
        line=line,
        name=canaries.OBJECTOR,
        contact=canaries.OBJECTOR_PHONE,
        text=canaries.OBJECTION,
        channel="online",
        actor=ANONYMOUS,
        file=pdf(f"proof {name}", 1, notice.opens),
        now=notice.opens,
    )


def _sign_in(world: World, people: dict[str, Actor]) -> None:
    world.cookies["nobody"] = SimpleCookie()
    for visitor, actor in people.items():
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        world.cookies[visitor] = client.cookies


def _bundle(report: Report, ground: Ground) -> HandOver:
    """The bundle of a report, as its job would have left it."""
    return HandOver.objects.create(
        report=report,
        asked_by_id=ground.actor(HOME).person,
        asked_at=ground.now,
        ended_at=ground.now,
        expires_at=ground.now + timedelta(days=7),
        file=make_file(b"bundle", ground.now),
    )


def _subjects(world: World) -> None:
    """The values of the addresses' parameters for everything that a row of the table may name."""
    ground = world.ground
    _confirmed(world)
    for name, made in world.made.items():
        world.subjects[name] = _application(made)
    sent, draft = Report.objects.order_by("id").first(), Report.objects.get(sent_at=None)
    bundle = _bundle(sent, ground)
    over, running = Notice.objects.order_by("seq")
    for name, notice in (("notice", running), ("over", over)):
        line = NoticeLine.objects.get(notice=notice)
        world.subjects[name] = {"uid": notice.uid, "line": line.pk, "which": "notice"}
    world.subjects |= {
        "-": {},
        "sent": {"uid": sent.uid, "which": "paper", "page": 1, "bundle": bundle.uid, "none": uuid4()},
        "in-hand": {"uid": draft.uid, "which": "table", "page": 1, "bundle": bundle.uid},
        "objection": {"uid": Objection.objects.get(decided_at=None).uid},
        "announcement": {"uid": Announcement.objects.get().uid},
        "registration": {"uid": world.newcomer.uid, "which": "licence", "page": 1},
        "round": {
            "uid": ground.round.uid,
            "stage": ground.book.windows[0].key,
            "scope": HOME,
            "deadline": ground.book.reports[0].deadline,
        },
        "amended": {"uid": ground.round.uid, "amendment": Amendment.objects.get().uid},
        "all": {"uid": ground.round.uid, "stage": ground.book.windows[0].key, "scope": "all"},
        "roster": {"key": HOME, "authority": HOME, "year": ground.round.year},
        "roster-load": {"key": HOME, "uid": RosterImport.objects.get().uid},
        "roster-entry": {"key": HOME, "pk": RosterEntry.objects.get(uscc=code(1), authority__key=HOME).pk},
        "roster-claim": {"code": code(2)},
        "edition": {"digest": ground.book.digest[:12]},
        "programme": {"programme": ground.book.key},
        "figures": {"table": "places", "form": "csv", "programme": ground.book.key},
        "ranking": {"office": HOME, "kind": "decide", "level": "star-3"},
        "bulk": {"uid": Bulk.objects.get().uid},
        "title": {"verification": Title.objects.get().verification},
        "look-up": {
            "uid": world.made["settled"].application.uid,
            "pk": LookUp.objects.filter(sheet=None).exclude(proof=None).get().pk,
        },
        "arrived": {
            "uid": world.made["settled"].application.uid,
            "pk": Arrival.objects.get().pk,
        },
        "minutes": {"pk": Decision.objects.exclude(minutes=None).order_by("id").first().minutes_id},
        "job": {"job_id": Job.objects.get(kind="canary").pk},
        "upload": {"uuid": Upload.objects.get().uuid},
        "nothing": {
            "uid": NOBODY,
            "pk": 0,
            "which": "nothing",
            "page": 1,
            "condition": "nothing",
            "amendment": NOBODY,
            "token": "nothing",
            "table": "nothing",
            "form": "csv",
        },
    }


def _confirmed(world: World) -> None:
    """Contracts that do not say cloud, of applications that are not filled in any more.

    The provider of one has confirmed it, that of the other is still asked.
    """
    now = world.ground.now
    done = _asked(world.made["turned-away"], now)
    person, phone = canaries.CONFIRMER, canaries.CONFIRMER_PHONE
    answer = Answer(confirmed=True, person=person, post="经理", phone=phone, network="198.51.100.9")
    evidence.take_answer(confirmation=done.confirmation, answer=answer, now=now)
    contract = Contract.objects.get(dossier=done.confirmation.dossier_id, says_cloud=False)
    handed_in = Submission.objects.filter(application=world.made["turned-away"].application).latest("id")
    handed_in.facts["contracts"].append(freeze_contract(contract))
    Submission.objects.filter(pk=handed_in.pk).update(facts=handed_in.facts)
    waiting = _asked(world.made["submitted"], now)
    world.subjects |= {
        "confirm": {"token": waiting.token, "asked": waiting.confirmation.uid},
        "confirmed": {"token": done.token},
    }


def _asked(made: Made, now: datetime) -> evidence.Asked:
    """A contract that does not say cloud, its provider asked."""
    data = ContractData(
        number="QP-002", title="数据采集", seller="泉畔云数据服务有限公司",
        seller_uscc=uscc.make(900_001, "370100"),
        signed_on=now.date(), amount_fen=100, deployment=made.ground.book.deployments[0].key,
        says_cloud=False,
    )  # fmt: skip
    dossier = made.application.dossier
    told = {"applicant": made.enterprise.name, "applicant_uscc": made.enterprise.uscc, "number": data.number,
            "title": data.title, "signed_on": now.date().isoformat(), "starts_on": "", "ends_on": "",
            "amount_fen": 100, "deployment": data.deployment, "services": "云服务器"}  # fmt: skip
    return evidence.ask(
        dossier=dossier,
        contract=record_contract(dossier=dossier, data=data, now=now),
        told=told,
        address=canaries.CONFIRMER_ADDRESS,
        person=made.actor.person,
        network="192.0.2.7",
        now=now,
    )


def _application(made: Made) -> dict[str, object]:
    """Everything that hangs on one application."""
    application = Application.objects.get(pk=made.application.pk)
    attachment = Attachment.objects.filter(application=application).order_by("id").first()
    contract = Contract.objects.filter(dossier=application.dossier).first()
    unsaid = Contract.objects.filter(dossier=application.dossier, says_cloud=False).first()
    invoice = Invoice.objects.filter(dossier=application.dossier, odd=[]).first()
    payment = Payment.objects.filter(dossier=application.dossier).first()
    claim = Claim.objects.filter(application=application).order_by("id").first()
    defect = Defect.objects.filter(of__application=application).first()
    decision = Decision.objects.filter(application=application).order_by("id").first()
    odd = Invoice.objects.filter(dossier=application.dossier).exclude(odd=[]).first()
    finding = Finding.objects.filter(dossier=application.dossier, gone_at=None, status="open").first()
    note = Note.objects.filter(application=application).first()
    letter = papers(application.stream, "return_notice").first()
    row_page = RowPage.objects.filter(application=application).first()
    scan = ScanReading.objects.filter(application=application).first()
    awaited = Awaited.objects.filter(application=application).first()
    return {
        "awaited": awaited.pk if awaited else 0,
        "reading": scan.uid if scan else NOBODY,
        "uid": application.uid,
        "id": application.pk,
        "odd": odd.uid if odd else NOBODY,
        "finding": finding.pk if finding else 0,
        "note": note.pk if note else 0,
        "none": 0,
        "unsaid": unsaid.uid if unsaid else NOBODY,
        "row-page": row_page.pk if row_page else 0,
        "row": attachment.uid,
        "file": attachment.uid,
        "contract": contract.uid,
        "invoice": invoice.uid,
        "payment": payment.uid,
        "domain": claim.domain,
        "proof": ClaimPage.objects.filter(claim=claim).first().pk,
        "page": 1,
        "defect": defect.pk if defect else 0,
        "pk": decision.pk if decision else 0,
        "section": made.ground.book.form.sections[0].key,
        "which": "book",
        "paper": letter.uid if letter else NOBODY,
        "condition": made.ground.book.outside_checks[0].key,
    }


def message_of(world: World) -> int:
    """A message of the applicant."""
    return Message.objects.filter(user_id=world.made["awarded"].actor.user_id).first().pk
