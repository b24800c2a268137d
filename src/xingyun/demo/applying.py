"""An invented enterprise applies, by the same acts that a person would use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xingyun.accounts.models import User
from xingyun.applications import actions, queries
from xingyun.applications.models import Application, Attachment
from xingyun.demo import evidence, names
from xingyun.demo.answers import answers
from xingyun.demo.names import Invented
from xingyun.demo.offices import PASSWORD, Offices
from xingyun.evidence.actions import ContractData, InvoiceData
from xingyun.jobs.registry import urgent
from xingyun.jobs.worker import Worker
from xingyun.registry import actions as registry
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority, Enterprise
from xingyun.registry.queries import actor_for, members_of
from xingyun.rounds.models import Round
from xingyun.rulebook.schema.materials import Slot


@dataclass
class Applicant:
    """An invented enterprise with its first person."""

    who: Invented
    enterprise: Enterprise
    actor: Actor


def register(
    offices: Offices, authority: Authority, n: int, now: datetime, *, active: bool = True
) -> Applicant:
    """Register the n-th invented enterprise with an authority, and let it be activated."""
    division = authority.code or offices.top.code or "000000"
    who = names.applicant(n, offices.top.name.rstrip("市"), division)
    enterprise = registry.register_enterprise(
        uscc=who.uscc,
        name=who.name,
        address=f"{authority.name}工业北路 {n % 200 + 1} 号",
        authority=authority,
        username=f"qiye{n:02d}",
        password=PASSWORD,
        person=who.person,
        phone=who.phone,
        email=f"qiye{n:02d}@example.com",
        licence=evidence.licence(who.name, who.uscc, who.person, authority.name, now),
        authorisation=evidence.authorisation(who.name, who.person, now),
        now=now,
    )
    if active:
        registry.activate(enterprise=enterprise, actor=offices.actor(authority), now=now + timedelta(hours=1))
    actor = actor_for(User.objects.get(pk=members_of(enterprise.pk)[0]))
    return Applicant(who, enterprise, actor)


def known(enterprise: Enterprise) -> Applicant:
    """An enterprise that registered before, with its first person."""
    n = Enterprise.objects.filter(pk__lte=enterprise.pk).count()
    who = Invented(n=n, uscc=enterprise.uscc, name=enterprise.name, person="林知远", phone="0531-66600077")
    return Applicant(who, enterprise, actor_for(User.objects.get(pk=members_of(enterprise.pk)[0])))


def begin(applicant: Applicant, round: Round, now: datetime) -> Application:
    """Begin an application."""
    return actions.create(enterprise=applicant.enterprise, round=round, actor=applicant.actor, now=now)


def fill_form(
    offices: Offices,
    applicant: Applicant,
    application: Application,
    *,
    level: str,
    deployments: Sequence[str],
    now: datetime,
    part: float = 1.0,
) -> None:
    """Fill in the form, or the first `part` of it."""
    typed = answers(
        offices.book, applicant.enterprise, applicant.who, level=level, deployments=tuple(deployments)
    )
    keys = list(typed)[: round_up(len(typed) * part)]
    stored = application.answers
    actions.save_section(
        application=application,
        values={key: typed[key] for key in keys},
        seen={key: actions.digest(stored.get(key, "")) for key in keys},
        actor=applicant.actor,
        now=now,
    )


def round_up(value: float) -> int:
    """The next whole number."""
    return -int(-value // 1)


def fill_ledger(
    offices: Offices,
    applicant: Applicant,
    application: Application,
    *,
    until: date,
    cloud: bool,
    now: datetime,
) -> None:
    """One contract with an invoice inside the window, and what the audit report says of it."""
    seller = names.provider(applicant.who.n, offices.top.code)
    net = sum(item.net_fen for item in evidence.ITEMS)
    tax = sum(item.tax_fen for item in evidence.ITEMS)
    signed = date(until.year, 3, 16)
    contract = actions.record_contract(
        application=application,
        data=ContractData(
            number=evidence.number_of(applicant.enterprise, signed),
            title="云服务采购合同" if cloud else "信息系统运维合同",
            seller=seller.name,
            seller_uscc=seller.uscc,
            signed_on=signed,
            starts_on=signed,
            ends_on=date(until.year + 1, 3, 15),
            amount_fen=net + tax,
            deployment=offices.book.deployments[0].key,
            says_cloud=cloud,
        ),
        actor=applicant.actor,
        now=now,
    )
    actions.record_invoice(
        application=application,
        data=InvoiceData(
            contract=contract,
            code="037002000111",
            number=f"{applicant.who.n:08d}",
            issued_on=date(until.year, 4, 2),
            net_fen=net,
            tax_fen=tax,
            gross_fen=net + tax,
            seller=seller.name,
        ),
        actor=applicant.actor,
        now=now,
    )
    actions.state_audited_total(application=application, fen=net + tax, actor=applicant.actor, now=now)


def upload_evidence(
    offices: Offices, applicant: Applicant, application: Application, *, cloud: bool, now: datetime
) -> list[Attachment]:
    """A file for every slot that this application needs; an explicit "none" for what need not be there."""
    seller = names.provider(applicant.who.n, offices.top.code)
    made = []
    for slot in _needed(offices, application):
        name, file = evidence.for_slot(applicant.enterprise, applicant.who, slot, seller, cloud, now)
        made.append(
            actions.attach(
                application=application,
                file=file,
                name=name,
                material=slot.key,
                actor=applicant.actor,
                now=now,
            )
        )
    for material in offices.book.materials:
        if material.need == "if_any" and material.key not in {a.material for a in made}:
            actions.declare_absent(
                application=application, material=material.key, absent=True, actor=applicant.actor, now=now
            )
    return made


def _needed(offices: Offices, application: Application) -> list[Slot]:
    """The slots that the rulebook still misses, as the side panel would name them."""
    missing = {
        f.where[1]
        for f in queries.verdict(application, application.created_at).findings
        if f.kind == "missing" and f.where[:1] == ("material",)
    }
    return [slot for slot in offices.book.slots if slot.key in missing]


def claim_domains(
    offices: Offices,
    applicant: Applicant,
    application: Application,
    files: Sequence[Attachment],
    now: datetime,
) -> None:
    """Claim every third domain or so and prove it by a page."""
    proofs = [a for a in files if a.file.pages]
    for n, domain in enumerate(offices.book.domains):
        if (n + applicant.who.n) % 3 or not proofs:
            continue
        proof = proofs[n % len(proofs)]
        actions.claim(application=application, domain=domain.key, on=True, actor=applicant.actor, now=now)
        actions.prove(
            application=application,
            domain=domain.key,
            attachment=proof,
            first=1,
            last=1,
            actor=applicant.actor,
            now=now,
        )


def bought_by_the_group(
    offices: Offices, applicant: Applicant, application: Application, proof: Attachment, now: datetime
) -> None:
    """One more invoice, made out to the group, of which half is the applicant's own."""
    seller = names.provider(applicant.who.n, offices.top.code)
    row = actions.record_invoice(
        application=application,
        data=InvoiceData(
            code="037002000111",
            number=f"9{applicant.who.n:07d}",
            issued_on=date(now.year, 6, 8),
            net_fen=12_000_000,
            tax_fen=720_000,
            gross_fen=12_720_000,
            seller=seller.name,
            buyer=f"{applicant.enterprise.name[:4]}控股集团有限公司",
            odd=("group",),
            own_fen=6_360_000,
            explanation="集团统一签约采购云主机，按用量分摊，本单位占一半，分摊表见证明。",
        ),
        actor=applicant.actor,
        now=now,
    )
    actions.prove_row(
        application=application, row=row, attachment=proof, first=1, last=1, actor=applicant.actor, now=now
    )


def hand_in(applicant: Applicant, application: Application, now: datetime) -> None:
    """Make the booklet, scan it stamped, submit."""
    booklet = actions.make_booklet(application=application, actor=applicant.actor, now=now)
    Worker(urgent()).drain()
    booklet.refresh_from_db()
    assert booklet.file is not None, booklet.error
    scan = evidence.stamped_scan(booklet, applicant.enterprise, now)
    actor = applicant.actor
    reading = actions.bring_scan(
        application=application, file=scan, name="盖章扫描件.pdf", actor=actor, now=now
    )
    Worker(urgent()).drain()
    actions.take_scan(application=application, scan=reading.uid, placed={}, actor=actor, now=now)
    Worker(urgent()).drain()
    application.refresh_from_db()
    actions.submit(application=application, actor=applicant.actor, now=now)
