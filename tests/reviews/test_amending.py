"""A rulebook is amended while its round runs: who follows, who stays, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import bind, make_application
from tests.factories.ground import JINAN, make_user
from tests.reviews.crowd import crowd
from tests.reviews.office import fresh

from xingyun.applications import actions as applications
from xingyun.applications import queries as shown
from xingyun.applications.actions import digest
from xingyun.applications.models import Attachment
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry
from xingyun.messages.models import Message
from xingyun.registry.actors import SYSTEM
from xingyun.registry.queries import members_of
from xingyun.reviews import actions
from xingyun.reviews.queries import desk, preview
from xingyun.reviews.states import follows
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Amendment, Edition
from xingyun.rounds.queries import rulebook_of
from xingyun.rounds.states import FIXED, Scope, scopes
from xingyun.rulebook.diff import KINDS
from xingyun.rulebook.load import read_folder

pytestmark = pytest.mark.django_db
DATE = ("on = 2020-10-26", "on = 2020-10-31")
PHRASE = ('text = "公开信用信息里没有违法失信记录。"', 'text = "公开信用信息里没有违法、失信记录。"')


def changed(*changes, source=None):
    """The first rulebook's files with some words replaced; each must stand somewhere."""
    source = dict(source or read_folder(JINAN))
    for old, new in changes:
        name = next(name for name, text in source.items() if old in text)
        source[name] = source[name].replace(old, new, 1)
    return source


def without_field(key, source=None):
    """The same without one field of the form."""
    source = dict(source or read_folder(JINAN))
    name = next(n for n, text in source.items() if f'key = "{key}"' in text and "[[form.fields]]" in text)
    parts = source[name].split("[[form.fields]]")
    kept = [part for part in parts if f'\nkey = "{key}"' not in part]
    assert len(kept) == len(parts) - 1
    return {**source, name: "[[form.fields]]".join(kept)}


@pytest.fixture
def releaser(now):
    return make_user("second", now)


@pytest.fixture
def release(ground, releaser, now):
    def make(source):
        return rounds.release_edition(
            source=source, contacts=None, released_by=releaser, actor=SYSTEM, now=now
        )

    return make


def amend(office, after, scope, **more):
    ground = office.ground
    ground.round.refresh_from_db()
    given = {
        "round": ground.round,
        "after": after,
        "scope": scope,
        "reason": "上级延期",
        "effective_on": office.now.date(),
        "seen": ground.round.edition.digest,
        "actor": office.actor(),
        "now": office.now,
    }
    return actions.announce_amendment(**{**given, **more})


def draft(district):
    return make_application(district.ground, authority=district.key, now=district.now)


def told(made):
    known = Message.objects.filter(user_id__in=members_of(made.enterprise.pk), dedupe_key__startswith="amend")
    return [m.subject for m in known.order_by("id")]


def test_a_new_date_takes_along_all_that_are_not_decided(district, city, release):
    begun = draft(district)
    waiting = make_application(district.ground, state="submitted", authority=district.key, now=district.now)
    accepted, decided = district.accepted("star-3"), district.accepted("star-3")
    district.decide(decided, "star-3", "decide")
    before, after = district.ground.round.edition, release(changed(DATE))
    seen = preview(district.ground.round, after)
    assert [e.scope for e in seen.effects] == [Scope.UNDECIDED, Scope.UNSUBMITTED]
    assert dict(seen.effects[0].carried) == {"draft": 1, "submitted": 1, "accepted": 1}
    assert dict(seen.effects[0].left) == {"accepted": 1}
    assert dict(seen.effects[1].carried) == {"draft": 1}
    assert [c.kind for c in seen.changes] == ["dates"]
    made = amend(city, after, Scope.UNDECIDED)
    assert {fresh(m).edition_id for m in (begun, waiting, accepted)} == {after.pk}
    assert fresh(decided).edition_id == before.pk
    assert (made.carried, made.left) == (dict(seen.effects[0].carried), dict(seen.effects[0].left))
    assert made.effected_at == city.now
    district.ground.round.refresh_from_db()
    assert district.ground.round.edition_id == after.pk
    assert told(begun) == ["规则已修订，请核对申请"]
    assert told(waiting) == told(accepted) == told(decided) == ["规则已修订"]


def test_a_carried_application_goes_on(district, city, release):
    made = district.accepted("star-3")
    amend(city, release(changed(DATE)), Scope.UNDECIDED)
    district.decide(made, "star-3", "decide")
    assert (
        desk(district.actor(), made.application.uid).workspace.rulebook.deadline("district-report").on.day
        == 31
    )
    district.sent()


