"""What anybody may know of a round: numbers of titles that were announced, and sums nobody stands out in.

Who has a title at which level is public; what a single enterprise spends is not. So sums are of what one
announcement gave at one level, and only where that were at least FEWEST enterprises: neither a small group
nor the difference between two announcements, or between a whole and its parts, tells of fewer. A sum stays
as it was announced when a title is revoked later, for the same reason. There is no median: of a few
enterprises it is the spending of one.
"""

from collections import Counter
from typing import Any

from django.db.models import Count, Sum

from xingyun.results.models import Award
from xingyun.results.queries.statistics.counting import section
from xingyun.rounds.models import Round

FEWEST = 3


def awarded(round: Round) -> dict[str, Any]:
    """The public figures of a round (four queries): whole numbers, sums in fen."""
    all_of = Award.objects.filter(application__round=round).order_by()
    stand = all_of.filter(title__revoked_at=None)
    industries, deployments = Counter[str](), Counter[str]()
    for code, n in stand.values_list("application__industry").annotate(n=Count("id")):
        industries[section(code)] += n
    for keys, n in stand.values_list("application__deployments").annotate(n=Count("id")):
        deployments.update(dict.fromkeys(filter(None, keys.split(",")), n))
    places = stand.values_list("application__authority", "title__level").annotate(n=Count("id"))
    groups = all_of.values_list("title__level", "announcement").annotate(
        n=Count("id"), fen=Sum("application__spend_fen")
    )
    spend: dict[str, list[int]] = {}
    for level, _announcement, n, fen in groups:
        if n >= FEWEST:
            known = spend.setdefault(level, [0, 0])
            known[0] += n
            known[1] += fen
    return {
        "levels": sorted(map(list, places)),
        "industries": dict(industries),
        "deployments": dict(deployments),
        "spend": [[level, *both] for level, both in sorted(spend.items())],
    }
