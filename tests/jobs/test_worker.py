"""The worker as a process: it works, stops when told, and does not outlive its parent."""

import signal
import subprocess
import sys
import time

import pytest
from django.db import transaction

from xingyun.audit import SYSTEM
from xingyun.audit import actions as audit
from xingyun.audit.models import Checkpoint
from xingyun.jobs import queries
from xingyun.jobs.models import Job
from xingyun.jobs.models import Worker as Row
from xingyun.jobs.states import State
from xingyun.results.jobs import KIND as STATISTICS

COMMAND = [sys.executable, "-m", "xingyun.config.command", "worker"]


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


@pytest.fixture
def entry(transactional_db, now):
    with transaction.atomic():
        audit.append(stream="a", act="b", actor=SYSTEM, body={}, now=now)


def ended(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_once_does_what_is_due_and_ends(environment, entry):
    subprocess.run([*COMMAND, "--once"], env=environment, check=True, timeout=60)
    assert Checkpoint.objects.count() == 1
    assert Job.objects.filter(kind="audit.checkpoint", state=State.DONE).exists()
    assert not Row.objects.exists()


@pytest.mark.parametrize(("urgent_only", "counted"), [("", True), ("1", False)])
def test_work_nobody_waits_for_may_be_left_to_others(environment, entry, urgent_only, counted):
    given = {**environment, "XINGYUN_URGENT_ONLY": urgent_only}
    subprocess.run([*COMMAND, "--once"], env=given, check=True, timeout=60)
    assert Job.objects.filter(kind=STATISTICS, state=State.DONE).exists() == counted
    assert Job.objects.filter(kind="audit.checkpoint", state=State.DONE).exists()


def test_a_worker_works_gives_signs_of_life_and_stops_when_told(environment, entry):
    process = subprocess.Popen(COMMAND, env=environment)
    try:
        wait_until(Checkpoint.objects.exists)
        assert queries.worker_alive()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
    assert not queries.worker_alive()
    assert not Job.objects.filter(state=State.RUNNING).exists()


def test_a_worker_does_not_outlive_its_parent(environment, entry):
    shell = "import subprocess as s, sys; p = s.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    parent = subprocess.Popen(
        [sys.executable, "-c", shell, *COMMAND], env=environment, stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())
    wait_until(queries.worker_alive)
    parent.kill()
    parent.wait(10)
    wait_until(lambda: ended(pid))
