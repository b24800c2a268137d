"""An order as it would look if some decisions were taken: where the places would end then."""

from collections.abc import Mapping
from dataclasses import replace

from xingyun.reviews.queries.ranking import Ranked, Ranking
from xingyun.reviews.queries.trying import Outlook


def redrawn(found: Ranking, outlook: Outlook, level: str, kind: str) -> Ranking:
    """The order with the line drawn anew: first those that were chosen and fit, then down the list."""
    if found.meter is None or found.meter.cap is None:
        return found
    chosen = {
        row.wish.application: not row.why
        for row in outlook.rows
        if (row.wish.level, row.wish.kind) == (level, kind)
    }
    own = [m for m in outlook.after if m.quota.key == found.meter.quota.key]
    left = {m.batch: m.free or 0 for m in own}
    by_batch = found.meter.batch is not None
    over: set[str | None] = set()
    rows = []
    for row in found.rows:
        batch = row.standing.application.batch if by_batch else None
        rows.append(_row(row, chosen, left, over, batch))
    meter = next(m for m in own if m.batch == found.meter.batch)
    return replace(found, rows=tuple(rows), meter=meter)


def _row(
    row: Ranked,
    chosen: Mapping[int, bool],
    left: dict[str | None, int],
    over: set[str | None],
    batch: str | None,
) -> Ranked:
    pk = row.standing.application.pk
    if pk in chosen and (chosen[pk] or left.get(batch, 0) > 0):
        return replace(row, inside=chosen[pk], cut=False)
    if not row.waits:
        return row
    takes = left.get(batch, 0) > 0
    left[batch] = left.get(batch, 0) - takes
    cut = not takes and batch not in over
    if cut:
        over.add(batch)
    return replace(row, inside=takes, cut=cut)
