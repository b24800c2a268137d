"""The queue and the laid-out application: the same number of queries whatever there is to show."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import Made, make_application, pdf
from tests.factories.ground import Ground

from xingyun.applications import queries
from xingyun.applications.models import Application, Attachment, Claim, ClaimPage
from xingyun.applications.queries import Filters
from xingyun.applications.states import State
from xingyun.evidence.models import Dossier, Invoice
from xingyun.registry.models import Enterprise
from xingyun.rulebook import uscc

QUEUE_QUERIES = 1
WORKSPACE_QUERIES = 13


def many(ground: Ground, how_many: int, now: datetime, authority: str = "licheng") -> None:
    """Rows of submitted applications, two at each second."""
    office = ground.authority(authority)
    enterprises = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=uscc.make(900_000 + n, "370112"),
            name=f"云程{n}有限公司",
            pinyin=f"yuncheng{n}",
            authority=office,
            state="active",
            created_at=now,
        )
        for n in range(how_many)
    )
    dossiers = Dossier.objects.bulk_create(Dossier(enterprise=e, round=ground.round) for e in enterprises)
    Application.objects.bulk_create(
        Application(
            number=f"X-{n:05d}",
            round=ground.round,
            edition=ground.round.edition,
            enterprise=enterprise,
            authority=office,
            holder=office,
            dossier=dossier,
            state=State.ACCEPTED if n % 5 == 0 else State.SUBMITTED,
            level="star-3" if n % 2 else "star-4",
            created_at=now,
            submitted_at=now + timedelta(seconds=n // 2),
        )
        for n, (enterprise, dossier) in enumerate(zip(enterprises, dossiers, strict=True))
    )


@pytest.mark.parametrize("item_count", [10, 1000])
def test_the_queue_costs_one_query(ground: Ground, now: datetime, item_count: int) -> None:
    many(ground, item_count, now)
    actor = ground.actor("licheng")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = queries.queue(actor, Filters(round_id=ground.round.pk))
        assert [(a.enterprise.name, a.authority.name, a.holder.name) for a in page.rows]
    assert len(captured) == QUEUE_QUERIES
    assert len(page.rows) == min(item_count, 50)


def test_page_after_page_shows_each_once_in_order(ground: Ground, now: datetime) -> None:
    many(ground, 121, now)
    actor, seen, after = ground.actor("licheng"), [], ""
    while True:
        page = queries.queue(actor, Filters(after=after))
        seen += [(a.submitted_at, a.pk) for a in page.rows]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 121
    assert seen == sorted(seen, reverse=True)


def test_filters_narrow(ground: Ground, now: datetime) -> None:
    many(ground, 20, now)
    actor = ground.actor("licheng")

    def found(**narrow: object) -> int:
        return len(queries.queue(actor, Filters(**narrow)).rows)  # type: ignore[arg-type]

    assert found(states=[State.ACCEPTED]) == 4
    assert found(level="star-3") == 10
    assert found(text="云程13") == 1
    assert found(text="yuncheng1") == 11
    assert found(text="X-00007") == 1
    assert found(text="没有这家") == 0
    assert found(authority_id=ground.authority("lixia").pk) == 0
    assert found(after="nonsense|3") == 20
    assert found(after="x") == 20


def test_an_office_does_not_find_what_is_not_its_own(ground: Ground, now: datetime) -> None:
    many(ground, 5, now)
    assert not queries.queue(ground.actor("lixia"), Filters()).rows


def test_counts_by_state(ground: Ground, now: datetime) -> None:
    many(ground, 10, now)
    office = ground.authority("licheng")
    with CaptureQueriesContext(connection) as captured:
        counted = queries.counts_by_state(office, ground.round)
    assert len(captured) == 1
    assert (counted[State.SUBMITTED], counted[State.ACCEPTED], counted[State.AWARDED]) == (8, 2, 0)


@pytest.mark.parametrize("item_count", [10, 1000])
def test_the_workspace_costs_the_same_whatever_is_in_it(
    ground: Ground, now: datetime, item_count: int
) -> None:
    made = make_application(ground, authority="licheng")
    crowd(made, item_count, now)
    application = made.fresh()
    with CaptureQueriesContext(connection) as captured:
        space = queries.workspace(application, now)
        assert space.window is not None
        for material in space.materials:
            assert all(a.file.sha256 for a in material.attachments)
        assert all(page.attachment.name for claim in space.claims.values() for page in claim.pages)
        assert all(invoice.contract_id is None or invoice.contract for invoice in space.ledger.invoices)
    assert len(captured) == WORKSPACE_QUERIES
    assert len(space.ledger.invoices) > item_count


def crowd(made: Made, how_many: int, now: datetime) -> None:
    """Many files, pages and invoices."""
    application, user = made.application, made.actor.person
    file = pdf("many", how_many, now)
    attachments = Attachment.objects.bulk_create(
        Attachment(
            application=application,
            file=file,
            name=f"{n}.pdf",
            material="other",
            position=n,
            added_by_id=user,
            added_at=now,
        )
        for n in range(1, how_many + 1)
    )
    claim = Claim.objects.filter(application=application).first()
    ClaimPage.objects.bulk_create(
        ClaimPage(claim=claim, attachment=attachment, first=1, last=1) for attachment in attachments
    )
    Invoice.objects.bulk_create(
        Invoice(
            dossier=application.dossier,
            number=str(n),
            issued_on=now.date(),
            net_fen=1,
            tax_fen=0,
            gross_fen=1,
            created_at=now,
        )
        for n in range(how_many)
    )


def test_history_tells_the_way(ground: Ground) -> None:
    made = make_application(ground, state=State.ACCEPTED)
    assert [step.act for step in queries.history(made.application)] == ["begin", "submit", "accept"]