def test_what_was_handed_in_is_judged_by_what_was_asked(district, city, release):
    begun = draft(district)
    waiting = make_application(district.ground, state="submitted", authority=district.key, now=district.now)
    after = release(without_field("scope"))
    assert [e.scope for e in preview(district.ground.round, after).effects] == [Scope.UNSUBMITTED]
    with pytest.raises(Refused) as refused:
        amend(city, after, Scope.UNDECIDED)
    assert refused.value.field == "scope"
    amend(city, after, Scope.UNSUBMITTED)
    assert fresh(begun).edition_id == after.pk
    assert fresh(waiting).edition_id != after.pk


def test_what_was_typed_into_a_field_that_vanished_stays(district, city, release):
    begun = draft(district)
    typed = begun.fresh().answers["scope"]
    assert typed
    amend(city, release(without_field("scope")), Scope.UNSUBMITTED)
    now = begun.fresh()
    assert now.answers["scope"] == typed
    with pytest.raises(Refused):
        applications.save_answer(
            application=now, field="scope", raw="再写", seen=digest(typed), actor=begun.actor, now=city.now
        )
    begun.application = begun.fresh()
    bind(begun, now=city.now)
    applications.submit(application=begun.fresh(), actor=begun.actor, now=city.now)
    assert begun.fresh().answers["scope"] == typed
    assert "scope" not in shown.workspace(begun.fresh()).values


def test_typing_goes_by_the_edition_of_the_moment(district, city, release):
    """A page that was opened before the amendment saves into the form as it is now."""
    begun = draft(district)
    stale = begun.fresh()
    amend(city, release(without_field("scope")), Scope.UNSUBMITTED)
    with pytest.raises(Refused, match="没有这一栏"):
        applications.save_answer(
            application=stale, field="scope", raw="旧页", seen=digest(stale.answers["scope"]),
            actor=begun.actor, now=city.now,
        )  # fmt: skip
    other = {"field": "contact-phone", "raw": "0531-66600001"}
    key = next(f.key for f in begun.ground.book.form.fields if f.role == "contact_phone")
    applications.save_answer(
        application=stale, seen=digest(stale.answers[key]), actor=begun.actor, now=city.now,
        **{**other, "field": key},
    )  # fmt: skip
    assert begun.fresh().answers[key] == "0531-66600001"


def test_files_of_a_material_that_vanished_are_kept_and_not_seen(district, city, release):
    begun = draft(district)
    seen = shown.workspace(begun.fresh())
    source = read_folder(JINAN)
    name = next(n for n, text in source.items() if "[[materials]]" in text)
    parts = source[name].split("\n[[materials]]")
    kept = [part for part in parts if '\nkey = "screenshots"' not in part]
    assert len(kept) < len(parts)
    assert any(m.material.key == "screenshots" and m.attachments for m in seen.materials)
    before = Attachment.objects.filter(application=begun.application, removed_at=None).count()
    source[name] = "\n[[materials]]".join(kept)
    amend(city, release(source), Scope.UNSUBMITTED)
    now = shown.workspace(begun.fresh())
    assert "screenshots" not in {a.material for m in now.materials for a in m.attachments}
    assert "screenshots" not in {file["slot"] for file in shown.inputs_of(begun.fresh())["files"]}
    assert Attachment.objects.filter(application=begun.application, removed_at=None).count() == before


def test_a_decided_level_an_open_place_and_an_office_stay_as_they_are(district, city, release):
    after = release(changed(('percent = "3%"', 'percent = "4%"')))
    with pytest.raises(Refused, match="请另开批次"):
        amend(city, after, Scope.UNDECIDED)
    assert not Amendment.objects.exists()


def test_an_application_left_behind_is_not_swept_along_later(district, city, release):
    waiting = make_application(district.ground, state="submitted", authority=district.key, now=district.now)
    asked = without_field("scope")
    amend(city, release(asked), Scope.UNSUBMITTED)
    third = release(changed(DATE, source=asked))
    assert not preview(district.ground.round, third).effects[0].carried
    first = fresh(waiting).edition_id
    amend(city, third, Scope.UNDECIDED)
    assert fresh(waiting).edition_id == first


def test_on_a_later_day(district, city, release, now):
    begun = draft(district)
    after = release(changed(DATE))
    made = amend(city, after, Scope.UNDECIDED, effective_on=now.date() + timedelta(days=3))
    assert made.effected_at is None
    assert fresh(begun).edition_id != after.pk
    assert told(begun) == ["规则将修订"]
    assert actions.carry_out_amendments(now=now + timedelta(days=2)) == 0
    later = draft(district)
    assert later.application.edition_id != after.pk
    assert actions.carry_out_amendments(now=now + timedelta(days=3)) == 1
    assert actions.carry_out_amendments(now=now + timedelta(days=3)) == 0
    assert {fresh(m).edition_id for m in (begun, later)} == {after.pk}
    assert told(begun) == ["规则将修订", "规则已修订，请核对申请"]


