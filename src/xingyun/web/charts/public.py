"""The sections of what anybody may know of a round: what was announced, and sums that tell of nobody."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from xingyun.documents.tables import Column
from xingyun.results.queries.statistics import FEWEST
from xingyun.rulebook import Rulebook
from xingyun.web.charts import of_round
from xingyun.web.charts.bars import bars
from xingyun.web.charts.of_round import Figures
from xingyun.web.charts.section import Section
from xingyun.web.charts.table import Table, text
from xingyun.web.wording import tell


def sections(figures: Figures, book: Rulebook, keys: Mapping[int, str]) -> list[Section]:
    """Everything that the public page shows."""
    found = [
        of_round.places(figures, book, keys, _("各地获认定的企业")),
        of_round.industries(figures),
    ]
    if book.deployments:
        found.append(of_round.deployments(figures, book))
    if book.keeps_ledger:
        found.append(spend(figures, book))
    return found


def spend(figures: Figures, book: Rulebook) -> Section:
    """Sum and mean by level. A sum of less than FEWEST never gets here."""
    names = {level.key: tell(level.name) for level in book.levels}
    order = {level.key: n for n, level in enumerate(book.levels)}
    lines = sorted(figures.get("spend", ()), key=lambda line: order.get(line[0], len(order)))
    sums = Column(_("合计（万元）"), "wan", 16)
    columns = (
        Column(_("级别"), width=20),
        Column(_("家数"), "int"),
        sums,
        Column(_("平均（万元）"), "wan", 16),
    )
    rows = [(names.get(level, level), n, _whole(fen), _whole(fen // n)) for level, n, fen in lines]
    title = _("获认定企业的上云支出")
    lying = [(row[0], [row[2] // 1_000_000], text(sums, row[2])) for row in rows]
    return Section(
        table=Table(key="spend", title=title, columns=columns, rows=rows),
        chart=bars(title, lying),
        note=_("认定时的数，取整到万元。同一次公布中不足 %(n)s 家的级别不列出。") % {"n": FEWEST},
    )


def _whole(fen: int) -> int:
    """Rounded to 10,000 yuan."""
    return (fen + 500_000) // 1_000_000 * 1_000_000
