"""Who did something, called as the record calls them: a deputy together with whom it stood in for."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from xingyun.accounts.models import User
from xingyun.registry.deputies import acted_for


class Acted:
    """`acted(user, at)` in a page: "甲", or "甲 代 乙" where it was done for another one at that moment.

    The record has the last word, so that what was done long ago is told rightly, too. One query for all,
    when the first name is asked for.
    """

    def __init__(self, streams: Iterable[str]) -> None:
        self.streams = tuple(dict.fromkeys(streams))

    @cached_property
    def known(self) -> dict[tuple[str, datetime], str]:
        """The labels of all that was done for another one."""
        return acted_for(self.streams) if self.streams else {}

    def __call__(self, user: User | None, at: datetime | None) -> str:
        """How whoever did this is called; a dash for nobody."""
        if user is None:
            return "—"
        return self.known.get((user.audit_id, at), user.label) if at else user.label
