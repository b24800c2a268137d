"""A request that only reads begins no transaction, locks nothing and writes nothing."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from xingyun.config.middleware import POLICY, ReadsOnlyRead, SecurityHeaders, WriteOnRead
from xingyun.jobs.models import Worker

pytestmark = pytest.mark.django_db


def insert(now):
    Worker.objects.create(name="x", started_at=now, seen_at=now)


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def begin(_now):
    with transaction.atomic():
        Worker.objects.count()


def begin_without_savepoint(_now):
    with transaction.atomic(savepoint=False, durable=False):
        insert(_now)


def lock(_now):
    if connection.vendor == "postgresql":
        list(Worker.objects.select_for_update())
    else:
        raw("BEGIN IMMEDIATE")


WRITES = [
    insert, begin, begin_without_savepoint, lock,
    lambda now: Worker.objects.update(seen_at=now),
    lambda _now: Worker.objects.all().delete(),
    lambda _now: raw("  \n WITH gone AS (SELECT 1) DELETE FROM jobs_worker"),
    lambda _now: raw("CREATE TABLE x (y int)"),
]  # fmt: skip
READS = [
    lambda _now: list(Worker.objects.filter(name="UPDATE")),
    lambda _now: list(Worker.objects.values("id").union(Worker.objects.values("id"))),
    lambda _now: raw("WITH a AS (SELECT 1) SELECT * FROM a"),
]


def ask(rf, act, now, method="get"):
    def answer(_request):
        act(now)
        return HttpResponse("ok")

    return ReadsOnlyRead(answer)(getattr(rf, method)("/"))


@pytest.mark.parametrize("act", WRITES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_reading_request_that_writes_fails(rf, now, act, method):
    with pytest.raises(WriteOnRead):
        ask(rf, act, now, method)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [insert, begin, begin_without_savepoint])
def test_it_fails_outside_a_transaction_too(rf, now, act):
    """PostgreSQL's BEGIN never passes the wrapper; the statement inside does."""
    with pytest.raises(WriteOnRead):
        ask(rf, act, now)
    assert not Worker.objects.exists()


@pytest.mark.parametrize("act", READS)
def test_a_reading_request_may_read(rf, now, act):
    assert ask(rf, act, now).status_code == 200


def test_a_posting_request_may_write(rf, now):
    assert ask(rf, insert, now, "post").status_code == 200
    assert Worker.objects.count() == 1


def test_production_does_not_pay_for_it(rf, now, settings):
    settings.STRICT_READS = False
    assert ask(rf, insert, now).status_code == 200


def test_every_answer_carries_the_policy(rf):
    response = SecurityHeaders(lambda _request: HttpResponse())(rf.get("/"))
    assert response["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "camera=()" in response["Permissions-Policy"]
