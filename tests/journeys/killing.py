"""Processes that can be killed with -9 and born again: a web server, and workers."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
from typing import Self
from urllib.parse import urlencode

from tests.journeys.house import ROOT, House
from tests.serving import ended, free_port, wait_until

from xingyun.config.serve import web

TOKEN = "k" * 32
HOST = "127.0.0.1"


class Barn:
    """Where servers and workers are born; whoever still lives at the end is killed."""

    def __init__(self, house: House) -> None:
        self.port = free_port()
        self.born: list[int] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.barn"],
            env={**house.environment, "XINGYUN_BASE_URL": f"http://{HOST}:{self.port}"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def bear(self, *words: str) -> int:
        """A new process; its pid, which is that of its session, too."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        self.born.append(int(self.process.stdout.readline()))
        return self.born[-1]

    def kill(self, pid: int) -> None:
        """-9, the whole session at once; returns when it is gone."""
        os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: ended(pid))

    def __exit__(self, *_: object) -> None:
        for pid in self.born:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)


class Web:
    """The web server without its supervisor: killed whole, as by a power cut."""

    def __init__(self, barn: Barn) -> None:
        self.barn, self.port = barn, barn.port
        self.begin()

    def begin(self) -> None:
        """Start, and wait until it answers."""
        self.pid = self.barn.bear("web", *web(f"{HOST}:{self.port}", 4)[3:])
        wait_until(self._answers)

    def kill(self) -> None:
        """Master and workers at once."""
        self.barn.kill(self.pid)

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/notice/", "")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, session: str, **form: str) -> tuple[int, str]:
        """Status and address of an answer, as a browser with this session gets it. Raises OSError without one."""
        there = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if method == "POST" else None
            headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            there.request(method, path, body, headers)
            answer = there.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        except http.client.HTTPException as cut:
            raise ConnectionError(str(cut)) from cut
        finally:
            there.close()


class Request(threading.Thread):
    """A POST on its way; `answer` stays None when the server died before it answered."""

    def __init__(self, web: Web, path: str, session: str, **form: str) -> None:
        super().__init__()
        self.web, self.path, self.session, self.form = web, path, session, form
        self.answer: tuple[int, str] | None = None
        self.start()

    def run(self) -> None:
        """Ask once."""
        try:
            self.answer = self.web.ask("POST", self.path, self.session, **self.form)
        except OSError:
            self.answer = None
