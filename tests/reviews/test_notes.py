"""Notes at the desk: kept by an office, taken up by its notice; pages read are each person's own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.applications import make_application
from tests.reviews.office import fresh

from xingyun.applications.models import Attachment
from xingyun.audit.errors import NotAllowed, Refused
from xingyun.registry.states import Role
from xingyun.reviews import actions, queries
from xingyun.reviews.actions import DefectData, NoteData, Spot
from xingyun.reviews.models import Note, PageRead

pytestmark = pytest.mark.django_db
TEXT = "请附发票原件照片。"


@pytest.fixture
def made(ground):
    """An application handed in at home."""
    return make_application(ground, state="submitted", authority="licheng")


@pytest.fixture
def sheet(made):
    """A file of it."""
    return Attachment.objects.get(application=made.application, material="invoices", removed_at=None)


def pin(made, actor, now, text=TEXT, **more):
    return actions.pin_note(application=fresh(made), note=NoteData(text, **more), actor=actor, now=now)


def spot(sheet, page=1, x=300, y=420):
    return Spot(sheet.file, sheet.name, page, x, y)


def send_back(made, office, notes):
    return actions.return_for_correction(
        application=fresh(made),
        defects=[DefectData("material:invoices", "二、3", TEXT)],
        due=office.now + timedelta(days=5),
        actor=office.actor(),
        now=office.now,
        notes=notes,
    )


def test_a_colleague_sees_the_note_and_nobody_else_does(district, abroad, made, sheet, now):
    kept = pin(made, district.actor(), now, place="material:invoices", clause="二、3", spot=spot(sheet))
    seen = queries.open_notes(district.actor(Role.SIGNATORY), fresh(made))
    assert [(one.pk, one.x, one.y, one.page) for one in seen] == [(kept.pk, 300, 420, 1)]
    assert queries.as_defect(kept) == f"“{sheet.name}”第 1 页：{TEXT}"
    for other in (abroad.actor(), district.actor(Role.READER), made.actor):
        assert queries.open_notes(other, fresh(made)) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "字" * 501}, "text"),
        ({"place": "material:nothing"}, "place"),
        ({"clause": "九、9"}, "clause"),
    ],
)
def test_what_is_typed_wrongly_is_told(district, made, now, change, field):
    with pytest.raises(Refused) as refused:
        pin(made, district.actor(), now, **change)
    assert refused.value.field == field


def test_a_note_is_pinned_to_a_page_that_there_is(district, made, sheet, now):
    with pytest.raises(NotAllowed):
        pin(made, district.actor(), now, spot=spot(sheet, page=99))
    with pytest.raises(Refused) as refused:
        pin(made, district.actor(), now, spot=spot(sheet, x=1001))
    assert refused.value.field == "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(
            application=fresh(made), authority=district.authority, file=sheet.file, text=TEXT,
            pinned_by_id=district.actor().person, pinned_at=now,
        )  # fmt: skip


def test_only_the_office_that_may_return_writes_notes(district, abroad, made, now):
    for other in (abroad.actor(), district.actor(Role.READER), made.actor):
        with pytest.raises(NotAllowed):
            pin(made, other, now)
    kept = pin(made, district.actor(), now)
    district.accept(made)
    with pytest.raises(Refused):
        pin(made, district.actor(), now)
    with pytest.raises(Refused):
        actions.take_off_note(application=fresh(made), note=kept.pk, actor=district.actor())


def test_a_note_is_taken_off_by_its_office(district, abroad, made, now):
    kept = pin(made, district.actor(), now)
    with pytest.raises(NotAllowed):
        actions.take_off_note(application=fresh(made), note=kept.pk, actor=abroad.actor())
    actions.take_off_note(application=fresh(made), note=kept.pk, actor=district.actor(Role.REVIEWER))
    assert not Note.objects.exists()
    with pytest.raises(NotAllowed):
        actions.take_off_note(application=fresh(made), note=kept.pk, actor=district.actor())


def test_the_notice_takes_up_what_was_before_the_officer_and_leaves_the_rest(district, made, now):
    first, later = (pin(made, district.actor(), now, text) for text in ("第一条", "同事刚写的"))
    back = send_back(made, district, [first.pk])
    first.refresh_from_db()
    assert first.of == back
    assert queries.open_notes(district.actor(), fresh(made)) == [later]


def test_another_applications_notes_are_not_taken_up(district, made, ground, now):
    other = make_application(ground, state="submitted", authority="licheng")
    theirs = pin(other, district.actor(), now)
    send_back(made, district, [theirs.pk])
    assert queries.open_notes(district.actor(), fresh(other)) == [theirs]


def test_there_is_an_end_to_notes(district, made, now, monkeypatch):
    monkeypatch.setattr("xingyun.reviews.actions.noting.MOST", 1)
    pin(made, district.actor(), now)
    with pytest.raises(Refused, match="最多记 1 条"):
        pin(made, district.actor(), now)


def test_pages_read_are_each_persons_own_and_twice_is_once(district, abroad, made, sheet):
    given = {"application": fresh(made), "file": sheet.file}
    for _again in range(2):
        actions.read_page(page=1, actor=district.actor(), **given)
    assert queries.pages_read(district.actor(), fresh(made)) == {(sheet.file_id, 1)}
    assert queries.pages_read(district.actor(Role.REVIEWER), fresh(made)) == frozenset()
    for page, actor in ((99, district.actor()), (1, abroad.actor()), (1, made.actor)):
        with pytest.raises(NotAllowed):
            actions.read_page(page=page, actor=actor, **given)
    assert PageRead.objects.count() == 1
