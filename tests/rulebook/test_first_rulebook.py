"""What the notice holds is in the first rulebook, whole."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from xingyun.rulebook import Rulebook


def test_title_page(first: Rulebook) -> None:
    assert (first.key, first.year, first.issued_on) == ("jinan-star-cloud", 2020, date(2020, 9, 30))
    assert first.document_number == "济工信信数字〔2020〕2号"
    assert first.title
    assert first.title_en
    assert len(first.digest) == 64


def test_every_clause_of_the_notice_is_listed_with_its_anchor(first: Rulebook) -> None:
    numbers = [f"一、{n}" for n in range(1, 4)] + [f"二、{n}" for n in range(1, 11)]
    numbers += [f"三、{n}" for n in range(1, 5)] + ["四", "附件1", "附表", "附件2"]
    assert [c.ref for c in first.clauses] == numbers
    assert len({c.anchor for c in first.clauses}) == len(numbers)
    assert first.clause("二、4").anchor == "c2-4"


def test_the_checklist_has_5_categories_15_subcategories_53_domains(first: Rulebook) -> None:
    assert [len(c.domains) for c in first.categories] == [11, 13, 13, 9, 7]
    sizes = [[len(s.domains) for s in c.subcategories] for c in first.categories]
    assert sizes == [[4, 3, 2, 2], [4, 3, 3, 3], [2, 4, 3, 4], [5, 4], [7]]
    assert len({d.key for d in first.domains}) == 53


def test_ten_materials_each_with_its_two_references(first: Rulebook) -> None:
    assert [m.clause for m in first.materials] == [(f"二、{n}",) for n in range(1, 11)]
    assert [m.annex_number for m in first.materials] == [None, *range(1, 10)]
    needs = Counter(m.need for m in first.materials)
    assert needs == {"required": 6, "if_any": 3, "optional": 1}
    assert [m.key for m in first.materials if m.made_by_system] == ["application-form"]
    assert first.material("deployment-statement").stamped_by == ("applicant", "provider")


def test_upload_places(first: Rulebook) -> None:
    assert [s.key for s in first.slots][:6] == [
        "application-form",
        "licence",
        "contracts",
        "invoices",
        "spend-audit",
        "deployment-statement",
    ]
    assert first.material("spend-audit").key == "spending"
    with pytest.raises(KeyError):
        first.material("nothing")


def test_sixteen_authorities_under_the_city(first: Rulebook) -> None:
    districts = [a for a in first.authorities if a.tier == "district"]
    assert len(districts) == 16
    assert all(a.parent == "city" and a.issuer and a.co_issuer for a in districts)
    assert sum(a.division_code is None for a in districts) == 4
    assert [a.key for a in first.chain("jiyang")] == ["jiyang", "city"]
    assert "济阳县工信局" in first.authority("jiyang").aliases
    assert "章丘市工信局" in first.authority("zhangqiu").aliases


def test_the_two_limits_of_500_characters(first: Rulebook) -> None:
    assert [f.role for f in first.form.fields if f.max_chars == 500] == ["scope", "effect"]


CELLS = [
    "中文名称",
    "单位性质",
    "注册地址",
    "统一社会信用代码",
    "注册资金（万元）",
    "法人代表·姓名",
    "法人代表·电话",
    "联系人·姓名",
    "联系人·职务",
    "联系人·办公电话",
    "联系人·手机",
    "联系人·传真",
    "联系人·电子邮箱",
    "企业规模·总人数",
    "企业规模·使用云服务人员数量",
    "申请评定星级",
    "云服务部署模型",
    "上云合作机构",
    "上云开始时间",
    "所处行业",
    "上云范围及内容简介",
    "上云效果说明",
    "封面·联系人",
    "封面·电话",
    "封面·电子邮件",
    "封面·通信地址",
]


def test_every_box_of_annex_1_is_a_field(first: Rulebook) -> None:
    assert sorted(f.cell for f in first.form.fields if f.cell) == sorted(CELLS)


def test_tiers_and_their_offices(first: Rulebook) -> None:
    assert [t.key for t in first.tiers] == ["district", "city"]
    for tier in first.tiers:
        assert [f.key for f in tier.functions] == ["competent", "finance"]
        assert tier.function("finance") is not None
    assert first.tiers[0].function("police") is None  # type: ignore[comparison-overlap]


def test_procedure(first: Rulebook) -> None:
    district = first.procedure("district")
    assert district is not None
    assert (district.steps, district.minutes) == (("prepare", "review", "sign"), True)
    report = first.report_from("district")
    assert report is not None
    assert (report.to, report.countersigned_by, report.deadline) == ("city", "finance", "district-report")
    assert report.read_by == ("competent", "finance")
    assert first.report_from("city") is None
    assert first.window("applications").set_by == "district"
    assert {o.means for o in first.outcomes} == {"accept", "return", "refuse", "grant", "no_place", "deny"}
    assert (first.notice.days, first.notice.first_day_counted) == (5, True)
    assert {s.subject for s in first.sanctions} == {"applicant", "provider"}
    assert [c.key for c in first.outside_checks] == [
        "credit-record",
        "joint-punishment",
        "blacklist",
        "provider-blacklist",
    ]


def test_lookups_that_fail_say_which_key(first: Rulebook) -> None:
    for look in (first.level, first.tier, first.authority, first.deployment, first.quota, first.clause):
        with pytest.raises(KeyError, match="nothing"):
            look("nothing")
    assert first.quota_for("star-4", "decide") is None
    quota = first.quota_for("star-5", "recommend", "district")
    assert quota is not None
    assert quota.key == "district-four-five"


def _texts(value: object, path: str) -> Iterator[tuple[str, object, str]]:
    """Every text of the rulebook that is shown, with its English beside it."""
    if is_dataclass(value):
        names = {f.name for f in fields(value)}
        for name in names:
            found = getattr(value, name)
            if f"{name}_en" in names:
                yield f"{path}.{name}", found, getattr(value, f"{name}_en")
            yield from _texts(found, f"{path}.{name}")
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _texts(item, f"{path}[{n}]")


@pytest.mark.parametrize("book", ["first", "second"])
def test_every_shown_text_has_both_languages(book: str, request: pytest.FixtureRequest) -> None:
    found = list(_texts(request.getfixturevalue(book), ""))
    assert len(found) > 100
    assert [path for path, zh, en in found if bool(zh) != bool(en)] == []


def test_nothing_open_is_without_an_interpretation(first: Rulebook) -> None:
    assert len(first.interpretations) == 14
    rules = (
        *first.quotas,
        *first.conditions,
        *first.levels,
        *first.materials,
        *first.deadlines,
        *first.windows,
        first.notice,
    )
    cited = {key for rule in rules for key in rule.interpretation}
    assert {i.key for i in first.interpretations} == {*cited, first.titles.interpretation}
