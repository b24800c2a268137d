"""The industry classes."""

from xingyun.rulebook.industries import gbt4754


def test_the_list_is_whole() -> None:
    levels = [i.level for i in gbt4754().by_code.values()]
    assert [levels.count(n) for n in (1, 2, 3, 4)] == [20, 97, 473, 1381]


def test_every_class_has_a_way_up() -> None:
    for code, one in gbt4754().by_code.items():
        assert len(gbt4754().trail(code)) == one.level


def test_trail_and_search() -> None:
    assert [i.name for i in gbt4754().trail("3421")][:2] == ["制造业", "通用设备制造业"]
    assert gbt4754().search("机床")[0].level == 4
    assert gbt4754().search("342")[0].code.startswith("342")
    assert gbt4754().search(" ") == ()
    assert gbt4754().search("没有这个行业") == ()
    assert gbt4754().trail("9999") == ()
    assert len(gbt4754().search("制造", limit=5)) == 5
