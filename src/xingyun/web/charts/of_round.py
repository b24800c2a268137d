"""The sections of a round's statistics, made of the figures that were kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xingyun.applications.states import State
from xingyun.documents.tables import Column
from xingyun.results.queries import funnel
from xingyun.rulebook import Rulebook
from xingyun.web.charts.bars import bars, colours
from xingyun.web.charts.industries import section_name
from xingyun.web.charts.section import Section
from xingyun.web.charts.table import Table, text
from xingyun.web.wording import tell

Figures = Mapping[str, Any]
DAY_HOURS = 24


def ways(figures: Figures) -> Section:
    """How far applications came; the page draws these bars itself."""
    names = {
        "begun": _("开始填报"),
        "submitted": _("已提交"),
        "accepted": _("已受理"),
        "reported": _("已上报"),
        "proposed": _("拟认定"),
    }
    steps = funnel(figures.get("states", {}))
    before = [steps[0][1], *(n for _name, n, _width in steps)]
    rows = [
        (names[name], n, 1000 * n // earlier if earlier else None)
        for (name, n, _width), earlier in zip(steps, before, strict=False)
    ]
    columns = (Column(_("步骤")), Column(_("申请数"), "int"), Column(_("占上一步（%）"), "tenths"))
    return Section(table=Table(key="ways", title=_("走到哪一步"), columns=columns, rows=rows))


def places(figures: Figures, book: Rulebook, keys: Mapping[int, str], title: str) -> Section:
    """By authority and level; one authority alone has a bar for each of its levels."""
    counts: dict[str, dict[str, int]] = {}
    for office, level, n in figures.get("levels", ()):
        own = counts.setdefault(keys.get(office, ""), {})
        own[level] = own.get(level, 0) + n
    levels = [level.key for level in book.levels]
    if any("" in own for own in counts.values()):
        levels.append("")
    names = {level.key: tell(level.name) for level in book.levels} | {"": _("未选级别")}
    where = {a.key: tell(a.name) for a in book.authorities}
    rows = sorted(
        ((where.get(key, key), [own.get(level, 0) for level in levels]) for key, own in counts.items()),
        key=lambda row: -sum(row[1]),
    )
    sums = [sum(parts[n] for _name, parts in rows) for n in range(len(levels))]
    columns = (
        Column(_("单位"), width=24),
        *(Column(names[level], "int") for level in levels),
        Column(_("合计"), "int"),
    )
    table = Table(
        key="places",
        title=title,
        columns=columns,
        rows=[(name, *parts, sum(parts)) for name, parts in rows],
        total=(_("合计"), *sums, sum(sums)) if len(rows) > 1 else None,
    )
    if len(rows) > 1:
        chart = bars(title, [(name, parts, f"{sum(parts):,}") for name, parts in rows])
        classes = colours(len(levels))
        legend = tuple((classes[n], f"{names[level]} {sums[n]:,}") for n, level in enumerate(levels))
        return Section(table=table, chart=chart, legend=legend if len(levels) > 1 else (), open=True)
    parts = rows[0][1] if rows else []
    lying = [(names[level], [n], f"{n:,}") for level, n in zip(levels, parts, strict=False)]
    return Section(table=table, chart=bars(title, lying))


def industries(figures: Figures) -> Section:
    """By section of GB/T 4754, the largest first."""
    counted = figures.get("industries", {})
    order = sorted(counted, key=lambda letter: (-counted[letter], letter))
    title = _("行业门类")
    return Section(
        table=Table(
            key="industries",
            title=title,
            columns=(Column(_("门类"), width=40), Column(_("家数"), "int")),
            rows=[(section_name(letter), counted[letter]) for letter in order],
        ),
        chart=bars(
            title, [(section_name(letter), [counted[letter]], f"{counted[letter]:,}") for letter in order]
        ),
        note=_("按《国民经济行业分类》（GB/T 4754-2017）的门类。"),
    )


def deployments(figures: Figures, book: Rulebook) -> Section:
    """By kind of deployment, in the rulebook's order; who has several counts in each."""
    counted = figures.get("deployments", {})
    title = _("上云形式")
    rows = [(tell(one.name), counted.get(one.key, 0)) for one in book.deployments]
    return Section(
        table=Table(
            key="deployments",
            title=title,
            columns=(Column(_("上云形式"), width=24), Column(_("家数"), "int")),
            rows=rows,
        ),
        chart=bars(title, [(name, [n], f"{n:,}") for name, n in rows]),
        note=_("一家可以有几种形式，各计一次。"),
    )


