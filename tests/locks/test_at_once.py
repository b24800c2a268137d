"""What the database alone keeps apart: of three who do the same at once one does it, the others are told."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories.applications import make_application
from tests.factories.ground import JINAN, PASSWORD, Ground, make_enterprise, make_file, make_ground, make_user
from tests.reviews.office import Office, fresh
from tests.reviews.test_races import together

from xingyun.accounts.models import User
from xingyun.applications import actions as applications
from xingyun.applications.models import Attachment, Awaited
from xingyun.audit.errors import Refused
from xingyun.evidence.actions import expect_reading, open_dossier
from xingyun.evidence.models import Dossier, Reading
from xingyun.lists import actions as lists
from xingyun.lists.queries import Choice
from xingyun.messages import actions as messages
from xingyun.messages.models import Message, Outbox
from xingyun.papers import actions as papers
from xingyun.papers.models import Series
from xingyun.papers.queries.wording import worded_by
from xingyun.papers.states import KINDS
from xingyun.registry import actions as registry
from xingyun.registry.actors import SYSTEM
from xingyun.registry.models import Member
from xingyun.registry.queries import actor_for
from xingyun.registry.states import Role
from xingyun.results import actions as results
from xingyun.reviews import actions as reviews
from xingyun.reviews.models import PageRead, Report
from xingyun.rounds import actions as rounds
from xingyun.rulebook import uscc
from xingyun.rulebook.load import read_folder

pytestmark = pytest.mark.django_db(transaction=True)
Call = Callable[[], object]
HOME, ABROAD, CITY = "licheng", "tianqiao", "city"


def ground(now: datetime) -> Ground:
    return make_ground(now, rosters={HOME: 100, ABROAD: 67})


def register(here: Ground, n: int, code: str, username: str) -> Call:
    licence, authorisation = make_file(b"licence", here.now), make_file(b"authorisation", here.now)
    office = here.authority(HOME)
    return lambda: registry.register_enterprise(
        uscc=code, name=f"泉畔{n}号有限公司", address="工业北路 1 号", authority=office, username=username,
        password=PASSWORD, person="林某", phone="13800000000", email=f"r{n}@example.com", licence=licence,
        authorisation=authorisation, now=here.now,
    )  # fmt: skip


def registering_one_enterprise(now: datetime) -> list[Call]:
    here, code = ground(now), uscc.make(77_777, "370100")
    return [register(here, n, code, f"first-{n}") for n in range(3)]


def taking_one_username(now: datetime) -> list[Call]:
    here = ground(now)
    return [register(here, n, uscc.make(77_777 + n, "370100"), "wanted") for n in range(3)]


def releasing_one_rulebook(now: datetime) -> list[Call]:
    person, source = make_user("releaser", now), read_folder(JINAN)
    return [
        lambda: rounds.release_edition(source=source, contacts="", released_by=person, actor=SYSTEM, now=now)
    ] * 3


def opening_two_rounds(now: datetime) -> list[Call]:
    here = make_ground(now, opened=False)
    other = rounds.plan_round(
        edition=here.round.edition,
        year=here.round.year + 1,
        authority=here.authority(CITY),
        actor=SYSTEM,
        now=now,
    )
    return [lambda r=r: rounds.open_round(round=r, actor=SYSTEM, now=now) for r in (here.round, other)]


def releasing_one_count(now: datetime) -> list[Call]:
    here = ground(now)
    office, city = here.authority(HOME), here.actor(CITY)
    return [
        lambda: registry.release_snapshot(
            authority=office, year=now.year + 1, counted_on=now.date(), count=100, source="名录", actor=city,
            now=now,
        )
    ] * 3  # fmt: skip


def taking_one_seat(now: datetime) -> list[Call]:
    here, person = ground(now), make_user("newcomer", now)
    office = here.authority(HOME)
    return [
        lambda: registry.add_seat(user=person, authority=office, role=Role.READER, actor=SYSTEM, now=now)
    ] * 3


def naming_one_deputy(now: datetime) -> list[Call]:
    here, today = ground(now), now.date()
    people = {
        role: User.objects.get(pk=here.actor(HOME, role).user_id) for role in (Role.SIGNATORY, Role.READER)
    }
    admin, office = here.actor(HOME, Role.ADMIN), here.authority(HOME)
    return [
        lambda: registry.name_deputy(
            authority=office, role=Role.SIGNATORY, principal=people[Role.SIGNATORY],
            deputy=people[Role.READER], first_day=today, last_day=today + timedelta(days=3), reason="出差",
            actor=admin, now=now,
        )
    ] * 3  # fmt: skip


def wording_one_paper(now: datetime) -> list[Call]:
    here = ground(now)
    office, person = here.authority(HOME), here.actor(HOME)
    typed = dict(KINDS["return_notice"].defaults)
    seen = worded_by(office, KINDS["return_notice"]).version
    return [
        lambda: papers.word(
            authority=office, kind="return_notice", typed=typed, seen=seen, actor=person, now=now
        )
    ] * 3


def numbering_under_one_prefix(now: datetime) -> list[Call]:
    here = ground(now)
    known = [(here.authority(key), here.actor(key)) for key in (HOME, ABROAD, "lixia")]
    return [
        lambda o=office, a=actor: papers.number_here(authority=o, prefix="云工信", after=0, actor=a, now=now)
        for office, actor in known
    ]


def telling_one_of_the_blacklist(now: datetime) -> list[Call]:
    here = ground(now)
    enterprise, _actor = make_enterprise(here, HOME)
    return notices(here, enterprise, "applicant-fraud", [])


def telling_one_provider_of_the_blacklist(now: datetime) -> list[Call]:
    here = ground(now)
    provider = registry.known_provider(uscc=uscc.make(5, "370100"), name="泉畔云")
    rule = next(rule.key for rule in here.book.sanctions if rule.key != "applicant-fraud")
    return notices(here, provider, rule, [here.book.key])


def notices(here: Ground, subject: object, rule: str, programmes: list[str]) -> list[Call]:
    office, person, proof = here.authority(CITY), here.actor(CITY), make_file(b"proof", here.now)
    return [
        lambda: results.give_notice(
            round=here.round, authority=office, rule=rule, subject=subject, programmes=programmes,
            facts="发票系伪造。", proof=proof, due=here.now + timedelta(days=7), actor=person, now=here.now,
        )
    ] * 3  # fmt: skip


def appealing(now: datetime) -> list[Call]:
    here = ground(now)
    made = make_application(here, state="not_accepted", level="star-3", authority=HOME)
    application = fresh(made)
    return [lambda: reviews.appeal(application=application, text="已补", actor=made.actor, now=now)] * 3


def keeping_one_definition(now: datetime) -> list[Call]:
    here = ground(now)
    office, person = here.authority(HOME), here.actor(HOME)
    return [
        lambda: lists.save_definition(
            office=office, round=here.round, name="月报", columns=["number"], choice=Choice(), form="csv",
            actor=person, now=now,
        )
    ] * 3  # fmt: skip


def keeping_ones_own_view(now: datetime) -> list[Call]:
    here = ground(now)
    person = here.actor(HOME)
    return [
        lambda: lists.save_view(
            round=here.round, choice=Choice(), name="我的", office=None, actor=person, now=now
        )
    ] * 3


def writing_once_to_all(now: datetime) -> list[Call]:
    here, uid = ground(now), uuid.uuid4()
    make_application(here, level="star-3", authority=HOME)
    office, person = here.authority(HOME), here.actor(HOME)
    return [
        lambda: reviews.write_to_all(
            uid=uid, round=here.round, authority=office, whom="all", subject="提醒", body="请及时提交。",
            actor=person, now=now,
        )
    ] * 3  # fmt: skip


def handing_one_file_over(now: datetime) -> list[Call]:
    here = ground(now)
    made = make_application(here, state="submitted", level="star-3", authority=HOME)
    application, to, person = fresh(made), here.authority(ABROAD), here.actor(HOME)
    return [
        lambda: reviews.ask_transfer(
            application=application, to=to, reason="登记在那里", actor=person, now=now
        )
    ] * 3


def entering_one_meeting(now: datetime) -> list[Call]:
    here = ground(now)
    office, person, file = here.authority(HOME), here.actor(HOME), make_file(b"minutes", now)
    return [
        lambda: reviews.add_minutes(
            round=here.round,
            authority=office,
            number="3",
            held_on=now.date(),
            file=file,
            actor=person,
            now=now,
        )
    ] * 3


def publishing_one_list(now: datetime) -> list[Call]:
    here = ground(now)
    district, city = Office(here, HOME, now), Office(here, CITY, now)
    made = district.accepted("star-3")
    district.decide(made, "star-3", "decide")
    city.receive(district.sent())
    office, person = city.authority, city.actor()
    return [lambda: results.publish_notice(round=here.round, authority=office, actor=person, now=now)] * 3


def returning_one_for_correction(now: datetime) -> list[Call]:
    here = ground(now)
    made = make_application(here, state="submitted", level="star-3", authority=HOME)
    application, person, clause = fresh(made), here.actor(HOME), here.book.clauses[0].ref
    defect = reviews.DefectData(place="form:scope", clause=clause, text="写清楚")
    return [
        lambda: reviews.return_for_correction(
            application=application, defects=[defect], due=now + timedelta(days=5), actor=person, now=now
        )
    ] * 3


ONE_OF_THEM: tuple[Callable[[datetime], list[Call]], ...] = (
    registering_one_enterprise, taking_one_username, releasing_one_rulebook, opening_two_rounds,
    releasing_one_count, taking_one_seat, naming_one_deputy, wording_one_paper, numbering_under_one_prefix,
    telling_one_of_the_blacklist, telling_one_provider_of_the_blacklist, appealing, keeping_one_definition,
    keeping_ones_own_view, writing_once_to_all, handing_one_file_over, entering_one_meeting,
    publishing_one_list, returning_one_for_correction,
)  # fmt: skip


@pytest.mark.parametrize("doing", ONE_OF_THEM, ids=lambda doing: doing.__name__)
def test_of_several_at_once_one_does_it(doing: Callable[[datetime], list[Call]], now: datetime) -> None:
    outcomes = together(*doing(now))
    assert sum(not isinstance(one, Exception) for one in outcomes) == 1, outcomes
    assert all(isinstance(one, Refused) for one in outcomes if isinstance(one, Exception)), outcomes


def test_a_bundle_that_is_asked_for_twice_is_made_once(now: datetime) -> None:
    office = Office(ground(now), HOME, now)
    office.decide(office.accepted("star-3"), "star-3", "decide")
    report, person = office.sent(), office.actor()
    fresh_one = Report.objects.select_related("authority", "recipient", "round").get(pk=report.pk)
    bundles = together(*[lambda: reviews.ask_hand_over(report=fresh_one, actor=person, now=now)] * 3)
    assert len({bundle.pk for bundle in bundles}) == 1, bundles


def test_a_ledger_is_begun_once(now: datetime) -> None:
    here = ground(now)
    enterprise, _actor = make_enterprise(here, HOME)
    opened = together(*[lambda: open_dossier(enterprise=enterprise, round=here.round)] * 3)
    assert len({dossier.pk for dossier in opened}) == Dossier.objects.count() == 1, opened


def test_a_provider_is_known_once(now: datetime) -> None:
    code = uscc.make(5, "370100")
    known = together(*[lambda: registry.known_provider(uscc=code, name="泉畔云")] * 3)
    assert len({provider.pk for provider in known}) == 1, known


def test_a_message_arrives_once_and_so_does_its_letter(now: datetime, settings: Any, tmp_path: Path) -> None:
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    person = make_user("reader", now, email="reader@example.org").pk
    told = together(
        *[lambda: messages.send(to=[person], subject="已受理", body="好", dedupe_key="accepted:1", now=now)]
        * 3
    )
    assert not [one for one in told if isinstance(one, Exception)], told
    assert (Message.objects.count(), Outbox.objects.count()) == (1, 1)


def test_a_page_is_read_once(now: datetime) -> None:
    here = ground(now)
    made = make_application(here, state="submitted", level="star-3", authority=HOME)
    application, person = fresh(made), here.actor(HOME)
    file = Attachment.objects.filter(application=application).order_by("pk")[0].file
    read = together(
        *[lambda: reviews.read_page(application=application, file=file, page=1, actor=person)] * 3
    )
    assert read == [None] * 3
    assert PageRead.objects.count() == 1


def test_an_office_has_one_series(now: datetime) -> None:
    """Two who begin at once: the second goes on from what the first has set, or changes it."""
    here = ground(now)
    office, person = here.authority(HOME), here.actor(HOME)
    given = {"authority": office, "after": 0, "actor": person, "now": now}
    begun = together(
        *[lambda p=prefix: papers.number_here(prefix=p, **given) for prefix in ("历工信", "历工")]
    )
    assert not [one for one in begun if isinstance(one, Exception)], begun
    assert Series.objects.count() == 1


def test_one_person_with_two_links_joins_once(now: datetime) -> None:
    here = ground(now)
    enterprise, holder = make_enterprise(here, HOME)
    guest = actor_for(make_user("guest", now))
    links = [
        registry.invite(enterprise=enterprise, role="preparer", note="", actor=holder, now=now).token
        for _n in range(2)
    ]
    joined = together(*[lambda t=token: registry.join(token=t, actor=guest, now=now) for token in links])
    assert sum(isinstance(one, Refused) for one in joined) == 1, joined
    assert Member.objects.filter(enterprise=enterprise).count() == 2


def test_a_content_is_read_once(now: datetime) -> None:
    file = make_file(b"invoice", now)
    together(*[lambda: expect_reading(file=file)] * 3)
    assert Reading.objects.count() == 1


def test_a_file_waits_once_for_its_scan(now: datetime) -> None:
    here = ground(now)
    made = make_application(here, complete=False, level="star-3", authority=HOME)
    application, file = made.fresh(), make_file(b"late", now)
    given = {"file": file, "name": "晚.pdf", "material": "other", "actor": made.actor, "now": now}
    waiting = together(*[lambda: applications.await_scan(application=application, **given)] * 3)
    assert len({one.pk for one in waiting}) == Awaited.objects.count() == 1, waiting