def test_withdrawn_before_its_day(district, city, release, now):
    begun = draft(district)
    made = amend(city, release(changed(DATE)), Scope.UNDECIDED, effective_on=now.date() + timedelta(days=3))
    with pytest.raises(NotAllowed):
        actions.withdraw_amendment(amendment=made, reason="不改了", actor=district.actor(), now=now)
    with pytest.raises(Refused):
        actions.withdraw_amendment(amendment=made, reason=" ", actor=city.actor(), now=now)
    actions.withdraw_amendment(amendment=made, reason="不改了", actor=city.actor(), now=now)
    with pytest.raises(Conflict):
        actions.withdraw_amendment(amendment=made, reason="不改了", actor=city.actor(), now=now)
    assert actions.carry_out_amendments(now=now + timedelta(days=9)) == 0
    assert told(begun)[-1] == "规则修订已撤回"
    amend(city, Edition.objects.latest("number"), Scope.UNDECIDED)


def test_only_one_is_on_its_way(city, release, now):
    second, third = release(changed(DATE)), release(changed(DATE, PHRASE))
    amend(city, second, Scope.UNDECIDED, effective_on=now.date() + timedelta(days=3))
    with pytest.raises(Conflict):
        amend(city, third, Scope.UNDECIDED)
    known = Amendment.objects.get()
    again = {f.attname: getattr(known, f.attname) for f in known._meta.concrete_fields}
    again |= {"id": None, "uid": None, "after_id": third.pk}
    again.pop("uid")
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(**again)


def test_who_may_not_and_what_is_not_taken(district, city, release, now):
    first = district.ground.round.edition
    after = release(changed(DATE))
    for actor in (district.actor(), city.actor("auditor"), city.actor("reader")):
        with pytest.raises(NotAllowed):
            amend(city, after, Scope.UNDECIDED, actor=actor)
    wrong = {
        "reason": {"reason": "  "},
        "effective_on": {"effective_on": now.date() - timedelta(days=1)},
        "edition": {"after": first},
        "scope": {"scope": "everybody"},
    }
    for field, given in wrong.items():
        with pytest.raises(Refused) as refused:
            amend(city, **{"after": after, "scope": Scope.UNDECIDED, **given})
        assert refused.value.field == field
    with pytest.raises(Conflict):
        amend(city, after, Scope.UNDECIDED, seen="0" * 64)
    rounds.close_round(round=district.ground.round, actor=SYSTEM, now=now)
    with pytest.raises(Refused, match="只有进行中"):
        amend(city, after, Scope.UNDECIDED)
    assert not Amendment.objects.exists()


def test_the_record_names_both_editions_and_nobody(district, city, release):
    begun = draft(district)
    made = amend(city, release(changed(DATE)), Scope.UNDECIDED, reason="经岳望舒同意")
    acts = {e.act: e for e in Entry.objects.filter(act__contains="amendment")}
    assert set(acts) == {"amendment.announced", "amendment.effected"}
    carried = Entry.objects.get(act="application.carried_over")
    assert carried.stream.name == begun.application.stream
    for entry in (*acts.values(), carried):
        assert made.after.digest in entry.body
        assert "岳望舒" not in entry.body


def test_finished_applications_are_never_touched():
    for state in (
        "awarded",
        "not_awarded",
        "not_accepted",
        "withdrawn",
        "disqualified",
        "proposed",
        "reported",
    ):
        assert not any(follows(scope, state, decided=False) for scope in Scope)
    assert follows(Scope.UNDECIDED, "returned", decided=False)
    assert not follows(Scope.UNDECIDED, "accepted", decided=True)
    assert not follows(Scope.UNSUBMITTED, "returned", decided=False)


def test_every_kind_of_change_has_its_scopes():
    for kind in KINDS:
        assert scopes([kind])[-1] == Scope.UNSUBMITTED
    assert set(KINDS) >= FIXED
    assert scopes(["dates", "form"]) == (Scope.UNSUBMITTED,)


def test_the_preview_names_what_was_handed_in_and_counts_drafts(district, release):
    for _n in range(2):
        draft(district)
    waiting = make_application(district.ground, state="submitted", authority=district.key, now=district.now)
    after = release(changed(DATE))
    rows = preview(district.ground.round, after).affected
    assert [(r.number, r.state, r.n) for r in rows] == [
        ("", "draft", 2),
        (waiting.application.number, "submitted", 1),
    ]


def test_many_cost_one_query_each_for_their_record(district, city, release):
    """Each application's own chain gets its entry; everything else is done for all at once."""
    after, third = release(changed(DATE)), release(changed(DATE, PHRASE))
    for edition in (after, third):
        rulebook_of(edition)  # read once in a process, perhaps by a test before
    crowd(district.ground, district.key, 3, state="draft")
    with CaptureQueriesContext(connection) as few:
        preview(district.ground.round, after)
        amend(city, after, Scope.UNDECIDED)
    crowd(district.ground, district.key, 40, state="draft")
    with CaptureQueriesContext(connection) as many:
        preview(district.ground.round, third)
        amend(city, third, Scope.UNDECIDED)
    assert len(many) <= len(few) + 40
