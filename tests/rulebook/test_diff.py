"""What changes between two editions: every kind of change, its words, and nothing where nothing changed."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from tests.rulebook.broken import mutated
from tests.rulebook.conftest import SECOND

from xingyun.rulebook import Rulebook, RulebookErrors, load_source
from xingyun.rulebook.diff import KIND_NAMES, KINDS, diff
from xingyun.rulebook.diff.compare import Difference, differences
from xingyun.rulebook.load import read_folder
from xingyun.rulebook.schema.document import Document

Edit = Callable[..., Rulebook]

CHANGES = [
    (
        ("on = 2020-10-26", "on = 2020-10-31"),
        ("dates", "changed", "deadlines.district-report.on"),
        "期限“区县上报截止”的日期由10月26日改为10月31日",
        "deadline “District reports due”: date changes from 26 October to 31 October",
    ),
    (
        ("on = 2020-10-26", "on = 2021-01-05"),
        ("dates", "changed", "deadlines.district-report.on"),
        "期限“区县上报截止”的日期由2020年10月26日改为2021年1月5日",
        "deadline “District reports due”: date changes from 26 October 2020 to 5 January 2021",
    ),
    (
        ('percent = "3%"', 'percent = "2.5%"'),
        ("quota", "changed", "quotas.district-three.percent"),
        "名额“三星级名额”的比例由3%改为2.5%",
        "quota “Places for three stars”: share changes from 3% to 2.5%",
    ),
    (
        ('percent = "3%"\nbase = "roster"', "fixed = 12000"),
        ("quota", "changed", "quotas.district-three.fixed"),
        "名额“三星级名额”的固定数定为12,000（原来没有写）",
        "quota “Places for three stars”: fixed number is now 12,000 (it was not given)",
    ),
    (
        ('label = "公示"', 'label = "公开"'),
        ("wording", "changed", "stages.notice.label"),
        "阶段“公开”的名称由“公示”改为“公开”",
        "stage “Public notice”: name changes from “公示” to “公开”",
    ),
    (
        ('accepted = ["state", "limited"', 'accepted = ["limited"'),
        ("conditions", "changed", "conditions.legal-person.accepted"),
        "条件“独立法人资格”的认可的回答去掉国有企业",
        "condition “Independent legal person”: accepted answers: State-owned enterprise dropped",
    ),
    (
        ('deployments = ["public"]', 'deployments = ["hybrid"]'),
        ("levels", "changed", "levels.star-3.deployments"),
        "等级“三星级”的认可的上云形式增加混合云，去掉公有云",
        "level “Three stars”: deployment models admitted: Hybrid cloud added, Public cloud dropped",
    ),
    (
        ("max_chars = 500", "max_chars = 400"),
        ("form", "changed", "form.fields.scope.max_chars"),
        "申请表的字段“上云范围及内容简介”的字数上限由500改为400",
        "form, field “Scope and content of cloud use”: limit of characters changes from 500 to 400",
    ),
    (
        ("days = 5", "days = 7"),
        ("notice", "changed", "notice.days"),
        "公示的天数由5改为7",
        "public notice: days changes from 5 to 7",
    ),
    (
        ('need = "if_any"', 'need = "optional"'),
        ("materials", "changed", "materials.equipment.need"),
        "材料“设备上云情况说明及实际使用截图”的是否必交由有就交改为可不交",
        "material “Equipment in the cloud”: whether it must be supplied changes from if any to optional",
    ),
    (
        ('clause = "四"\ntext = "没有因', 'clause = ["四", "三、2"]\ntext = "没有因'),
        ("citations", "changed", "conditions.blacklist.clause"),
        "条件“本项目黑名单”的依据的条款增加三、2",
        "condition “Blacklist of this programme”: clauses cited: 三、2 added",
    ),
    (
        ('[titles]\nclause = "三、2"', '[titles]\nyears = 3\nclause = "三、2"'),
        ("aftercare", "changed", "titles.years"),
        "称号的有效年数定为3（原来没有写）",
        "titles: years it lasts is now 3 (it was not given)",
    ),
    (
        ('countersigned_by = "finance"\n', ""),
        ("procedure", "changed", "reports.district-to-city.countersigned_by"),
        "上报“区县联合上报”不再写会签的部门（原为财政部门）",
        "report “District's joint report”: countersigning office is no longer given"
        " (it was finance authority)",
    ),
]


@pytest.mark.parametrize(("edit", "told", "zh", "en"), CHANGES, ids=[c[1][2] + c[0][1][:12] for c in CHANGES])
def test_each_change_is_told(
    first: Rulebook, edited: Edit, edit: tuple[str, str], told: tuple[str, str, str], zh: str, en: str
) -> None:
    found = {(c.kind, c.what, ".".join(c.path)): c.words for c in diff(first, edited(edit))}
    assert told in found
    assert found[told] == (zh, en)


def test_one_edit_is_one_change(first: Rulebook, edited: Edit) -> None:
    (change,) = diff(first, edited(("on = 2020-10-26", "on = 2020-10-31")))
    assert (change.table, change.clauses) == ("deadlines", ("三、3",))
    assert (change.old.zh, change.new.zh) == ("2020年10月26日", "2020年10月31日")


def test_a_condition_added_or_dropped_is_named_with_its_clause(first: Rulebook, edited: Edit) -> None:
    old = edited(('key = "credit-record"', 'key = "other-record"'))
    told = {(c.what, c.path, c.clauses, c.words.zh.partition("；")[0]) for c in diff(first, old)}
    said = "条件“公开信用记录”"
    assert ("removed", ("conditions", "credit-record"), ("一、1",), f"删去{said}") in told
    added = f"新增{said}：公开信用信息里没有违法失信记录"
    assert ("added", ("conditions", "other-record"), ("一、1",), added) in told


def test_a_condition_of_another_kind_keeps_its_key(first: Rulebook, edited: Edit) -> None:
    new = edited(('kind = "judged"\nkey', 'kind = "domains"\nat_least = 3\nkey'))
    told = {".".join(c.path): c.words.zh for c in diff(first, new)}
    subject = "条件“53个域满足多少算几星”"
    assert told == {
        "conditions.stars-by-guide.kind": f"{subject}的种类由由评审判断改为清单的域",
        "conditions.stars-by-guide.at_least": f"{subject}的至少几个域定为3（原来没有写）",
    }


def test_bands_without_keys_are_told_as_a_whole(second: Rulebook, edited: Edit) -> None:
    new = edited(("at_least = 20, points = 10", "at_least = 30, points = 10"), folder=SECOND)
    (change,) = diff(second, new)
    assert change.kind == "points"
    assert "增加（分数10，至少30）" in change.words.zh
    assert "去掉（分数10，至少20）" in change.words.zh


@pytest.mark.parametrize(
    ("written", "said"), [('"5%"', "at least 5%"), ('"1/3"', "at least 1/3"), ('"2.5"', "at least 2.5")]
)
def test_edges_of_numbers_are_told_as_shares_below_one(
    second: Rulebook, edited: Edit, written: str, said: str
) -> None:
    (change,) = diff(
        second, edited(("at_least = 20, points", f"at_least = {written}, points"), folder=SECOND)
    )
    assert said in change.words.en


def test_a_list_of_texts_is_told_text_by_text(first: Rulebook, edited: Edit) -> None:
    chinese = ('  "汇总表（附件2），纸质版盖章和电子版",\n', "")
    english = ('  "Summary table (annex 2) on paper, sealed, and as a file",\n', "")
    (change,) = diff(first, edited(chinese, english))
    assert change.words.zh == "上报“区县联合上报”的内容去掉“汇总表（附件2），纸质版盖章和电子版”"
    assert change.words.en.endswith("“Summary table (annex 2) on paper, sealed, and as a file” dropped")
    assert [c.path[-1] for c in diff(first, edited(english))] == ["contents"]


def test_another_order_is_told(second: Rulebook) -> None:
    source = read_folder(SECOND)
    name = next(n for n, t in source.items() if "[[deployments]]" in t)
    head, *parts = source[name].split("[[deployments]]")
    *inner, last = parts
    last, cut, rest = last.partition("\n[[")
    swapped = [last + "\n", *inner] if len(inner) == 1 else [inner[1], inner[0], *inner[2:], last]
    text = "[[deployments]]".join([head, *swapped])
    new = load_source({**source, name: text + cut + rest})
    assert [(c.what, c.path) for c in diff(second, new)] == [("reordered", ("deployments",))]


def test_an_edition_does_not_differ_from_itself(first: Rulebook, second: Rulebook) -> None:
    assert diff(first, first) == ()
    assert diff(second, second) == ()


def test_defaults_written_out_are_no_difference(first: Rulebook, edited: Edit) -> None:
    plain = edited(("inclusive = true\n", ""))
    assert plain.digest != first.digest
    assert diff(first, plain) == ()


def test_quite_another_rulebook_is_told_in_full(first: Rulebook, second: Rulebook) -> None:
    for old, new in ((first, second), (second, first)):
        changes = diff(old, new)
        assert {c.table for c in changes} >= {"programme", "levels", "quotas", "form", "materials"}
        assert all(c.words.zh and c.words.en for c in changes)
        assert {c.kind for c in changes} <= set(KINDS) == set(KIND_NAMES)


def _says_the_same(old: Rulebook, new: Rulebook) -> bool:
    return all(getattr(old, f.name) == getattr(new, f.name) for f in fields(Document))


@pytest.mark.parametrize("seed", [*range(30), 4513])
def test_whatever_still_loads_is_told_when_and_only_when_it_differs(
    first: Rulebook, second: Rulebook, seed: int
) -> None:
    for old in (first, second):
        try:
            new = load_source(mutated(dict(old.source), seed))
        except RulebookErrors:
            continue
        changes = diff(old, new)
        assert bool(changes) != _says_the_same(old, new), (seed, old.key)
        assert all(c.words.zh and c.words.en for c in changes)


def test_what_is_added_is_told_with_the_keys_that_decide(first: Rulebook, edited: Edit) -> None:
    rest = 'checked_by = "district"\nlook_back_months = 24\nat_most = 1'
    field = '[[form.fields]]\nkey = "servers"\nsection = "applicant"\nkind = "integer"\nlabel = "服务器"\n'
    field += (
        'label_en = "Servers"\nmin = 0\nunit = "台"\nunit_en = "servers"\n\n[[form.fields]]\nkey = "name"'
    )
    new = edited(
        ('key = "credit-record"', 'key = "other-record"'),
        ('checked_by = "district"', rest),
        ('[[form.fields]]\nkey = "name"', field),
    )
    told = [c.words.zh for c in diff(first, new) if c.what == "added"]
    assert any("追溯月数：24" in words and "至多：1" in words for words in told)
    assert "新增申请表的字段“服务器”：整数，必填，不小于 0，单位：台" in told


def found(old: Rulebook, new: Rulebook, what: str) -> list[Difference]:
    return [one for one in differences(old, new) if one.what == what]


def test_a_table_that_comes_or_goes_is_told_with_what_it_was(second: Rulebook) -> None:
    without = replace(second, points=None)
    for old, new, what in ((without, second, "added"), (second, without, "removed")):
        (one,) = differences(old, new)
        assert (one.what, one.path, one.old, one.new) == (what, ("points",), old.points, new.points)


def test_an_entry_that_comes_or_goes_is_told_with_what_it_was(first: Rulebook) -> None:
    gone = first.conditions[0]
    without = replace(first, conditions=first.conditions[1:])
    (removed,) = differences(first, without)
    assert (removed.what, removed.old, removed.new) == ("removed", gone, None)
    assert (removed.way[-1].entry, removed.way[-1].id) == (gone, gone.key)
    (added,) = differences(without, first)
    assert (added.what, added.old, added.new) == ("added", None, gone)
    assert added.clauses == gone.clause


def test_the_order_is_that_of_those_that_stay(second: Rulebook) -> None:
    a, b, *rest = second.materials
    other = replace(second, materials=(b, a, *rest))
    (one,) = found(second, other, "reordered")
    assert (one.old, one.new) == (second.materials, other.materials)
    # One that goes, or comes, at the beginning moves nobody.
    fewer = replace(second, materials=(b, *rest))
    assert not found(second, fewer, "reordered")
    assert not found(fewer, second, "reordered")


def test_a_table_that_changes_inside_is_told_from_within(second: Rulebook) -> None:
    other = replace(second, points=replace(second.points, cap=90))
    (one,) = differences(second, other)
    assert (one.what, one.path, one.old, one.new) == ("changed", ("points", "cap"), 100, 90)
    # Whatever is inside carries the table as it is now: its clause is what the change follows from.
    cited = replace(other, points=replace(other.points, clause=("第九条",)))
    assert next(d for d in differences(second, cited) if d.path[-1] == "cap").clauses == ("第九条",)
