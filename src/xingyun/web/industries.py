"""Suggestions for the field "industry" (GB/T 4754-2017)."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xingyun.pinyin import syllables
from xingyun.rulebook.industries import Industry, gbt4754

MOST = 12
LONGEST = 40


@require_safe
@cache_control(public=True, max_age=3600)
def search(request: HttpRequest) -> JsonResponse:
    """`{"results": [{"code", "name", "path"}]}`, by code, words of the name, its pinyin or their initials."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    return JsonResponse({"results": [shown(found) for found in find(words)]})


@dataclass(frozen=True, slots=True)
class Sound:
    """How a name is said: 机床 has the initials jc, the pinyin jichuang, and syllables begin at 0 and 2."""

    initials: str
    pinyin: str
    starts: frozenset[int]

    def rank(self, words: str) -> int | None:
        """How well `words` fit: by initials (0, 1) or syllables (2, 3), even from the start."""
        if words in self.initials:
            return 0 if self.initials.startswith(words) else 1
        at = self.pinyin.find(words)
        while at >= 0:
            if at in self.starts:
                return 2 if at == 0 else 3
            at = self.pinyin.find(words, at + 1)
        return None


def find(words: str) -> tuple[Industry, ...]:
    """The classes that fit, the finest first."""
    found = gbt4754().search(words, limit=MOST)
    said = "".join(words.lower().split())
    if found or not said.isascii() or not said.isalpha() or len(said) < 2:
        return found
    ranks = ((sounds()[i.code].rank(said), i) for i in gbt4754().by_code.values())
    hits = [(rank, -i.level, len(i.name), i.code, i) for rank, i in ranks if rank is not None]
    return tuple(hit[-1] for hit in sorted(hits, key=lambda hit: hit[:-1])[:MOST])


@lru_cache(maxsize=1)
def sounds() -> dict[str, Sound]:
    """How every class is said."""
    return {i.code: _sound(syllables(i.name)) for i in gbt4754().by_code.values()}


def _sound(syllables: list[str]) -> Sound:
    ends = list(accumulate(map(len, syllables)))
    return Sound("".join(s[0] for s in syllables), "".join(syllables), frozenset([0, *ends[:-1]]))


def shown(found: Industry) -> dict[str, str]:
    """What the list shows of a class."""
    above = gbt4754().trail(found.code)[:-1]
    return {"code": found.code, "name": found.name, "path": " › ".join(i.name for i in above)}