def spend(figures: Figures, book: Rulebook) -> Section:
    """What they spend on clouds: sum and median by level, of those that were handed in."""
    names = {level.key: tell(level.name) for level in book.levels} | {"": _("未选级别")}
    lines = figures.get("spend", ())
    sums = Column(_("合计（万元）"), "wan", 16)
    rows = [
        (_("全部") if n == 0 else names.get(level, level), count, fen, median)
        for n, (level, count, fen, median) in enumerate(lines)
    ]
    columns = (
        Column(_("级别"), width=20),
        Column(_("家数"), "int"),
        sums,
        Column(_("中位数（万元）"), "wan", 16),
    )
    title = _("上云支出")
    lying = [(row[0], [row[2] // 1_000_000], text(sums, row[2])) for row in rows[1:]]
    return Section(
        table=Table(key="spend", title=title, columns=columns, rows=rows),
        chart=bars(title, lying),
        note=_("台账中计入的支出，单位：万元。中位数取到 0.1 万元。"),
    )


def providers(figures: Figures) -> Section:
    """Whom they buy from: most contracts first."""
    rows = [(name or _("其他"), n, fen) for name, n, fen in figures.get("providers", ())]
    columns = (
        Column(_("云服务商"), width=40),
        Column(_("合同数"), "int"),
        Column(_("合同金额（万元）"), "wan", 18),
    )
    title = _("云服务商")
    return Section(
        table=Table(key="providers", title=title, columns=columns, rows=rows),
        chart=bars(title, [(name, [n], f"{n:,}") for name, n, _fen in rows]),
        note=_("按合同数排列，以合同上的名称为准。"),
    )


def stages(figures: Figures) -> Section:
    """Days that applications stayed in a state before they went on."""
    names = {
        State.DRAFT: _("填报"),
        State.SUBMITTED: _("等受理"),
        State.RETURNED: _("补正"),
        State.ACCEPTED: _("受理到上报"),
        State.REPORTED: _("等上级接收"),
        State.EVALUATING: _("上级评定"),
        State.PROPOSED: _("公示到公布"),
    }
    known = {state: (n, half, most) for state, n, half, most in figures.get("stages", ())}
    rows = [
        (name, n, _tenths(half), _tenths(most))
        for state, name in names.items()
        if state in known
        for n, half, most in [known[state]]
    ]
    columns = (
        Column(_("环节"), width=20),
        Column(_("次数"), "int"),
        Column(_("中位数（天）"), "tenths"),
        Column(_("九成不超过（天）"), "tenths", 18),
    )
    title = _("每个环节用多少天")
    said = columns[2]
    lying = [
        (name, [half, most - half], f"{text(said, half)} / {text(said, most)}")
        for name, _n, half, most in rows
    ]
    drawn = bars(title, lying, unit=10)
    own = colours(2)
    legend = ((own[0], _("中位数")), (own[1], _("九成不超过")))
    note = _("日历天，从进入这一环节到离开。")
    return Section(
        table=Table(key="stages", title=title, columns=columns, rows=rows),
        chart=drawn,
        legend=legend,
        note=note,
    )


def _tenths(hours: int) -> int:
    """Hours as tenths of a day, rounded."""
    return (hours * 10 + DAY_HOURS // 2) // DAY_HOURS
