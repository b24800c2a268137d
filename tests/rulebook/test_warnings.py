"""What check warns of, and what it finds that no applicant could ever meet: each edge from both sides."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.rulebook.conftest import FIRST, SECOND

from xingyun.rulebook import Rulebook
from xingyun.rulebook.errors import RulebookWarning
from xingyun.rulebook.load import warnings

Edit = Callable[..., Rulebook]
Faults = Callable[..., list[str]]
UNUSED = ((', "附件2"]', "]"), ('"shared-quota", ', ""))


@pytest.fixture
def warned(edited: Edit) -> Callable[..., list[str]]:
    """What such an edit makes check warn of."""

    def find(*changes: tuple[str, str], folder: Any = SECOND) -> list[str]:
        return [w.say("en") for w in warnings(edited(*changes, folder=folder).source)]

    return find


def test_the_made_up_rulebook_warns_of_nothing(warned: Faults) -> None:
    assert warned() == []


def test_what_is_only_listed_is_told_with_its_place(first: Rulebook, edited: Edit) -> None:
    assert list(warnings(first.source)) == []
    found = warnings(edited(*UNUSED, folder=FIRST).source)
    assert {w.problem.en for w in found} == {
        "the clause 附件2 is not used",
        "the reading shared-quota is not used",
    }
    assert all(isinstance(w, RulebookWarning) and w.file == "1-programme.toml" and w.line > 1 for w in found)


def test_whoever_replaces_a_seal_says_why(edited: Edit) -> None:
    said = ('confirmed_online = "supports"', 'confirmed_online = "replaces"')
    unsaid = (f'{said[0]}\ninterpretation = "online-confirmation"', said[1])
    assert list(warnings(edited(said, folder=FIRST).source)) == []
    found = [w.problem.en for w in warnings(edited(unsaid, folder=FIRST).source)]
    assert "it replaces the provider's seal; an interpretation should say why" in found


SECTION = '[[form.sections]]\nkey = "spare"\nlabel = "另"\nlabel_en = "Spare"\nclause = "第七条"\n\n'
GROUP = '  { key = "spare", label = "另", label_en = "Spare" },\n  { key = "size"'
MINIMUM = '{ level = "gold", yuan = 200000, strict = true }'
ENTRIES = 'set_by = "town"\nbefore = "town-report"'

ANSWER = """[[conditions]]
kind = "answer_is"
key = "not-a-company"
label = "不是企业法人"
label_en = "No company"
clause = "第二条"
text = "不是企业法人。"
text_en = "No company."
field = "form_of_business"
accepted = ["other"]

[[conditions]]
kind = "spend\""""

LATE = """[[deadlines]]
key = "late"
label = "补报"
label_en = "Later"
clause = "第十条"
text = "补报。"
text_en = "Later."
tier = "town"
on = DAY

[[windows]]"""

DATED = """kind = "dated"
key = "{key}"
label = "日期"
label_en = "Date"
clause = "第二条"
text = "日期。"
text_en = "A date."
field = "since"
{window}

[[conditions]]
"""
SINCE = """[[form.fields]]
key = "since"
section = "company"
kind = "date"
label = "成立"
label_en = "Founded"

[[form.fields]]
key = "person\""""


