"""Pages one below the other in one picture."""

import io
from collections.abc import Sequence

from PIL import Image

GAP, BED = 16, "#d9dde3"


def strip(pages: Sequence[bytes]) -> bytes:
    """PNG pages as one PNG, the first on top. There is at least one."""
    drawn = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    size = (max(page.width for page in drawn), sum(page.height + GAP for page in drawn) - GAP)
    whole, top = Image.new("RGB", size, BED), 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height + GAP
    out = io.BytesIO()
    whole.save(out, format="PNG")
    return out.getvalue()
