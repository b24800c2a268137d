"""An act is either recorded or refused; these are the refusals that every room uses."""

from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


class Refused(Exception):
    """The act is not allowed now. `message` is translated and says what to do; `clause` is its ground."""

    def __init__(self, message: str, *, clause: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.clause = clause
        self.field = field


class NotAllowed(Refused):
    """This person may not do or see this. Answered like something that does not exist."""


class Revealing(Refused):
    """The refusal itself tells of others: that a code or a name is known. Counted where anybody may ask."""


class Conflict(Refused):
    """Somebody else was faster; what was typed is kept and both versions are shown."""


def allowed(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether a predicate that refuses by raising lets this through; for what is only shown to who may."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
