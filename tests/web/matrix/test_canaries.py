"""Personal data comes up where it belongs and nowhere else: pages, papers, messages, the record, logs."""

from functools import lru_cache

import pytest
from tests.web.matrix import canaries
from tests.web.matrix.crawl import Read, crawl, text_of
from tests.web.matrix.world import World

from xingyun.audit.models import Entry, Stream
from xingyun.messages.models import Message, Outbox

# What a visitor reads is read once, so all tests of this file go to one process.
pytestmark = [pytest.mark.django_db, pytest.mark.anywhere, pytest.mark.xdist_group("canaries")]
# Who must find nothing of the applicants; their own person's data aside, which is not planted.
OUTSIDE = ("nobody", "rival", "newcomer", "abroad", "abroad-finance", "admin")
# Finance reads reports: names and codes of enterprises, no person.
FINANCE = ("finance", "city-finance")
INSIDE = ("applicant", "preparer", "city", "city-reader", "auditor")


@pytest.fixture(scope="module")
def reading(world: World) -> object:
    """What a visitor reads, read once."""
    return lru_cache(maxsize=None)(lambda visitor: crawl(world, visitor))


def elsewhere(found: dict[str, list[str]], visitor: str) -> dict[str, list[str]]:
    """Without the pages of the file that is being handed over to the office abroad, with its reason."""
    offered = ("/officials/", "/officials/transfers/") if visitor == "abroad" else ()
    return {
        where: words
        for where, words in found.items()
        if not (where in offered or (offered and where.startswith(offered[1])))
    }


@pytest.mark.parametrize("visitor", [*OUTSIDE, *FINANCE])
def test_no_person_is_seen_from_outside(reading, visitor, caplog):
    read: Read = reading(visitor)
    assert elsewhere(read.holding(canaries.ALL), visitor) == {}
    assert not [word for word in canaries.ALL if word in caplog.text]


@pytest.mark.parametrize("visitor", [*INSIDE, *OUTSIDE, *FINANCE])
def test_every_link_leads_somewhere(reading, visitor):
    assert reading(visitor).dead == {}


def test_who_objects_is_seen_by_the_publishing_office_alone(reading):
    for visitor in (*INSIDE, *OUTSIDE, *FINANCE):
        found = reading(visitor).holding(canaries.OBJECTING)
        assert bool(found) == (visitor == "city"), (visitor, found)


def test_who_claims_an_enterprise_is_seen_by_the_office_that_rules(reading):
    for visitor in (*INSIDE, *OUTSIDE, *FINANCE):
        found = reading(visitor).holding(canaries.CLAIMING)
        assert bool(found) == (visitor in ("preparer", "auditor")), (visitor, found)


def test_who_brings_a_booklet_is_seen_by_the_office_that_takes_it_in(reading):
    for visitor in (*INSIDE, *OUTSIDE, *FINANCE):
        found = reading(visitor).holding(canaries.BRINGING)
        assert bool(found) == (visitor in ("preparer", "auditor")), (visitor, found)


def test_who_confirms_for_a_provider_is_seen_by_the_office_and_without_its_phone_by_the_applicant(
    reading, world
):
    for visitor in (*INSIDE, *OUTSIDE, *FINANCE):
        found = reading(visitor).holding(canaries.CONFIRMING)
        assert not found or visitor in ("applicant", "preparer", "auditor"), (visitor, found)
        found = reading(visitor).holding((canaries.CONFIRMER_PHONE,))
        assert not found or visitor in ("preparer", "auditor"), (visitor, found)
    assert reading("applicant").holding(canaries.CONFIRMING)
    desk = f"/officials/applications/{world.subjects['turned-away']['uid']}/?at=ledger"
    assert canaries.CONFIRMER_PHONE in text_of(world.ask("preparer", "GET", desk))


def test_the_search_would_find_what_it_looks_for(reading, world):
    desk = f"/officials/applications/{world.subjects['awarded']['uid']}/"
    seen = " ".join(text for where, text in reading("preparer").text.items() if where.startswith(desk))
    assert not [word for word in canaries.APPLICANT if word not in seen and word not in REGISTERED]
    own = " ".join(reading("applicant").text.values())
    assert not [word for word in canaries.APPLICANT if word not in own and word not in REGISTERED]
    papers = [text for where, text in reading("nobody").text.items() if where.endswith("/paper/")]
    assert [text for text in papers if "鹤汀" in text], "papers are read, too"
    finance = reading("finance").text
    assert [
        where for where in finance if where.endswith("/papers/table/?as=excel") and "鹤汀" in finance[where]
    ]


def test_another_applicant_finds_no_other_enterprise_before_it_is_public(reading, world):
    names = {world.made[name].enterprise.name for name in ("settled", "prepared", "submitted", "draft")}
    for visitor in OUTSIDE:
        found = elsewhere(reading(visitor).holding(names), visitor)
        # A provider's page names who asks it; nobody finds it but by the link that was mailed.
        assert [where for where in found if not where.startswith("/confirm/")] == [], visitor


def test_a_draft_is_found_by_its_applicant_alone(reading, world):
    draft = world.made["draft"]
    for visitor in (*INSIDE, *OUTSIDE, *FINANCE):
        found = reading(visitor).holding([draft.application.number])
        # Whoever audits the record finds in it that something was begun, by its number.
        assert bool(found) == (visitor in ("applicant", "auditor")), (visitor, found)
        assert visitor != "auditor" or {where.split("?")[0] for where in found} == {"/officials/record/"}


def test_the_record_holds_no_person(world):
    entries = Entry.objects.all()
    assert entries.count() > 100
    said = " ".join(f"{e.body} {e.actor} {e.label} {e.act}" for e in entries)
    streams = " ".join(Stream.objects.values_list("name", flat=True))
    names = [made.enterprise.name for made in world.made.values()]
    texts = ("请写清用了哪些云服务", "与事实不符", canaries.OBJECTION, canaries.TEXT)
    for word in (*canaries.ALL, *names, *texts):
        assert word not in said, word
        assert word not in streams, word


def test_messages_hold_no_person(world):
    told = " ".join(f"{m.subject} {m.body} {m.link}" for m in Message.objects.all())
    posted = " ".join(f"{m.subject} {m.body}" for m in Outbox.objects.all())
    assert Message.objects.count() > 20
    assert Outbox.objects.exists()
    for word in canaries.ALL:
        assert word not in told, word
        assert word not in posted, word


# Known from the registration only, which is a page of its own.
REGISTERED = {canaries.PERSON, canaries.MOBILE}
