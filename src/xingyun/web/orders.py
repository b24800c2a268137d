"""What applicants are put in order by, in words: for officials and for everybody."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xingyun.reviews.models import RankingBasis
from xingyun.reviews.queries import bases
from xingyun.rounds.models import Round
from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell

KEYS = {
    "points": _("得分"),
    "domains_proved": _("有证明的域"),
    "spend": _("上云支出"),
    "submitted_at": _("提交先后"),
    "meeting": _("集体研究"),
    "preferences": _("优先条件"),
}


@dataclass(frozen=True, slots=True)
class Published:
    """What an office has published, and what it had published before (newest first)."""

    office: str
    now: RankingBasis
    before: tuple[RankingBasis, ...]


def published(round_: Round, book: Rulebook) -> list[Published]:
    """Every office's own order (one query)."""
    names = {one.key: tell(one.name) for one in book.authorities}
    grouped: dict[str, list[RankingBasis]] = {}
    for one in bases(round_):
        grouped.setdefault(one.authority.key, []).append(one)
    return [
        Published(names.get(key, some[0].authority.name), some[0], tuple(some[1:]))
        for key, some in grouped.items()
    ]
