"""What somebody has chosen to see, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from xingyun.lists.queries import Choice
from xingyun.rulebook.schema.levels import Level
from xingyun.web.wording import tell


def in_words(choice: Choice, levels: Mapping[str, Level]) -> str:
    """The filters in one line; a level that the edition does not have is shown by its key."""
    level = tell(levels[choice.level].name) if choice.level in levels else choice.level
    parts = [
        _("、").join(str(state.label) for state in choice.states),
        level,
        _("查找“%s”") % choice.words if choice.words else "",
        _("有疑点") if choice.doubts else "",
        _("最早提交的在前") if choice.sort else "",
    ]
    return _("；").join(part for part in parts if part) or _("全部申请")
