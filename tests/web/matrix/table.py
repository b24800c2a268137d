"""The table of doors (`doors.txt`): read, and asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.matrix.world import VISITORS, World

FILE = Path(__file__).parent / "doors.txt"
# Who is asked for all where the answer is the same for everybody.
SOME = ("nobody", "applicant", "abroad")
SIGNS = {200: "+", 404: "-"}


@dataclass(frozen=True, slots=True)
class Row:
    """Method, route and subject, and the expected sign for each visitor."""

    method: str
    route: str
    subject: str
    signs: dict[str, str]

    @property
    def label(self) -> str:
        """How the test is called."""
        return f"{self.method} {self.route} {self.subject}"


def rows() -> list[Row]:
    """The table as it stands in the file."""
    lines = FILE.read_text("utf-8").splitlines()
    table = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    heads = table.pop(0)
    assert heads[3:] == list(VISITORS), "the table's head names the visitors"
    return [Row(*line[:3], signs=_signs(line)) for line in table]


def _signs(line: list[str]) -> dict[str, str]:
    if line[3] == "all":
        return dict.fromkeys(SOME, line[4])
    assert len(line) == 3 + len(VISITORS), f"a sign for each visitor: {line}"
    return dict(zip(VISITORS, line[3:], strict=True))


def routes() -> list[str]:
    """The name of every route of the product; one without a name is named by its pattern."""
    return [p.name or str(p.pattern) for p in patterns(get_resolver())]


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """All patterns, those of included modules too."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def address(world: World, row: Row) -> str:
    """The address of a row: its subject's values, some of them named anew ("draft,row=contract")."""
    name, *changes = row.subject.split(",")
    known = world.subjects[name]
    given = dict(change.split("=") for change in changes)
    known = {**known, **{key: known.get(value, value) for key, value in given.items()}}
    return reverse(row.route, kwargs={key: known[key] for key in parameters(row.route)})


def parameters(route: str) -> list[str]:
    """The parameters of a route; those of the path that it is included under, too."""
    found = get_resolver().reverse_dict.getlist(route)
    [[(_text, names)], *_rest] = found[0]
    return list(names)


def sign(answer: HttpResponseBase) -> str:
    """`+` a page, `-` nothing there, `?` sign in first, `>` sent on, else the status."""
    if answer.status_code == 302:
        return "?" if answer["Location"].startswith("/accounts/login/") else ">"
    return SIGNS.get(answer.status_code, str(answer.status_code))
