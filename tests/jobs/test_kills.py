"""Workers killed with -9 at random moments: every job ends, nothing is done twice."""

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256

import pytest

from xingyun.audit.models import Entry
from xingyun.audit.verify import verify
from xingyun.files import queries as files
from xingyun.files.models import File
from xingyun.jobs import actions
from xingyun.jobs.models import Job
from xingyun.jobs.states import State

KILLS = 20
JOBS = 12


class Nursery:
    """The process that bears workers."""

    def __init__(self, environment):
        command = [sys.executable, "tests/jobs/nursery.py"]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def bear(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture
def nursery(environment):
    made = Nursery(environment)
    yield made
    made.close()


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def test_killed_workers_lose_nothing_and_double_nothing(nursery, now):
    for number in range(JOBS):
        actions.enqueue(kind="test.labour", key=str(number), now=now)
    chance = random.Random(20201012)
    for _ in range(KILLS):
        pid = nursery.bear()
        time.sleep(chance.uniform(0.05, 0.6))
        os.kill(pid, signal.SIGKILL)
        if not Job.objects.exclude(state=State.DONE).exists():
            actions.enqueue(kind="test.labour", key=str(Job.objects.count()), now=now)
    last = nursery.bear()
    wait_until(lambda: not Job.objects.exclude(state=State.DONE).exists())
    os.kill(last, signal.SIGTERM)

    jobs = list(Job.objects.all())
    assert sum(job.failures for job in jobs) > 0, "no kill hit a job: the test proves nothing"
    streams = list(Entry.objects.values_list("stream__name", flat=True))
    assert sorted(streams) == sorted(f"labour:{job.key}" for job in jobs)
    assert list(verify()) == []
    for job in jobs:
        for step in range(6):
            content = f"{job.key}/{step}".encode() * 1000
            file = File.objects.get(sha256=sha256(content).hexdigest())
            assert files.path(file).read_bytes() == content
    assert File.objects.count() == 6 * len(jobs)
