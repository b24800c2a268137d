"""What looking into one file, or drawing one page of it, may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """`seconds` by the clock and of the processor; bytes of `memory` (address space) and `output` (a file).

    `pages` of a PDF, `pixels` of an image or a picture in a PDF, `unpacked` bytes of what pages consist of.
    """

    seconds: int = 20
    memory: int = 1_500_000_000
    output: int = 512 * 1024 * 1024
    pages: int = 300
    pixels: int = 100_000_000
    unpacked: int = 256 * 1024 * 1024
