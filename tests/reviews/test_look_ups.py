"""Lists kept elsewhere: recorded by the office they fall to, only added to, asked before a grant."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.applications import make_application
from tests.factories.ground import JINAN, make_file
from tests.reviews.office import fresh

from xingyun.applications.actions.transitions import move
from xingyun.applications.queries import workspace
from xingyun.applications.states import State
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.actions import LookUpData
from xingyun.reviews.models import LookUp
from xingyun.reviews.permissions import may_grant_checked
from xingyun.reviews.queries import desk, standing
from xingyun.reviews.queries import look_ups as look_ups_module
from xingyun.reviews.queries.look_ups import members
from xingyun.reviews.states import Found, Outcome
from xingyun.rulebook import load_folder
from xingyun.rulebook.facts import LookUp as Told
from xingyun.rulebook.schema.conditions import Excluded
from xingyun.rulebook.schema.lists import OutsideList

pytestmark = pytest.mark.django_db
CREDIT, PROVIDERS = "credit-record", "provider-blacklist"


@pytest.fixture
def made(district):
    """Accepted, nothing looked up yet."""
    made = make_application(
        district.ground, state="submitted", level="star-3", authority=district.key, now=district.now
    )
    district.accept(made)
    return made


def data(office, **more):
    given = {"found": Found.CLEAR, "source": "信用中国", "looked_up_on": office.now.date()}
    return LookUpData(**{**given, **more})


def record(office, made, condition=CREDIT, *, seen=None, actor=None, **more):
    return actions.record_look_up(
        application=fresh(made),
        condition=condition,
        data=data(office, **more),
        seen=seen,
        actor=actor or office.actor(),
        now=office.now,
    )


def check(office, made, condition=CREDIT):
    found = desk(office.actor(), made.application.uid).checks
    return next(one for one in found if one.rule.key == condition)


def test_a_grant_waits_for_every_list(district, made):
    with pytest.raises(Refused, match="还没有核查登记") as refused:
        district.prepare(made, "star-3", "decide")
    assert refused.value.clause == "一、1"
    steps = {s.name: s for s in desk(district.actor(), made.application.uid).steps if s.act}
    assert "还没有核查登记" in steps["granted"].why
    assert steps["declined"].possible
    for one in (CREDIT, "joint-punishment", "blacklist"):
        record(district, made, one)
    with pytest.raises(Refused, match="云服务商"):
        district.prepare(made, "star-3", "decide")
    record(district, made, PROVIDERS)
    assert district.prepare(made, "star-3", "decide").outcome == Outcome.GRANTED


def test_who_is_listed_is_not_granted_but_may_be_declined(district, made):
    district.look_up(made)
    before = check(district, made).current
    record(district, made, seen=before.pk, found=Found.LISTED, remark="行政处罚一条")
    with pytest.raises(Refused, match="查到记录") as refused:
        district.prepare(made, "star-3", "decide")
    assert refused.value.clause == "一、1"
    finding = check(district, made).finding
    assert (finding.kind, finding.blocks) == ("obstacle", False)
    assert district.prepare(made, "star-3", "decide", Outcome.DECLINED).outcome == Outcome.DECLINED


def test_a_point_for_the_reviewer_stops_nobody(district, made):
    district.look_up(made)
    before = check(district, made, PROVIDERS).current
    record(district, made, PROVIDERS, seen=before.pk, found=Found.LISTED, number="通报 3 号")
    assert check(district, made, PROVIDERS).finding.kind == "judge"
    assert district.prepare(made, "star-3", "decide").outcome == Outcome.GRANTED


def test_what_is_found_after_the_preparing_stops_the_signature(district, made):
    district.look_up(made)
    decision = district.prepare(made, "star-3", "decide")
    before = check(district, made).current
    record(district, made, seen=before.pk, found=Found.LISTED, remark="昨日新增")
    with pytest.raises(Refused, match="查到记录"):
        district.finish(decision)
    decision.refresh_from_db()
    assert decision.signed_at is None


def test_a_later_record_supersedes_and_the_old_one_stays(district, made):
    first = record(district, made)
    proof = make_file(b"reply", district.now)
    second = record(
        district,
        made,
        seen=first.pk,
        found=Found.LISTED,
        entries=(district.now.date() - timedelta(days=9),),
        proof=proof,
    )
    seen = check(district, made)
    assert [r.pk for r in seen.records] == [second.pk, first.pk]
    assert (seen.current.found, seen.current.proof, seen.current.supersedes_id) == ("listed", proof, first.pk)
    assert seen.current.entries == ["2020-10-03"]
    first.refresh_from_db()
    assert first.found == Found.CLEAR


def test_nobody_records_over_what_he_has_not_seen(district, made):
    first = record(district, made)
    with pytest.raises(Conflict):
        record(district, made)
    with pytest.raises(Conflict):
        record(district, made, seen=first.pk + 999)
    kept = {f.attname: getattr(first, f.attname) for f in LookUp._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        LookUp.objects.create(**kept)
    LookUp.objects.create(**{**kept, "supersedes_id": first.pk})
    with pytest.raises(IntegrityError), transaction.atomic():
        LookUp.objects.create(**{**kept, "supersedes_id": first.pk})


def test_who_may_record(district, abroad, city, made):
    with pytest.raises(NotAllowed):
        record(abroad, made)
    for role in (Role.READER, Role.COUNTERSIGNER):
        with pytest.raises(NotAllowed):
            record(district, made, actor=district.actor(role))
    with pytest.raises(NotAllowed):
        record(district, made, actor=made.actor)
    with pytest.raises(NotAllowed):  # not reported yet
        record(city, made)
    with pytest.raises(NotAllowed):
        record(district, made, actor=city.actor(Role.AUDITOR))
    with pytest.raises(NotAllowed):
        record(district, made, "no-such-list")
    for role in (Role.PREPARER, Role.REVIEWER, Role.SIGNATORY):
        before = check(district, made).current
        record(district, made, actor=district.actor(role), seen=before.pk if before else None)
    assert LookUp.objects.count() == 3


def test_the_office_above_is_told_whose_it_is(district, city, made):
    district.look_up(made)
    district.decide(made, "star-3", "decide")
    city.receive(district.sent())
    before = check(city, made).current
    with pytest.raises(Refused, match="历城"):
        record(city, made, seen=before.pk)
    steps = desk(city.actor(), made.application.uid).steps
    assert not any(step.possible for step in steps if step.name == "look_up")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"found": "maybe"}, "found"),
        ({"source": "  "}, "source"),
        ({"looked_up_on": "tomorrow"}, "looked_up_on"),
        ({"found": Found.LISTED}, "remark"),
        ({"entries": "yesterday"}, "entries"),
        ({"found": Found.LISTED, "remark": "有", "entries": "tomorrow"}, "entries"),
        ({"remark": "字" * 1001}, "remark"),
        ({"number": "字" * 121}, "number"),
    ],
)
def test_what_is_not_taken(district, made, given, field):
    days = {
        "tomorrow": district.now.date() + timedelta(days=1),
        "yesterday": district.now.date() - timedelta(days=1),
    }
    given = {k: days.get(v, v) if isinstance(v, str) else v for k, v in given.items()}
    if "entries" in given:
        given["entries"] = (given["entries"],)
    with pytest.raises(Refused) as refused:
        record(district, made, **given)
    assert refused.value.field == field
    assert not LookUp.objects.exists()


def test_the_record_holds_no_words(district, made):
    record(district, made, found=Found.LISTED, remark="法定代表人岳望舒被处罚", number="某罚〔2020〕3号")
    entry = Entry.objects.filter(act="lookup.recorded").get()
    assert '"condition":"credit-record"' in entry.body.replace(" ", "")
    for word in ("岳望舒", "某罚", "信用中国"):
        assert word not in entry.body


def test_the_applicant_is_not_told(district, made):
    record(district, made, found=Found.LISTED, remark="行政处罚一条")
    told = {f.rule: f.kind for f in workspace(made.fresh()).verdict.findings}
    assert told["condition.credit-record"] == "hint"


def test_closed_files_take_no_record(district, made):
    district.look_up(made)
    district.decide(made, "star-3", "decide", Outcome.DECLINED)
    move(application=fresh(made), to=State.NOT_AWARDED, actor=district.actor(), now=district.now)
    before = check(district, made).current
    with pytest.raises(Refused, match="未认定"):
        record(district, made, seen=before.pk)


def test_what_is_merely_preferred_is_never_asked_before(district, made):
    seen = check(district, made)
    soft = replace(seen, rule=replace(seen.rule, strength="preferred"))
    act = standing(fresh(made)).own[0]
    may_grant_checked(standing(fresh(made)), act, [soft])
    with pytest.raises(Refused):
        may_grant_checked(standing(fresh(made)), act, [seen])


def test_a_list_without_a_condition_makes_members():
    """A waiver list is looked up like any other; being on it is a fact of the applicant."""
    rule = OutsideList(
        key="pool", label="名单", label_en="Pool", clause=("一",), text="在册", text_en="Listed",
        source="名单", source_en="Pool", kept_by="district",
    )  # fmt: skip
    book = replace(load_folder(JINAN), lists=(rule,))
    [only] = look_ups_module._lists(book, "licheng", {})
    assert (only.key, only.office.key, only.needed, only.concerns(["star-3"])) == (
        "list--pool", "licheng", False, True,
    )  # fmt: skip
    found = {only.key: Told("listed"), "credit-record": Told("listed")}
    assert members(book, found) - {""} == {"pool"}
    assert not members(book, {only.key: Told("clear")})


def test_what_shuts_out_is_looked_up_too():
    """Titles of other programmes nobody knows here: the office that the rule names looks them up."""
    rule = Excluded(
        kind="excluded", key="other-title", label="称号", label_en="Title", clause=("一",), text="没有",
        text_en="None", by="title", checked_by="city", levels=("star-4",),
    )  # fmt: skip
    book = replace(load_folder(JINAN), conditions=(rule,))
    [only] = look_ups_module._conditions(book, "licheng", {}, {})
    assert (only.key, only.office.key, only.needed, only.source.zh) == ("other-title", "city", True, "称号")
    assert only.concerns(["star-3", "star-4"])
    assert not only.concerns(["star-3"])
