"""Document numbers that are given here: which ones are taken, which ones come next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.audit.errors import Refused
from xingyun.clock import ZONE
from xingyun.papers.models import DocumentNumber, Series
from xingyun.registry.models import Authority

Numbers = Mapping[str, str]


def series(authority: Authority) -> Series | None:
    """How this office's numbers are given here; None where it numbers its papers elsewhere."""
    return Series.objects.filter(authority=authority).first()


def number_of(about: str, kind: str) -> str:
    """The number of the paper of this kind in this matter; "" when it has none."""
    found = DocumentNumber.objects.filter(about=about, kind=kind).values_list("text", flat=True)
    return found.first() or ""


def registers(
    authorities: Sequence[Authority], year: int
) -> list[tuple[Series | None, list[DocumentNumber]]]:
    """For each office its series, and the numbers that were given in a year, newest first (two queries)."""
    kept = {one.authority_id: one for one in Series.objects.filter(authority__in=authorities)}
    given: dict[int, list[DocumentNumber]] = defaultdict(list)
    for number in DocumentNumber.objects.filter(authority__in=authorities, year=year).order_by("-n"):
        given[number.authority_id].append(number)
    return [(kept.get(one.pk), given[one.pk]) for one in authorities]


def foreseen(kept: Series | None, about: str, kinds: Iterable[str], now: datetime) -> dict[str, str]:
    """The numbers that papers of these kinds would bear, by kind.

    A paper that is made anew keeps its number; others get the lowest ones that are free this year, or none
    where numbers are given elsewhere.
    """
    held = dict(DocumentNumber.objects.filter(about=about).values_list("kind", "text"))
    if kept is None:
        return {kind: held[kind] for kind in kinds if kind in held}
    year = year_of(now)
    free = _free(kept, year)
    return {kind: held.get(kind) or f"{kept.prefix}〔{year}〕{next(free)}号" for kind in kinds}


def year_of(now: datetime) -> int:
    """The year of a number that is given now."""
    return now.astimezone(ZONE).year


def refuse_foreign(typed: str, kept: Series | None) -> None:
    """A number that somebody types is none of those that are given here. Raises Refused."""
    if kept is not None and typed:
        raise Refused(_("本单位的文号由系统按顺序编，不用填。"), field="number")
    prefix = typed.split("〔")[0].strip()
    if prefix and Series.objects.filter(prefix=prefix).exists():
        said = _("“%s”的文号由系统编，不能手工填写。请填本单位自己的文号。")
        raise Refused(said % prefix, field="number")


def _free(kept: Series, year: int) -> Iterator[int]:
    used = set(
        DocumentNumber.objects.filter(authority=kept.authority_id, year=year).values_list("n", flat=True)
    )
    n = kept.given_elsewhere(year)
    while True:
        n += 1
        if n not in used:
            yield n
