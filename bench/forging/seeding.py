"""Drafts made real: rows, files, readings by the real readers; then every check on every application."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bench.forging.drafts import Bill, Draft
from bench.forging.papers import papers
from xingyun.accounts.models import User
from xingyun.applications.models import Application, Attachment
from xingyun.applications.queries.subject import long_texts, subject
from xingyun.applications.states import State
from xingyun.clock import ZONE
from xingyun.documents.evidence_reading import read
from xingyun.documents.evidence_reading.as_json import as_json
from xingyun.documents.page_looks.look import looks
from xingyun.evidence import actions as evidence
from xingyun.evidence.actions import ContractData, InvoiceData
from xingyun.evidence.checks import run_all
from xingyun.evidence.models import Contract, Dossier, Invoice
from xingyun.files import actions as files
from xingyun.files.kinds import for_booklet
from xingyun.files.models import File
from xingyun.registry.models import Authority, Enterprise, Provider, Sanction
from xingyun.registry.states import EnterpriseState
from xingyun.rounds.models import Round
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import RoundState

SECONDS = 60.0


@dataclass
class Outcome:
    """What the checks said: of planted ones by kind (found, planted), of honest ones by check."""

    found: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: Counter[str] = field(default_factory=Counter)
    alarmed: set[int] = field(default_factory=set)
    honest: int = 0
    examples: list[str] = field(default_factory=list)


def seed(
    drafts: Sequence[Draft], round: Round, authority: Authority, now: datetime, fonts: Sequence[Path]
) -> list[Application]:
    """Write all of them, handed in, their files read."""
    user = User.objects.order_by("id")[0]
    before = _earlier(round)
    with tempfile.TemporaryDirectory(prefix="xingyun-forged-") as folder:
        return [_one(draft, round, before, authority, user, now, Path(folder), fonts) for draft in drafts]


def check(drafts: Sequence[Draft], applications: Sequence[Application], now: datetime) -> Outcome:
    """All prints first, as in the course of a round, then every check on every application."""
    out = Outcome()
    for one in applications:
        evidence.keep_prints(dossier=one.dossier, texts=long_texts(one))
    for draft, one in zip(drafts, applications, strict=True):
        told = [(check.key, found.words.zh) for check, found in run_all(subject(one, now))]
        _count(out, draft, told)
    return out


def _count(out: Outcome, draft: Draft, told: list[tuple[str, str]]) -> None:
    keys = {key for key, _words in told}
    if draft.expected:
        out.planted[draft.planted] += 1
        hit = bool(keys & draft.expected)
        out.found[draft.planted] += hit
        if not hit:
            out.missed.append(f"{draft.n} {draft.planted}: {told}")
    elif not draft.planted:
        out.honest += 1
        out.false.update(keys)
        if keys:
            out.alarmed.add(draft.n)
            out.examples += [f"{draft.n} {key}: {words}" for key, words in told]


def _earlier(round: Round) -> Round:
    return Round.objects.create(
        programme=round.programme,
        edition=round.edition,
        authority=round.authority,
        year=round.year - 1,
        number=9,
        state=RoundState.CLOSED,
        opened_at=round.opened_at,
        closed_at=round.opened_at,
    )


def _one(
    draft: Draft,
    round: Round,
    before: Round,
    authority: Authority,
    user: User,
    now: datetime,
    folder: Path,
    fonts: Sequence[Path],
) -> Application:
    enterprise = Enterprise.objects.create(
        uscc=draft.own.uscc,
        name=draft.own.name,
        authority=authority,
        state=EnterpriseState.ACTIVE,
        created_at=now,
    )
    dossier = evidence.open_dossier(enterprise=enterprise, round=round)
    _ledger(draft, dossier, draft.bills, now)
    if draft.earlier:
        _ledger(draft, evidence.open_dossier(enterprise=enterprise, round=before), draft.earlier, now)
    evidence.state_audited_total(dossier=dossier, fen=draft.audited_fen)
    _sanction(draft, enterprise, now)
    text = next(f.key for f in rulebook_of(round.edition).form.fields if f.kind == "long_text")
    application = Application.objects.create(
        number=f"forged-{draft.n}",
        round=round,
        edition=round.edition,
        enterprise=enterprise,
        authority=authority,
        holder=authority,
        dossier=dossier,
        state=State.SUBMITTED,
        answers={text: draft.text},
        created_at=now,
        submitted_at=now + timedelta(seconds=draft.n),
    )
    made = list(_files(draft, folder, fonts, now))
    Attachment.objects.bulk_create(
        Attachment(
            application=application,
            file=file,
            name=name,
            material=slot,
            position=n,
            added_by=user,
            added_at=now,
        )
        for n, (slot, name, file) in enumerate(made, 1)
    )
    return application


def _files(
    draft: Draft, folder: Path, fonts: Sequence[Path], now: datetime
) -> Iterator[tuple[str, str, File]]:
    for paper in papers(draft, folder, fonts):
        kind = for_booklet(paper.path)
        fresh = files.store(source=paper.path, now=now, kind=kind.kind, pages=kind.pages)
        # In this process: what is measured is what is found, not how processes begin.
        data = as_json(read(paper.path))
        evidence.keep_reading(file=fresh, data=data, looks=looks(paper.path, SECONDS), now=now)
        paper.path.unlink()
        yield paper.slot, paper.name, fresh


def _ledger(draft: Draft, dossier: Dossier, bills: Sequence[Bill], now: datetime) -> None:
    contract = evidence.record_contract(
        dossier=dossier,
        data=ContractData(
            number=draft.contract,
            title="云服务采购合同",
            seller=draft.typed_seller,
            seller_uscc="" if draft.contract_seller else draft.seller.uscc,
            signed_on=draft.signed,
            amount_fen=draft.amount_fen,
            deployment=rulebook_of(dossier.round.edition).deployments[0].key,
            says_cloud=True,
        ),
        now=now,
    )
    for bill in bills:
        _invoice(bill, dossier, contract, now)


def _invoice(bill: Bill, dossier: Dossier, contract: Contract, now: datetime) -> Invoice:
    facts = bill.facts
    values = {
        "code": facts.code,
        "number": facts.number,
        "issued_on": datetime.fromisoformat(facts.issued_on).date(),
        "net_fen": facts.net_fen,
        "tax_fen": facts.tax_fen,
        "gross_fen": facts.gross_fen,
        **bill.typed,
    }
    return evidence.record_invoice(dossier=dossier, data=InvoiceData(contract=contract, **values), now=now)


def _sanction(draft: Draft, enterprise: Enterprise, now: datetime) -> None:
    if not draft.listed:
        return
    given = {
        "scope": "失信联合惩戒",
        "valid_from": now.astimezone(ZONE).date() - timedelta(days=100),
        "reason": "虚开发票",
    }
    if draft.listed == "enterprise":
        Sanction.objects.create(enterprise=enterprise, **given)
        return
    name = draft.typed_seller
    if draft.listed == "brackets":
        name = name.replace("（", "(").replace("）", ")")
    code = draft.seller.uscc if draft.listed == "code" else f"9137010{draft.n:011d}"
    provider, _made = Provider.objects.get_or_create(
        uscc=code, defaults={"name": name if draft.listed != "code" else f"{name}（旧名）"}
    )
    Sanction.objects.create(provider=provider, **given)
