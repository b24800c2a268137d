"""What reading one file may cost. Whatever goes beyond becomes a finding, never a hang."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds for one file: seconds, pages, pixels, bytes.

    `seconds` is what the reader itself keeps to, `memory` and twice the seconds what its process is held to.
    `pixels` bounds a drawn page, `photo` an image as it comes, `unpacked` all parts of an archive together,
    `part` each of them (XML files too), `nested` how deep archives may lie inside archives.
    """

    seconds: float = 60.0
    pages: int = 300
    pixels: int = 12_000_000
    photo: int = 60_000_000
    glyphs: int = 20_000
    entries: int = 2_000
    unpacked: int = 150_000_000
    part: int = 20_000_000
    nested: int = 1
    pictures: int = 20
    invoices: int = 2_000
    memory: int = 2_500_000_000


class Budget:
    """The time that is left for a file."""

    def __init__(self, seconds: float) -> None:
        self._whole = seconds
        self._end = time.monotonic() + seconds

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return time.monotonic() >= self._end

    @property
    def short(self) -> bool:
        """Whether less than half is left: what is merely worth a try is left out."""
        return time.monotonic() >= self._end - self._whole / 2
