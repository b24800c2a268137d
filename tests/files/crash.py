"""A server that is killed while bytes arrive: crash.py OWNER UUID AFTER."""

# ruff: noqa: E402
import os
import signal
import sys
import time
from uuid import UUID

import django

django.setup()

from django.test import RequestFactory

from xingyun.files import tus


class Deadly:
    """Bytes 0…255 in turn, and the end after some."""

    def __init__(self, after: int) -> None:
        self.after, self.given = after, 0

    def read(self, size: int) -> bytes:
        """The next bytes."""
        if self.given >= self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        # A line on which a megabyte takes its time.
        time.sleep(tus.SECONDS_BETWEEN / 4)
        self.given += size
        return bytes(range(256)) * (size // 256)


owner, uuid, after = sys.argv[1:]
headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
request = RequestFactory().generic("PATCH", "/", b"x", content_type=tus.CONTENT, headers=headers)
request._stream = Deadly(int(after))
tus.serve(request, owner_id=int(owner), uuid=UUID(uuid))
