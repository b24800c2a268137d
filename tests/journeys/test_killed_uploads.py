"""kill -9 while a file arrives: what was acknowledged stays, the rest is sent again, the file is whole."""

import hashlib
import http.client
import io
import random
import threading
import time
from collections.abc import Callable

import pikepdf
import pytest
from tests.journeys.house import House
from tests.journeys.killing import HOST, TOKEN, Barn, Web

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
KILLS = 8
MB = 1024 * 1024
ROOM = "/enterprise/applications"
LINE = 24 * MB  # bytes a second, so that a kill falls into the midst


class Line:
    """One file on its way over a line that breaks."""

    def __init__(self, web: Web, session: str, content: bytes) -> None:
        self.web, self.content = web, content
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Tus-Resumable": "1.0.0",
        }
        _status, found = self.ask("POST", "/uploads/", {"Upload-Length": str(len(content))})
        self.address = found["Location"]

    def ask(self, method: str, path: str, more: dict[str, str]) -> tuple[int, http.client.HTTPMessage]:
        """An answer without a body."""
        there = http.client.HTTPConnection(HOST, self.web.port, timeout=30)
        there.request(method, path, b"", {**self.headers, **more})
        answer = there.getresponse()
        answer.read()
        there.close()
        return answer.status, answer.headers

    def offset(self) -> int:
        """How much of it the server has for sure."""
        status, found = self.ask("HEAD", self.address, {})
        assert status == 200
        return int(found["Upload-Offset"])

    def send(self, start: int) -> None:
        """Everything from there on, as fast as the line goes; stops where it is cut."""
        there = http.client.HTTPConnection(HOST, self.web.port, timeout=30)
        try:
            there.putrequest("PATCH", self.address)
            for name, value in self.headers.items():
                there.putheader(name, value)
            there.putheader("Upload-Offset", str(start))
            there.putheader("Content-Type", "application/offset+octet-stream")
            there.putheader("Content-Length", str(len(self.content) - start))
            there.endheaders()
            for at in range(start, len(self.content), MB // 4):
                there.send(self.content[at : at + MB // 4])
                time.sleep(MB / 4 / LINE)
            there.getresponse().read()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            there.close()


def paper(size: int) -> bytes:
    """A PDF of a page with this many bytes that don't compress."""
    out = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        noise = random.Random(1).randbytes(size)
        book.pages[0].obj["/PieceInfo"] = book.make_stream(noise)
        book.save(out)
    return out.getvalue()


def test_the_server_dies_while_a_file_arrives(houses: Callable[..., House]) -> None:
    """Nothing acknowledged is lost; resumed again and again, the file that is attached is the one sent."""
    house = houses(neighbours=["lixia:star-3:filled"], served=False)
    chance, content = random.Random(1109), paper(40 * MB)
    with Barn(house) as barn:
        web = Web(barn)
        [family] = house.families
        line, safe, cut = Line(web, family.session, content), 0, 0
        for _n in range(KILLS):
            sender = threading.Thread(target=line.send, args=(safe,))
            sender.start()
            time.sleep(chance.uniform(0.05, 0.4))
            web.kill()
            sender.join()
            web.begin()
            now = line.offset()
            assert now >= safe, "what was acknowledged is gone"
            cut += safe <= now < len(content)
            safe = now
        assert cut, "no kill hit the upload: the test proves nothing"
        line.send(safe)
        assert line.offset() == len(content)
        upload = line.address.rstrip("/").rsplit("/", 1)[-1]
        path = f"{ROOM}/{family.application}/evidence/attach/"
        for _twice in range(2):
            status, _where = web.ask("POST", path, family.session, upload=upload, material="screenshots")
            assert status == 302
    digest = hashlib.sha256(content).hexdigest()
    attached = house.sql(f"""SELECT count(*) FROM applications_attachment a JOIN files_file f ON f.id = a.file_id
                              WHERE f.sha256 = '{digest}' AND a.removed_at IS NULL""")
    assert attached == [(1,)]
