"""A prepared query gives what the queryset would give, in every thread, whatever the values."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, UUIDField
from django.test.utils import CaptureQueriesContext

from xingyun.accounts.models import User
from xingyun.prepared import Parameter, Prepared
from xingyun.registry.models import Authority, Enterprise

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprises(now):
    top = Authority.objects.create(key="top", tier="city", name="市", issuer="市", co_issuer="财")
    below = Authority.objects.create(
        key="one", tier="district", name="区", issuer="区", co_issuer="财", parent=top
    )
    return [
        Enterprise.objects.create(uscc=f"{n:018d}", name=f"企业{n}", authority=below, created_at=now)
        for n in range(3)
    ]


def by_uid():
    return Prepared(
        lambda: (
            Enterprise.objects.select_related("authority__parent")
            .defer("refusal")
            .filter(uid=Parameter("uid", UUIDField()))
        )
    )


def test_rows_come_with_what_was_asked_for(enterprises):
    asked = by_uid()
    for one in enterprises:
        found = asked.first(uid=one.uid)
        assert found == one
        with CaptureQueriesContext(connection) as seen:
            assert (found.authority.parent.key, found.name, found.created_at) == (
                "top",
                one.name,
                one.created_at,
            )
        assert not seen.captured_queries
        assert found.get_deferred_fields() == {"refusal"}
    assert asked.first(uid=uuid4()) is None


def test_values_and_several_parameters(enterprises, now):
    asked = Prepared(
        lambda: (
            Enterprise.objects.filter(
                name__gte=Parameter("name", CharField()),
                created_at__lte=Parameter("at", DateTimeField()),
                state="pending",
            )
            .order_by("-name")
            .values_list("name", "state")
        )
    )
    assert asked(name="企业1", at=now) == [("企业2", "pending"), ("企业1", "pending")]
    assert asked(name="企业2", at=now) == [("企业2", "pending")]
    assert asked(name="企业0", at=datetime(2000, 1, 1, tzinfo=UTC)) == []


def test_one_parameter_in_two_places(enterprises):
    key = Parameter("key", BigIntegerField())
    asked = Prepared(lambda: Enterprise.objects.filter(pk=key) | Enterprise.objects.filter(authority_id=key))
    assert asked(key=enterprises[0].pk)


def test_a_parameter_left_out_is_said(enterprises):
    with pytest.raises(KeyError):
        by_uid()()


def test_it_is_worked_out_once(enterprises):
    built = []
    asked = Prepared(lambda: built.append(1) or User.objects.filter(pk=Parameter("pk", BigIntegerField())))
    assert [asked(pk=n) for n in range(3)] == [[], [], []]
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_each_thread_has_a_connection_of_its_own(enterprises):
    asked = by_uid()

    def ask(n):
        try:
            return asked.first(uid=enterprises[n % 3].uid) == enterprises[n % 3]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(24)))


def test_what_would_be_fetched_after_the_rows_is_refused(enterprises):
    asked = Prepared(lambda: Enterprise.objects.prefetch_related("members"))
    with pytest.raises(TypeError, match="prefetch"):
        asked()
