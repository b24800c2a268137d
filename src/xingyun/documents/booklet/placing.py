"""Any page or image brought onto A4, upright or lying, above the foot that number and code need."""

from dataclasses import dataclass

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
LEFT, RIGHT, TOP, FOOT = 15 * MM, 10 * MM, 9 * MM, 30 * MM
# Lying pages make a bound book turn; they are used only where they show clearly more.
GAIN = 1.15

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placing:
    """The page's size and where content of the given size comes to lie: scale and lower left corner."""

    width: float
    height: float
    scale: float
    x: float
    y: float


def place(width: float, height: float) -> Placing:
    """The larger of upright and lying, at most at its natural size (one pixel of an image is one point)."""
    upright, lying = _fit(width, height, *A4), _fit(width, height, A4[1], A4[0])
    return lying if lying.scale > upright.scale * GAIN else upright


def whole(width: float, height: float) -> Placing:
    """For a scan that already carries margin and foot: it fills the sheet."""
    sheet = A4 if width <= height else (A4[1], A4[0])
    scale = min(sheet[0] / width, sheet[1] / height)
    return Placing(*sheet, scale, (sheet[0] - width * scale) / 2, (sheet[1] - height * scale) / 2)


def _fit(width: float, height: float, paper_width: float, paper_height: float) -> Placing:
    room = (paper_width - LEFT - RIGHT, paper_height - TOP - FOOT)
    scale = min(room[0] / width, room[1] / height, 1.0)
    x = LEFT + (room[0] - width * scale) / 2
    return Placing(paper_width, paper_height, scale, x, paper_height - TOP - height * scale)


def bounds(box: Rect, matrix: Matrix) -> Rect:
    """The rectangle that `box` fills after `matrix`."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
