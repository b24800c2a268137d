"""Web and worker together: started, looked after, stopped, and never left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest
from django.db import connection
from tests.serving import COMMAND, Served, children, ended, wait_until

from xingyun.config import serve

pytestmark = pytest.mark.django_db(transaction=True)


def family(served):
    web, worker = served.child("gunicorn"), served.child(" worker ")
    return [web, worker, *children(web)]


def healthy(served):
    return bool(served.health().get("ok"))


def wrong_attempt(url):
    """The page that answers a wrong password, over a line of its own."""
    lines = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = lines.open(url + "/accounts/login/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    fields = {"csrfmiddlewaretoken": token, "login": "nobody", "password": "wrong-password"}
    answer = lines.open(url + "/accounts/login/", urllib.parse.urlencode(fields).encode(), 60)
    return answer.read().decode()


def test_one_command_starts_both_and_stops_both(environment):
    with Served(environment) as served:
        wait_until(lambda: healthy(served))
        well = {"ok": True, "database": True, "storage": True, "worker": True, "scanner": None, "clock": True}
        assert served.health() == well
        members = family(served)
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(40) == 0
        assert all(ended(pid) for pid in members)


def test_children_that_are_killed_come_back(environment):
    with Served(environment) as served:
        wait_until(lambda: healthy(served))
        for word in ("gunicorn", " worker "):
            pid = served.child(word)
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda pid=pid, word=word: served.child(word) not in {0, pid})
        wait_until(lambda: healthy(served))
        request = urllib.request.urlopen(served.url + "/healthz", timeout=5)
        assert request.status == 200


def test_a_killed_web_server_leaves_the_port_even_in_the_midst_of_a_request(environment):
    with Served(environment) as served:
        wait_until(lambda: healthy(served))
        master = served.child("gunicorn")
        (answering,) = children(master)
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            # Half a request, for which it would wait.
            line.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx")
            time.sleep(0.5)
            os.kill(master, signal.SIGKILL)
            wait_until(lambda: ended(answering), 5)
            wait_until(lambda: healthy(served))


def test_a_killed_supervisor_leaves_nobody_behind(environment):
    with Served(environment) as served:
        wait_until(lambda: healthy(served))
        members = family(served)
        served.process.kill()
        served.process.wait(10)
        wait_until(lambda: all(ended(pid) for pid in members))


def test_a_port_in_use_ends_with_a_message(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [*COMMAND, "serve", "--bind", bind, "--no-worker"],
            env=environment, check=False, timeout=120, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"{bind} 已被别的程序占用" in done.stderr


def test_several_processes_are_for_postgresql(environment):
    several = {**environment, "XINGYUN_WEB_PROCESSES": "2"}
    if connection.vendor == "sqlite":
        done = subprocess.run(
            [*COMMAND, "serve"], env=several, check=False, timeout=60, capture_output=True, text=True
        )
        assert done.returncode == 1
        assert "XINGYUN_WEB_PROCESSES" in done.stderr
        return
    with Served(several) as served:
        wait_until(lambda: healthy(served))
        assert len(children(served.child("gunicorn"))) == 2
        # Which of them answers is chance; they count attempts to sign in together.
        answers = [wrong_attempt(served.url) for _ in range(7)]
    assert ["次数过多" in page for page in answers] == [False] * 5 + [True] * 2


def test_a_child_that_never_lives_ends_everything(caplog, monkeypatch):
    monkeypatch.setattr(serve.time, "sleep", lambda _seconds: None)
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    before, supervisor = children(os.getpid()), serve.Supervisor()  # a browser may live beside it
    assert supervisor.watch({"web": sleeper, "worker": [sys.executable, "-c", "raise SystemExit(3)"]}) == 1
    assert "worker can't run" in caplog.text
    assert children(os.getpid()).keys() <= before.keys()


def test_a_database_without_tables_is_not_served(environment, tmp_path):
    empty = {**environment, "XINGYUN_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    done = subprocess.run(
        [*COMMAND, "serve"], env=empty, check=False, timeout=60, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "xingyun migrate" in done.stderr
