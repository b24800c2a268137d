"""What every page shows around its content. It asks the database for nothing."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xingyun import clock
from xingyun.registry.actors import ANONYMOUS, Actor
from xingyun.registry.states import MemberRole
from xingyun.web import in_view
from xingyun.web.frame import FRAME, Frame
from xingyun.web.navigation import Audience, Link, links
from xingyun.web.wording import tell

THEMES = ("light", "dark")
# The longest text of a list's filters.
LIST = 600


class Shell:
    """The frame of a page, worked out only as far as its layout asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def stands_in(self) -> bool:
        """Whether the person acts for a colleague now."""
        actor = self.actor
        return bool(actor.seats) and actor.stands_in

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return getattr(self.request, "actor", ANONYMOUS)

    @cached_property
    def now(self) -> datetime:
        """The product's time at this answer."""
        return clock.now()

    @property
    def rehearsal(self) -> bool:
        """Whether to show the banner of the rehearsal's clock."""
        return clock.is_rehearsal()

    @property
    def language(self) -> str:
        """The value of the page's lang attribute."""
        return "en" if (translation.get_language() or "").startswith("en") else "zh-Hans"

    @property
    def other_language(self) -> tuple[str, str, str]:
        """Code, lang attribute and own name of the language to switch to."""
        return ("zh-hans", "zh-Hans", "中文") if self.language == "en" else ("en", "en", "English")

    @property
    def theme(self) -> str:
        """The person's choice, empty where the system's setting decides."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def path(self) -> str:
        """This page, to come back to after a switch; a form's own address is no page."""
        return self.request.get_full_path() if self.request.method == "GET" else "/"

    @property
    def messages(self) -> Iterable[Message]:
        """What the last act has to say."""
        return get_messages(self.request)

    @property
    def programme(self) -> str:
        """The key of the programme that the page is about; empty where it is about none, or about several."""
        if (book := in_view.book()) is not None:
            return book.key
        match = self.request.resolver_match
        return str(match.kwargs.get("programme", "")) if match else ""

    @property
    def frame(self) -> Frame:
        """The frame of the page's programme."""
        return FRAME.get().of(self.programme)

    @property
    def several(self) -> bool:
        """Whether several programmes run beside each other."""
        return FRAME.get().several

    @property
    def line(self) -> str:
        """The line below the product's name: the award that the page is about."""
        return tell(self.frame.line)

    @property
    def foot(self) -> list[str]:
        """Host and telephone, for the footer."""
        frame = self.frame
        phone = _("技术服务电话 %(phone)s") % {"phone": frame.phone} if frame.phone else ""
        return [text for text in (tell(frame.host), phone) if text]

    @property
    def edition_line(self) -> str:
        """Which rulebook the pages follow."""
        return tell(self.frame.edition)

    @property
    def report_due(self) -> datetime | None:
        """When the next reports are due."""
        return next((due for due in self.frame.dues if due > self.now), None)

    @property
    def who(self) -> tuple[str, str]:
        """For whom the person acts, and as what."""
        actor = self.actor
        if actor.seats:
            return actor.seats[0].authority_name, actor.label
        if actor.posts:
            return actor.posts[0].enterprise_name, str(MemberRole(actor.posts[0].role).label)
        return actor.label, ""

    def listed(self, first: str) -> str:
        """The list that an application was opened from, as a part of an address beginning with `first`."""
        chosen = self.request.GET.get("list", "")[:LIST]
        return first + urlencode({"list": chosen}) if chosen else ""

    def nav(self, audience: Audience) -> list[Link]:
        """The entries of a navigation for this person."""
        programme = self.programme if FRAME.get().several else ""
        return links(audience, self.actor, self.request.path, programme)


class CsrfInput:
    """The hidden field of a page's forms, masked once a page: Django's own masks it anew in every form."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def field(self) -> SafeString:
        """The field as markup."""
        return csrf_input(self.request)

    def __html__(self) -> str:
        return self.field


def audience_of(actor: Actor) -> Audience:
    """Whose pages a person comes for."""
    if actor.seats:
        return "officials"
    return "enterprise" if actor.posts else "public"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: its frame, and how it is called."""
    return {"shell": Shell(request), "product": _("星云"), "csrf_input": CsrfInput(request)}
