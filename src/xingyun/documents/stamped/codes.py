"""What the code of a printed page says. Capitals, digits and colons only: its modules stay coarse."""

import re
from dataclasses import dataclass

MARK = "XY2"
_WRITTEN = re.compile(
    rf"{MARK}:(?P<number>[0-9A-Z][0-9A-Z._-]{{0,39}}):(?P<section>\d{{1,5}}):(?P<digest>[0-9A-F]{{10}})"
    r":(?P<of>\d{1,4}):(?P<pages>\d{1,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageCode:
    """Application, section (its first number), digest of what the page shows, page `of` of `pages`."""

    number: str
    section: int
    digest: str
    of: int
    pages: int

    @property
    def page(self) -> int:
        """The number printed on the page."""
        return self.section + self.of - 1

    @classmethod
    def read(cls, text: str) -> "PageCode | None":
        """The code, whoever typed it; None for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            return None
        section, of, pages = (int(found[name]) for name in ("section", "of", "pages"))
        if not (section and 1 <= of <= pages):
            return None
        return cls(found["number"], section, found["digest"].upper(), of, pages)


def payload(number: str) -> str:
    """The pattern of the codes of an application's book, for `booklet.Footer`."""
    return f"{MARK}:{number}:{{section}}:{{digest}}:{{of}}:{{pages}}"
