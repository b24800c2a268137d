"""QR codes: written by segno, read back by zxing-cpp."""

import io
from functools import lru_cache
from typing import Any

import segno

LEVEL = "m"  # the level that was read best at 200 dpi in 20 mm
# Weighing all eight masks takes eight times as long; blurred, turned and noisy scans read all of them alike.
MASK = 0


def svg(payload: str) -> str:
    """The code as a small SVG without a quiet zone, one unit a module."""
    rows = _rows(payload)
    size = len(rows)
    path = "".join(_runs(y, row) for y, row in enumerate(rows))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def png(payload: str, *, scale: int = 8, border: int = 4) -> bytes:
    """The code as PNG bytes, `scale` pixels a module, with a quiet zone of `border` modules."""
    out = io.BytesIO()
    _code(payload).save(out, kind="png", scale=scale, border=border)
    return out.getvalue()


def _code(payload: str) -> Any:
    return segno.make(payload, error=LEVEL, micro=False, boost_error=False, mask=MASK)


@lru_cache(maxsize=64)
def _rows(payload: str) -> tuple[bytes, ...]:
    return tuple(bytes(row) for row in _code(payload).matrix)


def _runs(y: int, row: bytes) -> str:
    """The dark runs of one row as path commands; whole runs leave no hairlines between modules."""
    out: list[str] = []
    x = 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            out.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
        x += 1
    return "".join(out)
