"""Many applications at once, straight into the tables: for counting queries, never for judging acts."""

from datetime import timedelta

from tests.factories.ground import Ground

from xingyun.applications.models import Application
from xingyun.applications.states import State
from xingyun.evidence.models import Dossier
from xingyun.registry.models import Authority, Enterprise
from xingyun.registry.states import EnterpriseState
from xingyun.reviews.models import Decision, Report
from xingyun.reviews.states import Outcome, ReportState
from xingyun.rulebook import uscc


def crowd(
    ground: Ground, key: str, n: int, *, state: State = State.ACCEPTED, level: str = ""
) -> list[Application]:
    """`n` applications of as many enterprises of an authority, all in `state`."""
    authority = Authority.objects.get(key=key)
    start = Enterprise.objects.count() + 50_000
    companies = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=uscc.make(start + i, "370100"),
            name=f"泉畔精工{start + i}号有限公司",
            authority=authority,
            state=EnterpriseState.ACTIVE,
            created_at=ground.now,
        )
        for i in range(n)
    )
    dossiers = Dossier.objects.bulk_create(Dossier(enterprise=e, round=ground.round) for e in companies)
    return Application.objects.bulk_create(
        Application(
            number=f"{key}-{start + i}",
            round=ground.round,
            edition=ground.round.edition,
            enterprise=company,
            authority=authority,
            holder=authority,
            dossier=dossier,
            state=state,
            level=level or ground.book.levels[0].key,
            spend_fen=i * 100,
            created_at=ground.now,
            submitted_at=ground.now + timedelta(seconds=i),
        )
        for i, (company, dossier) in enumerate(zip(companies, dossiers, strict=True))
    )


def decided(applications: list[Application], ground: Ground, preparer: int) -> list[Decision]:
    """A prepared decision on each that holds no place."""
    level = ground.book.levels[0]
    return Decision.objects.bulk_create(
        Decision(
            application=application,
            authority=application.holder,
            level=level.key,
            rank=level.rank,
            kind="decide",
            outcome=Outcome.NO_PLACE,
            reason="名额所限",
            prepared_by_id=preparer,
            prepared_at=ground.now,
        )
        for application in applications
    )


def reports(ground: Ground, key: str, n: int, preparer: int) -> list[Report]:
    """`n` reports that came to the authority above."""
    authority = Authority.objects.select_related("parent").get(key=key)
    start = Report.objects.filter(authority=authority).count()
    return Report.objects.bulk_create(
        Report(
            round=ground.round,
            authority=authority,
            recipient=authority.parent,
            seq=start + i,
            state=ReportState.RECEIVED,
            prepared_by_id=preparer,
            prepared_at=ground.now,
            sent_at=ground.now,
        )
        for i in range(1, n + 1)
    )
