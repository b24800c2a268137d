"""A database that is away or has no connection left: told in words, and everything comes back by itself."""

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.postgres import Cluster, binaries
from tests.serving import COMMAND, Served, wait_until

pytestmark = pytest.mark.anywhere
ROOT = Path(__file__).resolve().parents[2]
MOST = 9  # connections, some of which PostgreSQL keeps for its owner


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One that is soon exhausted."""
    try:
        binaries()
    except SystemExit as missing:
        pytest.skip(str(missing))
    with Cluster(synchronous_commit="on", max_connections=str(MOST)) as it:
        yield it


@pytest.fixture(scope="module")
def environment(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    given = {
        **{k: v for k, v in os.environ.items() if not k.startswith("XINGYUN_")},
        "PYTHONPATH": str(ROOT / "src"),
        "XINGYUN_DATA": str(tmp_path_factory.mktemp("data")),
        "XINGYUN_DATABASE_URL": cluster.url,
    }
    subprocess.run([*COMMAND, "migrate"], env=given, check=True, capture_output=True)
    return given


def page(served: Served) -> tuple[int, str]:
    """What somebody with an old session gets of a page that asks the database."""
    request = urllib.request.Request(f"{served.url}/contacts/", headers={"Cookie": "sessionid=" + "a" * 32})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_database_dies_and_comes_back(cluster: Cluster, environment: dict[str, str]) -> None:
    with Served(environment) as served:
        wait_until(lambda: bool(served.health().get("ok")))
        assert page(served)[0] == 200
        family = served.child("gunicorn"), served.child(" worker ")
        cluster.kill()
        wait_until(lambda: page(served)[0] == 503)
        assert "数据库暂时没有应答" in page(served)[1]
        assert served.health()["database"] is False
        begin(cluster)
        wait_until(lambda: page(served)[0] == 200)
        wait_until(lambda: bool(served.health().get("ok")))
        assert (served.child("gunicorn"), served.child(" worker ")) == family, "nobody had to be begun again"


def test_it_waits_for_a_database_that_begins_later(cluster: Cluster, environment: dict[str, str]) -> None:
    cluster.stop()
    served = Served(environment)
    time.sleep(4)
    assert served.process.poll() is None
    begin(cluster)
    with served:
        wait_until(lambda: bool(served.health().get("ok")))


def test_no_connection_is_left(cluster: Cluster, environment: dict[str, str]) -> None:
    """Whoever has one keeps it; without one it is said; once there are some again all goes on."""
    with Served(environment) as served:
        wait_until(lambda: bool(served.health().get("ok")))
        cluster.stop()
        begin(cluster)
        held = exhausted(cluster)
        assert 0 < len(held) <= MOST
        wait_until(lambda: page(served)[0] == 503)
        assert "数据库暂时没有应答" in page(served)[1]
        for one in held:
            one.close()
        wait_until(lambda: page(served)[0] == 200)
        wait_until(lambda: bool(served.health().get("ok")))


def exhausted(cluster: Cluster) -> list[psycopg.Connection[tuple[object, ...]]]:
    """Every connection that is left."""
    held = []
    with contextlib.suppress(psycopg.OperationalError):
        while len(held) <= MOST:
            held.append(psycopg.connect(cluster.url))
    return held


def begin(cluster: Cluster) -> None:
    """Start it, once what is left of the one before is gone."""

    def begun() -> bool:
        try:
            cluster.start()
        except SystemExit:
            return False
        return True

    wait_until(begun)
