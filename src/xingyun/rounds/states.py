"""What a round can be, and what an amendment may do to it. Whether a window is open is never stored."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from xingyun.rulebook.diff import ChangeKind


class RoundState(models.TextChoices):
    """A round is prepared, then open until its results are announced."""

    PLANNED = "planned", _("筹备")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class Scope(models.TextChoices):
    """Which running applications an amendment takes along; all others stay under the edition they have."""

    UNSUBMITTED = "unsubmitted", _("还没有提交的")
    UNDECIDED = "undecided", _("还没有决定的")


# What an applicant was asked for: whoever has handed in is judged by what he was asked.
ASKED: frozenset[ChangeKind] = frozenset({"form", "materials", "checklist", "conditions", "points"})
# What everybody in the round competes under, known before it opens: only another round can have it otherwise.
FIXED: frozenset[ChangeKind] = frozenset({"levels", "quota", "offices"})


def scopes(kinds: Iterable[ChangeKind]) -> tuple[Scope, ...]:
    """The scopes that an amendment with these kinds of change may have, the usual one first."""
    if ASKED.isdisjoint(kinds):
        return Scope.UNDECIDED, Scope.UNSUBMITTED
    return (Scope.UNSUBMITTED,)
