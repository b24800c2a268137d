"""Suggestions for the field "industry" (GB/T 4754-2017)."""

from functools import lru_cache

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from pypinyin import Style, lazy_pinyin

from xingyun.rulebook.industries import Industry, gbt4754

MOST = 12
LONGEST = 40


@require_safe
@cache_control(public=True, max_age=3600)
def search(request: HttpRequest) -> JsonResponse:
    """`{"results": [{"code", "name", "path"}]}`, by code, words of the name, or its pinyin initials."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    return JsonResponse({"results": [shown(found) for found in find(words)]})


def find(words: str) -> tuple[Industry, ...]:
    """The classes that fit, the finest first."""
    found = gbt4754().search(words, limit=MOST)
    if found or not words.isascii() or not words.isalpha() or len(words) < 2:
        return found
    hits = [i for i in gbt4754().by_code.values() if words.lower() in initials()[i.code]]
    hits.sort(key=lambda i: (not initials()[i.code].startswith(words.lower()), -i.level, len(i.name), i.code))
    return tuple(hits[:MOST])


@lru_cache(maxsize=1)
def initials() -> dict[str, str]:
    """The pinyin initials of every class: 机床 is jc."""
    names = gbt4754().by_code.values()
    return {i.code: "".join(lazy_pinyin(i.name, style=Style.FIRST_LETTER)) for i in names}


def shown(found: Industry) -> dict[str, str]:
    """What the list shows of a class."""
    above = gbt4754().trail(found.code)[:-1]
    return {"code": found.code, "name": found.name, "path": " › ".join(i.name for i in above)}