def _dated(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Two conditions on one date."""
    two = DATED.format(key="one", window=first) + DATED.format(key="two", window=second)
    return (('kind = "spend"', two + 'kind = "spend"'), ('[[form.fields]]\nkey = "person"', SINCE))


TIER = """[[tiers]]
key = "KEY"
label = "村"
label_en = "Village"
functions = [{ key = "competent", label = "办", label_en = "office", short = "办", short_en = "Office" }]

"""
USES = """kind = "domains"
key = "uses-{level}"
label = "应用"
label_en = "Uses"
clause = "第五条"
text = "应用。"
text_en = "Uses."
levels = ["{level}"]
at_least = {n}

[[conditions]]
"""


def _uses(bronze: int, silver: int) -> tuple[tuple[str, str], ...]:
    """Two levels, each with its least number of domains."""
    both = USES.format(level="bronze", n=bronze) + USES.format(level="silver", n=silver)
    return (('kind = "spend"', both + 'kind = "spend"'),)


WARNED = [
    (_dated("to = 2015-12-31", "from = 2016-01-01"), "can't be met together with the condition one"),
    (_uses(4, 3), "it asks for less than uses-bronze of a lower level"),
    (
        (('kind = "spend"', ANSWER[len("[[conditions]]\n") :]),),
        "can't be met together with the condition is-company",
    ),
    (
        (("{ at_least = 20, points", "{ at_least = 20, less_than = 50, points"),),
        "there is a gap between bands",
    ),
    ((("[[form.sections]]\n", SECTION + "[[form.sections]]\n"),), "the section spare is not used"),
    ((('  { key = "size"', GROUP),), "the group spare is not used"),
    (
        (('deployments = ["shared"]\n', 'deployments = ["shared"]\nother_deployments = "judge"\n'),),
        "levels[3].other_deployments · left to the reviewer",
    ),
    ((("year = 2022", "year = 2024"),), "more than a year away from the year 2024"),
    ((("yuan = 50000 }", "yuan = 200001 }"),), "minimums[3] · it asks for less than the lower level silver"),
    (
        (
            ("yuan = 50000 }", "yuan = 200000, strict = true }"),
            (MINIMUM, MINIMUM.replace(", strict = true", "")),
        ),
        "it asks for less than the lower level silver",
    ),
    (
        (('"silver", at_least = 50', '"silver", at_least = 71'),),
        "levels[3] · it asks for less than the lower level",
    ),
    (
        (("[[windows]]", LATE.replace("DAY", "2022-04-01")),),
        "deadlines[3].on · later than the deadline county-report of a higher tier",
    ),
    (((ENTRIES, "opens = 2022-03-01\ncloses = 2022-04-01"),), "after the last deadline"),
    (
        (
            ('kind = "multi_choice"\nlabel = "云的形式"', 'kind = "choice"\nlabel = "云的形式"'),
            ("min = 1\n", ""),
            ('when = { deployments = ["own"] }', 'when = { levels = ["gold"], deployments = ["own"] }'),
        ),
        "when · it never occurs: never demanded",
    ),
    (
        (
            (
                'role = "deployments"\noptions_from = "deployments"\n',
                'options = [{ key = "x", label = "某", label_en = "X" }]\n',
            ),
        ),
        "when · it never occurs: never demanded",
    ),
]


@pytest.mark.parametrize(("edits", "said"), WARNED, ids=[w[1][:40] for w in WARNED])
def test_each_warning(warned: Faults, edits: tuple[tuple[str, str], ...], said: str) -> None:
    found = warned(*edits)
    assert len(found) == 1, found
    assert said in found[0]


CONTENT = [
    _dated("to = 2015-12-31", "from = 2015-12-31"),
    _dated("to = 2015-12-31", "within_months = 12"),
    _uses(3, 3),
    (
        ('kind = "spend"', ANSWER[len("[[conditions]]\n") :]),
        ('accepted = ["other"]', 'accepted = ["other", "company"]'),
    ),
    (
        ('kind = "spend"', ANSWER[len("[[conditions]]\n") :]),
        ('accepted = ["other"]', 'accepted = ["other"]\notherwise = "judge"'),
    ),
    (("yuan = 50000 }", "yuan = 200000 }"),),
    (('"silver", at_least = 50', '"silver", at_least = 70'),),
    (("[[windows]]", LATE.replace("DAY", "2022-03-31")),),
    ((ENTRIES, "opens = 2022-03-01\ncloses = 2022-03-31"),),
    (("year = 2022", "year = 2023"),),
    (('when = { deployments = ["own"] }', 'when = { levels = ["gold"], deployments = ["own"] }'),),
    (
        ('kind = "multi_choice"\nlabel = "云的形式"', 'kind = "choice"\nlabel = "云的形式"'),
        ("min = 1\n", ""),
        ('when = { deployments = ["own"] }', 'when = { levels = ["bronze"], deployments = ["own"] }'),
    ),
]


@pytest.mark.parametrize("edits", CONTENT)
def test_the_other_side_of_each_edge_is_no_warning(
    warned: Faults, edits: tuple[tuple[str, str], ...]
) -> None:
    assert warned(*edits) == []


def test_a_list_in_one_language_only(warned: Faults) -> None:
    english = ('  "Summary table (annex 2) on paper, sealed, and as a file",\n', "")
    (told,) = warned(english, folder=FIRST)
    assert "contents_en · not as many as in Chinese (4, 3)" in told


def test_a_field_asked_when_another_excludes_it(warned: Faults) -> None:
    asked = 'label = "用云人数"\nlabel_en = "Users of the cloud"\n'
    found = warned(
        (asked, asked + 'when = { field = "form_of_business", is = "other" }\n'),
        (
            'key = "mobile"\n',
            'key = "mobile"\nwhen = { field = "form_of_business", is = ["company", "other"] }\n',
        ),
    )
    assert found == []


def test_an_interpretation_explains_what_is_left_to_the_reviewer(first: Rulebook, warned: Faults) -> None:
    assert first.level("star-3").other_deployments == "judge"
    found = warned(('interpretation = "private-cloud"\n', ""), folder=FIRST)
    assert len(found) == 2
    assert any("left to the reviewer" in w for w in found)
    assert any("the reading private-cloud is not used" in w for w in found)


BRONZE = "min = 1\n"

IMPOSSIBLE = [
    (
        (('to = "province"\n', 'to = "province"\nread_by = ["competent", "finance"]\n'),),
        "province has no office finance",
    ),
    (
        (
            ("[[tiers]]", TIER.replace("KEY", "village") + "[[tiers]]"),
            ('decided_by = "town"', 'decided_by = "village"'),
            ('act = "decide"\ntier = "town"', 'act = "decide"\ntier = "village"'),
        ),
        "village has no authority at all",
    ),
    ((("min = 1\n", "min = 3\n"),), "only 2 choices are offered"),
    (
        (
            (
                'to = "county"\ndeadline = "town-report"',
                'to = "county"\ncountersigned_by = "finance"\ndeadline = "town-report"',
            ),
        ),
        "town has no office finance",
    ),
    (
        (("from = 2021-06-01\nto = 2021-12-31", 'from = 2022-04-01\nto = "submission"'),),
        "so nothing ever counts",
    ),
    (
        (
            (
                'same_round_counts = true\ndeployments = ["shared"]',
                'same_round_counts = true\ndeployments = ["shared"]',
            ),
            ('decided_by = "town"\n', 'decided_by = "town"\ndeployments = ["shared"]\n'),
        ),
        "deployments[2] · who has own alone can reach no level in the first year",
    ),
    ((("at_least = 2\n", "at_least = 99\n"),), "there are only"),
    (
        ((ENTRIES, 'opens = 2022-03-01\ncloses = 2022-03-16\nbefore = "town-report"'),),
        "it closes after the deadline",
    ),
    (
        (
            ('to = "county"\ndeadline = "town-report"', 'to = "county"\ndeadline = "late"'),
            (
                "[[windows]]",
                LATE.replace("DAY", "2022-04-01").replace('tier = "town"', 'tier = "province"'),
            ),
        ),
        "county has to report by 2022-03-31, before this arrives",
    ),
]


@pytest.mark.parametrize(("edits", "said"), IMPOSSIBLE, ids=[i[1][:40] for i in IMPOSSIBLE])
def test_what_nobody_can_meet_is_a_fault(
    faults: Faults, edits: tuple[tuple[str, str], ...], said: str
) -> None:
    found = faults(*edits, folder=SECOND)
    assert len(found) == 1, found
    assert said in found[0]


BEST = 'certificates"\nscores'
SCORES = '{ is = "security", points = 15 }, { is = "quality", points = 10 }'
SILVER, GOLD = '"silver", at_least = 50', '"gold", at_least = 70'
GOLD_100, GOLD_MINIMUM = '"gold", at_least = 100', '{ group = "use", at_least = 40 }'

OUT_OF_REACH = [
    ((GOLD, '"gold", at_least = 101'),),
    ((GOLD, '"gold", at_least = 100, strict = true'),),
    ((GOLD, GOLD_100), ("cap = 100\n", "cap = 99\n")),
    ((GOLD, GOLD_100), ("{ at_least = 100, points = 20 }", "{ at_least = 100, points = 19 }")),
    ((GOLD, GOLD_100), (SCORES, '{ is = "security", points = 19 }')),
    ((GOLD, GOLD_100), (BEST, 'certificates"\ncombine = "best"\nscores')),
    ((GOLD, GOLD_100), ("each = 10", "each = 8")),
    ((GOLD_MINIMUM, '{ group = "use", at_least = 61 }'),),
    ((GOLD_MINIMUM, '{ group = "use", at_least = 60, strict = true }'),),
]


@pytest.mark.parametrize("edits", OUT_OF_REACH)
def test_points_that_nobody_can_have(faults: Faults, edits: tuple[tuple[str, str], ...]) -> None:
    found = faults(*edits, folder=SECOND)
    assert len(found) == 1, found
    assert "points can be had: out of reach" in found[0]


IN_REACH = [
    ((GOLD, GOLD_100),),
    ((GOLD, '"gold", at_least = 99, strict = true'),),
    ((GOLD, GOLD_100), (SCORES, '{ is = "security", points = 25 }')),
    (
        (GOLD, GOLD_100),
        (SCORES, SCORES.replace("15", "20")),
        (BEST, 'certificates"\ncombine = "best"\nscores'),
    ),
    ((GOLD_MINIMUM, '{ group = "use", at_least = 60 }'),),
]


@pytest.mark.parametrize("edits", IN_REACH)
def test_points_that_the_best_can_have(edited: Edit, edits: tuple[tuple[str, str], ...]) -> None:
    assert edited(*edits, folder=SECOND).digest


POSSIBLE = [
    (("from = 2021-06-01\nto = 2021-12-31", 'from = 2022-03-31\nto = "submission"'),),
    ((ENTRIES, 'opens = 2022-03-01\ncloses = 2022-03-15\nbefore = "town-report"'),),
]


@pytest.mark.parametrize("edits", POSSIBLE)
def test_what_somebody_can_meet_is_none(edited: Edit, edits: tuple[tuple[str, str], ...]) -> None:
    assert edited(*edits, folder=SECOND).digest


def test_a_model_that_the_reviewer_may_pass_reaches_a_level(edited: Edit) -> None:
    judged = (
        'decided_by = "town"\n',
        'decided_by = "town"\ndeployments = ["shared"]\nother_deployments = "judge"\n',
    )
    assert len(warnings(edited(judged, folder=SECOND).source)) == 1


def test_a_level_that_takes_a_year_helps_nobody_in_the_first(faults: Faults) -> None:
    found = faults(
        ('decided_by = "town"\n', 'decided_by = "town"\ndeployments = ["shared"]\n'),
        ('requires = "bronze"\nsame_round_counts = true', 'requires = "bronze"'),
        folder=SECOND,
    )
    assert any("who has own alone can reach no level" in f for f in found)


def test_direct_entry_spares_the_level_below(edited: Edit, faults: Faults) -> None:
    bronze = ('decided_by = "town"\n', 'decided_by = "town"\ndeployments = ["shared"]\n')
    direct = ('requires = "bronze"\n', 'requires = "bronze"\ndirect_if = ["is-company"]\n')
    assert any("can reach no level" in f for f in faults(bronze, folder=SECOND))
    assert edited(bronze, direct, folder=SECOND).digest
