"""A picture of a round, minute by minute: what was asked, what was handed in, how long answers took."""

from collections.abc import Sequence
from html import escape
from typing import Any

WIDTH, PANEL, LEFT, TOP, GAP = 960, 150, 64, 46, 54
INK, FAINT, BARS, HIGH, LOW = "#1f2933", "#d5dbe1", "#3b6ea5", "#b4552d", "#5b8c5a"
TICKS = 4


def picture(minutes: Sequence[dict[str, Any]], title: str) -> str:
    """As SVG."""
    panels = (
        ("每分钟请求", ("requests",), (BARS,)),
        ("每分钟提交", ("submissions",), (BARS,)),
        ("应答时间（毫秒），p50、p95", ("p95", "p50"), (HIGH, LOW)),
    )
    height = TOP + len(panels) * (PANEL + GAP)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        ' font-family="Noto Sans CJK SC, sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15" fill="{INK}">{escape(title)}</text>',
    ]
    for n, (name, keys, colours) in enumerate(panels):
        drawn += _panel(minutes, TOP + n * (PANEL + GAP), name, keys, colours)
    return "\n".join([*drawn, "</svg>\n"])


def _panel(
    minutes: Sequence[dict[str, Any]], top: int, name: str, keys: Sequence[str], colours: Sequence[str]
) -> list[str]:
    most = max((row[key] for row in minutes for key in keys), default=0) or 1
    step = (WIDTH - LEFT - 20) / max(1, len(minutes))
    drawn = [f'<text x="{LEFT}" y="{top + 2}" fill="{INK}">{escape(name)}</text>']
    top += 12
    room = PANEL - 12
    for n in range(TICKS + 1):
        y = top + room - room * n / TICKS
        drawn.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="{FAINT}"/>')
        said = f"{most * n / TICKS:.0f}"
        drawn.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{said}</text>')
    for key, colour in zip(keys, colours, strict=True):
        for n, row in enumerate(minutes):
            high = room * row[key] / most
            place = f'x="{LEFT + n * step:.1f}" y="{top + room - high:.1f}"'
            shape = f'width="{max(1.0, step - 1):.1f}" height="{high:.1f}"'
            drawn.append(f'<rect {place} {shape} fill="{colour}"/>')
    every = max(1, len(minutes) // 12)
    for n in range(0, len(minutes), every):
        x = LEFT + (n + 0.5) * step
        drawn.append(f'<text x="{x:.1f}" y="{top + PANEL + 4}" text-anchor="middle" fill="{INK}">{n}</text>')
    return drawn
