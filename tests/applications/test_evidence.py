"""Files and claims: attached, ordered, limited; pages that prove."""

import pytest
from tests.applications.conftest import Begun
from tests.factories.applications import pdf
from tests.factories.ground import Ground, make_enterprise, make_file

from xingyun.applications import actions, queries
from xingyun.applications.models import Attachment, Claim, ClaimPage
from xingyun.audit.errors import Conflict, NotAllowed, Refused
from xingyun.audit.models import Entry


def attach(begun: Begun, content: str, slot: str = "screenshots", pages: int = 3) -> Attachment:
    """Upload a PDF."""
    return actions.attach(
        application=begun.application,
        file=pdf(content, pages, begun.ground.now),
        name=f"{content}.pdf",
        material=slot,
        actor=begun.actor,
        now=begun.ground.now,
    )


def given(begun: Begun) -> dict[str, object]:
    """Who acts when."""
    return {"actor": begun.actor, "now": begun.ground.now}


def names(begun: Begun, slot: str = "screenshots") -> list[str]:
    """The files of a slot in their order."""
    space = queries.workspace(begun.fresh())
    return [a.name for m in space.materials for s in m.slots if s.slot.key == slot for a in s.attachments]


def prove(begun: Begun, attachment: Attachment, first: int, last: int, domain: str = "portal") -> ClaimPage:
    """Let pages prove a domain."""
    return actions.prove(
        application=begun.application,
        domain=domain,
        attachment=attachment,
        first=first,
        last=last,
        **given(begun),  # type: ignore[arg-type]
    )


def test_files_keep_their_order_and_can_be_moved(begun: Begun) -> None:
    a, _b, c = (attach(begun, name) for name in "abc")
    actions.move_attachment(attachment=c, position=1, **given(begun))
    assert names(begun) == ["c.pdf", "a.pdf", "b.pdf"]
    actions.move_attachment(attachment=a, position=99, **given(begun))
    assert names(begun) == ["c.pdf", "b.pdf", "a.pdf"]
    actions.move_attachment(attachment=a, material="contracts", **given(begun))
    assert (names(begun), names(begun, "contracts")) == (["c.pdf", "b.pdf"], ["a.pdf"])


def test_the_same_content_is_the_same_attachment(begun: Begun) -> None:
    assert attach(begun, "a").pk == attach(begun, "a").pk
    assert Entry.objects.filter(act="application.file.attached").count() == 1


def test_a_file_that_was_taken_away_is_kept_but_proves_nothing(begun: Begun) -> None:
    file = attach(begun, "a")
    prove(begun, file, 1, 2)
    actions.detach(attachment=file, **given(begun))
    assert names(begun) == []
    assert Attachment.objects.get(pk=file.pk).removed_at is not None
    space = queries.workspace(begun.fresh())
    assert space.claims["portal"].pages == ()
    assert ("domain", "portal") in {f.where for f in space.verdict.blocking}
    with pytest.raises(Conflict):
        actions.detach(attachment=file, **given(begun))


def test_what_a_book_cannot_take_is_refused(begun: Begun) -> None:
    with pytest.raises(Refused, match="PDF") as caught:
        actions.attach(
            application=begun.application,
            file=make_file(b"just text", begun.ground.now),
            name="a.txt",
            material="screenshots",
            **given(begun),
        )
    assert caught.value.field == "file"


@pytest.mark.parametrize("slot", ["application-form", "no-such", "spending"])
def test_slots_that_take_no_files(begun: Begun, slot: str) -> None:
    with pytest.raises(Refused):
        attach(begun, "a", slot)


def test_limits(begun: Begun, settings: object) -> None:
    first = attach(begun, "a")
    settings.APPLICATION_LIMIT = first.file.size  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="合计"):
        attach(begun, "b")
    settings.FILE_LIMIT = 10  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="上限"):
        attach(begun, "c")


def test_none_is_said_and_taken_back(begun: Begun) -> None:
    def absent(on: bool, material: str = "innovation") -> None:
        actions.declare_absent(application=begun.application, material=material, absent=on, **given(begun))

    absent(True)
    absent(True)
    assert queries.facts(begun.fresh()).materials["innovation"].none
    attach(begun, "a", "innovation")
    assert not queries.facts(begun.fresh()).materials["innovation"].none
    with pytest.raises(Refused, match="先移除文件"):
        absent(True)
    with pytest.raises(Refused, match="必须提供"):
        absent(True, "licence")


def test_ranges_that_touch_become_one(begun: Begun) -> None:
    file = attach(begun, "a", pages=9)
    prove(begun, file, 1, 2)
    prove(begun, file, 6, 7)
    page = prove(begun, file, 3, 5)
    assert (page.first, page.last) == (1, 7)
    assert ClaimPage.objects.count() == 1
    actions.unprove(page=page, **given(begun))
    assert queries.workspace(begun.fresh()).claims["portal"].pages == ()


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 4)])
def test_pages_that_are_not_there(begun: Begun, first: int, last: int) -> None:
    with pytest.raises(Refused, match="共 3 页"):
        prove(begun, attach(begun, "a"), first, last)


def test_claims_are_counted(begun: Begun) -> None:
    for domain in ("portal", "database"):
        actions.claim(application=begun.application, domain=domain, on=True, **given(begun))
    actions.claim(application=begun.application, domain="portal", on=True, **given(begun))
    assert begun.fresh().domains == 2
    actions.claim(application=begun.application, domain="portal", on=False, **given(begun))
    assert begun.fresh().domains == 1
    assert Claim.objects.get().domain == "database"
    with pytest.raises(Refused):
        actions.claim(application=begun.application, domain="no-such", on=True, **given(begun))


def test_somebody_elses_file_proves_nothing(begun: Begun, ground: Ground) -> None:
    enterprise, actor = make_enterprise(ground, "licheng")
    other = actions.create(enterprise=enterprise, round=ground.round, actor=actor, now=ground.now)
    foreign = attach(Begun(ground, enterprise, actor, other), "theirs")
    with pytest.raises(NotAllowed):
        prove(begun, foreign, 1, 1)
    with pytest.raises(NotAllowed):
        actions.detach(attachment=foreign, **given(begun))


def test_replacing_a_file_that_a_return_named_lets_it_prove_again(begun: Begun) -> None:
    """Its domains need not be opened one by one; others stay closed."""
    file = attach(begun, "a")
    prove(begun, file, 1, 1)
    application = begun.application
    type(application).objects.filter(pk=application.pk).update(
        state="returned", unlocked=["material:screenshots"]
    )
    actions.detach(attachment=file, **given(begun))
    better = attach(begun, "better")
    prove(begun, better, 1, 2)
    with pytest.raises(Refused, match="退回补正"):
        prove(begun, better, 1, 1, domain="database")
