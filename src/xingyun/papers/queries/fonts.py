"""The fonts that papers are set in, and whether they have every character of what is to be set."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.documents.fonts import find_fonts, missing_glyphs, texts_in


@lru_cache(maxsize=1)
def own_fonts() -> tuple[Path, ...]:
    """The folders with the fonts."""
    return find_fonts(settings.FONTS)


def refuse_boxes(data: Mapping[str, object]) -> None:
    """Raise Refused when a character of the data is in none of the fonts: a paper must not show boxes."""
    missing = missing_glyphs("".join(texts_in(data)), own_fonts())
    if missing:
        raise Refused(
            _(
                "文书未能生成：字体里没有“{signs}”。请管理员把含有这些字的字体放进字体文件夹后再试，内容没有丢失。"
            ).format(signs="、".join(missing))
        )
