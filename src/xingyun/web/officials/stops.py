"""From finding to finding through the whole reading list, whatever page each is on."""

from collections.abc import Iterator, Sequence

from xingyun.applications.queries import Workspace
from xingyun.evidence.models import Finding
from xingyun.web.officials.leaves import leaves
from xingyun.web.officials.panes import Look, down_the_page
from xingyun.web.officials.reading import Group

Place = tuple[int, int, int]  # entry, page in it, place on the page


def following(look: Look, work: Workspace, groups: Sequence[Group], found: Sequence[Finding]) -> str:
    """The address of the next finding that is on a page; after the last the first, empty without another."""
    keys = [item.key for group in groups for item in group.items]
    stops = sorted(_stops(work, groups, found), key=lambda stop: stop[0])
    others = [stop for stop in stops if stop[1].pk != look.finding]
    if not others:
        return ""
    here = next((place for place, one in stops if one.pk == look.finding), None)
    after = here or (keys.index(look.at), look.page, -1)
    place, finding = next((stop for stop in others if stop[0] > after), others[0])
    return look.to(at=keys[place[0]], page=place[1], finding=finding.pk, turn=0, beside="")


def _stops(
    work: Workspace, groups: Sequence[Group], found: Sequence[Finding]
) -> Iterator[tuple[Place, Finding]]:
    """Each finding where its page comes first in the list."""
    waiting: dict[tuple[int, int], list[Finding]] = {}
    for one in found:
        if one.file_id and one.page:
            waiting.setdefault((one.file_id, one.page), []).append(one)
    items = [item for group in groups for item in group.items]
    for n, item in enumerate(items):
        if not any(key in waiting for key in item.pages):
            continue
        for page, leaf in enumerate(leaves(work, item.key), 1):
            here = waiting.pop(leaf.key, [])
            for at, one in enumerate(sorted(here, key=down_the_page)):
                yield (n, page, at), one
