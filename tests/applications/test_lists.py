"""The queue and the laid-out application: the same number of queries whatever there is to show."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import Made, make_application, pdf
from tests.factories.ground import Ground

from xingyun.applications import queries
from xingyun.applications.models import Application, Attachment, Claim, ClaimPage
from xingyun.applications.queries import OLDEST, Filters, lists
from xingyun.applications.states import AFTER_REPORT, State
from xingyun.evidence.models import Dossier, Invoice
from xingyun.registry import actions as registry
from xingyun.registry.models import Enterprise, SearchText
from xingyun.rulebook import uscc

QUEUE_QUERIES = 1
PLACE_QUERIES = 2
WORKSPACE_QUERIES = 13


def many(ground: Ground, how_many: int, now: datetime, authority: str = "licheng", first: int = 0) -> None:
    """Rows of submitted applications, two at each second."""
    office = ground.authority(authority)
    enterprises = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=uscc.make(900_000 + n, "370112"),
            name=f"云程{n}有限公司",
            pinyin=f"yun cheng {n} you xian gong si",
            authority=office,
            state="active",
            created_at=now,
        )
        for n in range(first, first + how_many)
    )
    registry.make_findable(enterprises=enterprises)
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
        for n, (enterprise, dossier) in enumerate(zip(enterprises, dossiers, strict=True), first)
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
    assert found(text="x-0001") == 10
    assert found(text="没有这家") == 0
    assert found(authority_id=ground.authority("lixia").pk) == 0
    assert found(after="nonsense|3") == 20
    assert found(after="x") == 20


def test_an_office_does_not_find_what_is_not_its_own(ground: Ground, now: datetime) -> None:
    many(ground, 5, now)
    assert not queries.queue(ground.actor("lixia"), Filters()).rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鹤汀", True),
        ("汀精", True),
        ("鹤 汀", True),
        ("鹤精", False),
        ("精密机械有限公司", True),
        ("机械有限公司城", False),
        ("htjm", True),
        ("HT", True),
        ("jmjx", True),
        ("hj", False),
        ("heting", True),
        ("tingjing", True),
        ("heding", False),
        ("（北方）", True),
        ("a3", True),
        ("𠮷", False),
        ("𠮷a", True),
        ("鹤", False),
        ("%%", False),
        ("_鹤", False),
    ],
)
def test_an_enterprise_is_found_by_what_one_remembers(
    ground: Ground, now: datetime, text: str, expected: bool
) -> None:
    many(ground, 12, now)
    one = Enterprise.objects.order_by("id").last()
    assert one is not None
    one.name, one.pinyin = (
        "鹤汀精密机械有限公司（北方）𠮷A3",
        "he ting jing mi ji xie you xian gong si bei fang ji",
    )
    one.save()
    registry.make_findable(enterprises=[one])
    found = queries.queue(ground.actor("licheng"), Filters(text=text)).rows
    assert [a.enterprise_id for a in found] == ([one.pk] if expected else [])


def test_by_its_code_or_a_part_of_it(ground: Ground, now: datetime) -> None:
    many(ground, 12, now)
    one = Enterprise.objects.order_by("id").last()
    assert one is not None
    for part in (one.uscc, one.uscc.lower(), one.uscc[-9:]):
        found = queries.queue(ground.actor("licheng"), Filters(text=part)).rows
        assert [a.enterprise_id for a in found] == [one.pk], part
    assert len(queries.queue(ground.actor("licheng"), Filters(text=one.uscc[:4])).rows) == 12


@pytest.mark.parametrize("item_count", [10, 1000])
@pytest.mark.parametrize(("text", "queries_asked"), [("云程", 2), ("yc", 2), ("有限", 2), ("X-0", 3)])
def test_a_search_costs_as_much_whatever_it_finds(
    ground: Ground, now: datetime, item_count: int, text: str, queries_asked: int
) -> None:
    many(ground, item_count, now)
    actor = ground.actor("licheng")
    with CaptureQueriesContext(connection) as captured:
        page = queries.queue(actor, Filters(round_id=ground.round.pk, text=text))
    assert len(captured) == queries_asked
    assert len(page.rows) == min(item_count, 50)


def test_what_most_are_called_is_found_page_by_page_too(
    ground: Ground, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xingyun.applications.queries.searching.FEW", 3)
    many(ground, 70, now)
    actor = ground.actor("licheng")
    for text in ("有限公司", "X-000"):
        first = queries.queue(actor, Filters(text=text))
        rest = queries.queue(actor, Filters(text=text, after=first.after))
        assert (len(first.rows), len(rest.rows), rest.after) == (50, 20, "")


def test_what_is_renamed_or_gone_is_not_found_any_more(ground: Ground, now: datetime) -> None:
    many(ground, 3, now)
    actor, one = ground.actor("licheng"), Enterprise.objects.order_by("id").last()
    assert one is not None
    one.name = "晴川软件有限公司"
    registry.make_findable(enterprises=[one])
    assert not queries.queue(actor, Filters(text="云程2")).rows
    assert len(queries.queue(actor, Filters(text="晴川")).rows) == 1
    SearchText.objects.filter(enterprise=one).delete()
    assert not queries.queue(actor, Filters(text="晴川")).rows


def test_the_oldest_first_shows_each_once_too(ground: Ground, now: datetime) -> None:
    many(ground, 121, now)
    actor, seen, after = ground.actor("licheng"), [], ""
    while True:
        page = queries.queue(actor, Filters(sort=OLDEST, after=after))
        seen += [(a.submitted_at, a.pk) for a in page.rows]
        after = page.after
        if not after:
            break
    assert len(seen) == 121
    assert seen == sorted(seen)


@pytest.mark.parametrize("sort", ["", OLDEST])
def test_a_place_in_a_list(ground: Ground, now: datetime, sort: str) -> None:
    many(ground, 30, now)
    actor, filters = ground.actor("licheng"), Filters(level="star-3", sort=sort)
    rows = queries.queue(actor, filters).rows
    for n, one in enumerate(rows):
        with CaptureQueriesContext(connection) as captured:
            place = queries.place(actor, filters, one)
        assert len(captured) == PLACE_QUERIES
        assert (place.number, place.all, place.listed, place.counted) == (n + 1, 15, True, True)
        assert place.previous == (rows[n - 1].uid if n else None)
        assert place.following == (rows[n + 1].uid if n < 14 else None)


def test_what_has_left_the_list_still_knows_its_neighbours(ground: Ground, now: datetime) -> None:
    many(ground, 10, now)
    actor, filters = ground.actor("licheng"), Filters(states=[State.SUBMITTED])
    accepted = queries.queue(actor, Filters(states=[State.ACCEPTED])).rows[0]
    place = queries.place(actor, filters, accepted)
    assert (place.before, place.behind, place.all, place.listed) == (4, 4, 8, False)
    assert place.previous is not None
    assert place.following is not None


def test_far_ends_are_not_counted(ground: Ground, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xingyun.applications.queries.lists.FAR", 5)
    many(ground, 20, now)
    actor = ground.actor("licheng")
    rows = queries.queue(actor, Filters()).rows
    place = queries.place(actor, Filters(), rows[10])
    assert (place.before, place.behind, place.counted) == (5, 5, False)


def test_states_that_nobody_above_sees_are_not_looked_for(ground: Ground, now: datetime) -> None:
    many(ground, 5, now)
    for state in State:
        Application.objects.update(state=state)
        seen = bool(queries.queue(ground.actor("city"), Filters()).rows)
        assert bool(queries.queue(ground.actor("city"), Filters(states=[state])).rows) == seen, state
        assert seen == (state in AFTER_REPORT)


def test_counts_by_state(ground: Ground, now: datetime) -> None:
    many(ground, 10, now)
    office = ground.authority("licheng")
    with CaptureQueriesContext(connection) as captured:
        counted = queries.counts_by_state(office, ground.round)
    assert len(captured) == 1
    assert (counted[State.SUBMITTED], counted[State.ACCEPTED], counted[State.AWARDED]) == (8, 2, 0)


def test_what_is_many_is_counted_no_further(
    ground: Ground, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(ground, 10, now)
    monkeypatch.setattr(lists, "COUNTED", 4)
    counted = queries.counts_by_state(ground.authority("licheng"), ground.round)
    assert (counted[State.SUBMITTED], counted[State.ACCEPTED]) == (5, 2)


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
