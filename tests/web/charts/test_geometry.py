"""Geometry of charts: round axes, bars inside the drawing, nothing drawn of nothing."""

from datetime import date, timedelta

import pytest

from xingyun.clock import ZONE
from xingyun.documents.tables import Column
from xingyun.rounds.models import Window
from xingyun.web.charts.bars import WIDTH, bars, short
from xingyun.web.charts.columns import columns
from xingyun.web.charts.daily import daily
from xingyun.web.charts.scale import ticks
from xingyun.web.charts.table import Table, text
from xingyun.web.charts.tiles import shade, shades, tile_map


@pytest.mark.parametrize(
    ("most", "steps"),
    [(0, [0, 1]), (1, [0, 1]), (6, [0, 1, 2, 3, 4, 5, 6]), (7, [0, 2, 4, 6, 8]),
     (58, [0, 10, 20, 30, 40, 50, 60]), (100_000, [0, 20_000, 40_000, 60_000, 80_000, 100_000])],
)  # fmt: skip
def test_axes_have_round_steps(most, steps):
    assert ticks(most) == steps


def test_bars_lie_inside_and_say_what_they_show():
    chart = bars("各地", [("历城区", [30, 10, 5], "45"), ("章丘区", [0, 1, 0], "1")])
    first, second = chart.rows
    assert [colour for colour, _x, _width in first.parts] == ["c3", "c4", "c5"]
    assert first.parts[0][1] == chart.left
    assert first.parts[1][1] == first.parts[0][1] + first.parts[0][2], "one part begins where the other ends"
    assert all(x + width < WIDTH for row in chart.rows for _colour, x, width in row.parts)
    assert [colour for colour, _x, _width in second.parts] == ["c4"]
    assert chart.say == "各地：历城区 45，章丘区 1"
    assert bars("各地", []) is None
    assert bars("各地", [("历城区", [0], "0")]) is None


def test_long_labels_leave_room():
    assert short("历城区") == "历城区"
    assert short("云" * 40) == "云" * 13 + "…"
    assert len(short("a" * 60)) < 26


def test_columns_thin_their_labels_and_leave_out_what_has_not_come():
    chart = columns("每日", [(f"{n}日", n if n < 20 else None) for n in range(1, 31)], [(29, "截止")])
    assert sum(bool(column.label) for column in chart.columns) <= 11
    assert chart.columns[-1].height == 0
    assert chart.marks[0][1:] == ("截止", True)
    assert chart.marks[0][0] <= chart.width
    assert columns("每日", []) is None


def window(now, opens, closes):
    return Window(
        stage="applications", opens=now + timedelta(days=opens), closes=now + timedelta(days=closes)
    )


def test_a_day_each_with_marks_where_it_closes(now):
    day = now.astimezone(ZONE).date()
    found = daily(
        [[(day - timedelta(1)).isoformat(), 5], [day.isoformat(), 2]],
        [window(now, -2, 3), window(now, -1, 4)],
        now,
    )
    assert [n for _day, n in found.table.rows] == [0, 5, 2, None, None, None, None]
    assert [words for _x, words, _left in found.chart.marks] == ["", "各处先后截止"]
    assert not found.weekly


def test_a_long_window_is_drawn_by_weeks(now):
    day = now.astimezone(ZONE).date()
    days = [[(day - timedelta(n)).isoformat(), 1] for n in range(10)]
    found = daily(days, [window(now, -60, 60)], now)
    assert found.weekly
    assert sum(n or 0 for _week, n in found.table.rows) == 10
    assert [words for _x, words, _left in found.chart.marks] == ["截止"]


def test_without_windows_there_is_nothing_to_draw(now):
    assert daily([], [], now).chart is None


def test_shades_are_told_by_whole_numbers_without_gaps():
    assert [shade(n, 10) for n in (0, 1, 2, 3, 10)] == [0, 1, 1, 2, 5]
    for most in (1, 2, 3, 7, 58, 1000):
        told = dict(shades(most))
        for n in range(1, most + 1):
            first, _dash, last = told[shade(n, most)].replace(",", "").partition("–")
            assert int(first) <= n <= int(last or first)
    assert shades(0) == ()


def test_tiles_lie_where_the_rulebook_says(db, now):
    from tests.factories.ground import make_ground

    book = make_ground(now).book
    found = tile_map(book, {"licheng": 7, "lixia": 2}, {"licheng": "?office=licheng"})
    by_name = {tile.name: tile for tile in found.tiles}
    assert (by_name["历城区"].column, by_name["历城区"].row) == (4, 3)
    assert (by_name["历城区"].shade, by_name["历城区"].href) == (5, "?office=licheng")
    assert (by_name["章丘区"].n, by_name["章丘区"].shade) == (0, 0)
    assert len({(tile.column, tile.row) for tile in found.tiles}) == len(found.tiles) == 16


def test_cells_as_a_page_writes_them():
    assert text(Column("万元", "wan"), 86_250_000) == "86.3"
    assert text(Column("天", "tenths"), 12_345) == "1,234.5"
    assert text(Column("家", "int"), 1234) == "1,234"
    assert text(Column("家", "int"), None) == "—"
    table = Table(
        key="t",
        title="表",
        columns=(Column("单位"), Column("家", "int")),
        rows=[("历城", 2)],
        total=("合计", 2),
    )
    assert (table.shown, table.shown_total) == ([["历城", "2"]], ["合计", "2"])
    assert date(2020, 1, 1).isoformat() == text(Column("日"), date(2020, 1, 1))
