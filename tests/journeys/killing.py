"""Processes that can be killed with -9 and born again: a web server, and workers."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from typing import Self
from urllib.parse import urlencode

from tests.journeys.house import ROOT, House
from tests.serving import free_port, wait_until

from xingyun.config.serve import web

TOKEN = "k" * 32
HOST = "127.0.0.1"


class Web:
    """The web server without its supervisor: killed whole, as by a power cut."""

    def __init__(self, house: House) -> None:
        self.port = free_port()
        url = f"http://{HOST}:{self.port}"
        self.environment = {**house.environment, "XINGYUN_BASE_URL": url}

    def __enter__(self) -> Self:
        self.begin()
        return self

    def begin(self) -> None:
        """Start, and wait until it answers."""
        self.process = subprocess.Popen(
            web(f"{HOST}:{self.port}", 4), env=self.environment, cwd=ROOT, start_new_session=True
        )
        wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/notice/", "")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """-9, all of it at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __exit__(self, *_: object) -> None:
        self.kill()

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


class Barn:
    """Where workers are born, one after the other."""

    def __init__(self, house: House) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.barn"],
            env=house.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def bear(self) -> int:
        """A new worker; its pid."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)
