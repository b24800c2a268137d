"""The ways through the product, as data: one list for each audience."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xingyun.registry.actors import Actor
from xingyun.web.addresses import url

Audience = Literal["public", "enterprise", "officials"]


def everybody(actor: Actor) -> bool:  # noqa: ARG001  # one of several predicates
    """Shown to whoever sees the list."""
    return True


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of a navigation: the name of its page, who sees it, and pages elsewhere that belong to it.

    `within` is the same page for one of several programmes, the programme's key in its address.
    """

    label: str | Promise
    name: str
    shown_to: Callable[[Actor], bool] = everybody
    also: tuple[str, ...] = ()
    within: str = ""

    def address(self, programme: str) -> str:
        """Where it leads; on the pages of one programme among several to that programme's."""
        return url(self.within, programme) if self.within and programme else url(self.name)

    def covers(self, path: str, programme: str = "") -> int:
        """How much of the path one of its addresses is; 0 where none begins it."""
        own = [self.address(programme), *(url(name) for name in (self.name, *self.also))]
        return max(
            (len(href) for href in own if path == href or (href != "/" and path.startswith(href))), default=0
        )


class Link(NamedTuple):
    """An entry as the page draws it."""

    label: str
    href: str
    current: bool


PUBLIC = (
    Way(_("首页"), "home"),
    Way(_("通知与政策"), "notice", within="programme_notice"),
    Way(_("申报自测"), "self_check", within="programme_self_check"),
    Way(_("时间安排"), "timeline", within="programme_timeline"),
    Way(_("结果公布"), "results", also=("figures",), within="programme_results"),
    Way(_("证书核验"), "verify"),
)


def ways(audience: Audience) -> tuple[Way, ...]:
    """The list of an audience; each audience keeps its own beside its pages, as `WAYS` in `nav`."""
    if audience == "public":
        return PUBLIC
    found: tuple[Way, ...] = import_module(f"xingyun.web.{audience}.nav").WAYS
    return found


def links(audience: Audience, actor: Actor, path: str, programme: str = "") -> list[Link]:
    """What to draw: the entry whose address is the longest beginning of `path` is the current one.

    `programme` is that of the page, where there are several.
    """
    shown = [way for way in ways(audience) if way.shown_to(actor)]
    nearest = max(shown, key=lambda way: way.covers(path, programme), default=None)
    current = nearest if nearest and nearest.covers(path, programme) else None
    return [Link(str(way.label), way.address(programme), way is current) for way in shown]
