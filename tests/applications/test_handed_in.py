"""What an office sees is what was handed in, not what is being mended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.applications import Made, make_application, pdf
from tests.factories.ground import Ground

from xingyun.applications import actions, queries
from xingyun.applications.actions.transitions import move
from xingyun.applications.models import Attachment
from xingyun.applications.states import State
from xingyun.audit.errors import NotAllowed

ALL = ["form", "materials", "domains", "ledger"]


@pytest.fixture
def returned(ground: Ground) -> Made:
    """Handed in, and back with everything open."""
    made = make_application(ground, state=State.SUBMITTED)
    due = ground.now + timedelta(days=9)
    move(
        application=made.application,
        to=State.RETURNED,
        actor=made.actor,
        now=ground.now,
        unlocked=ALL,
        due=due,
    )
    return made


def test_it_is_the_same_as_long_as_nothing_is_changed(ground: Ground) -> None:
    made = make_application(ground, state=State.SUBMITTED)
    live, frozen = queries.workspace(made.fresh()), queries.as_handed_in(made.fresh())
    assert frozen.answers == live.answers
    assert frozen.values == live.values
    assert frozen.materials == live.materials
    assert frozen.claims.keys() == live.claims.keys()
    assert [f.words for f in frozen.verdict.findings] == [f.words for f in live.verdict.findings]
    assert (frozen.booklet, frozen.scan) == (live.booklet, live.scan)
    assert frozen.ledger.counted_fen == live.ledger.counted_fen
    assert frozen.ledger.contracts[0].uid == live.ledger.contracts[0].uid


def test_what_is_mended_shows_only_when_it_is_handed_in(returned: Made, ground: Ground) -> None:
    given = {"actor": returned.actor, "now": ground.now}
    application = returned.application
    before = queries.as_handed_in(returned.fresh())
    old = {a.material: a for m in before.materials for a in m.attachments}
    actions.save_answer(
        application=application,
        field="scope",
        raw="正在改",
        seen=actions.digest(before.answers["scope"]),
        **given,
    )
    actions.detach(attachment=Attachment.objects.get(pk=old["licence"].pk), **given)
    added = actions.attach(
        application=application, file=pdf("new", 1, ground.now), name="新.pdf", material="licence", **given
    )
    actions.remove_invoice(
        application=application, invoice=queries.workspace(returned.fresh()).ledger.invoices[0], **given
    )
    actions.claim(application=application, domain="portal", on=False, **given)
    seen = queries.as_handed_in(returned.fresh())
    assert seen.answers["scope"] == before.answers["scope"]
    assert seen.materials == before.materials
    assert seen.claims.keys() == before.claims.keys()
    assert len(seen.ledger.invoices) == 1
    assert queries.handed_in_attachment(application, old["licence"].uid) == old["licence"]
    assert queries.handed_in_attachment(application, added.uid) is None


def test_it_costs_five_queries(ground: Ground) -> None:
    made = make_application(ground, state=State.SUBMITTED)
    application = made.fresh()
    with CaptureQueriesContext(connection) as captured:
        space = queries.as_handed_in(application)
        assert all(a.file.sha256 for m in space.materials for a in m.attachments)
        assert space.ledger.invoices[0].contract is not None
    assert len(captured) == 5


def test_a_draft_was_never_handed_in(ground: Ground) -> None:
    made = make_application(ground)
    with pytest.raises(NotAllowed):
        queries.as_handed_in(made.fresh())
