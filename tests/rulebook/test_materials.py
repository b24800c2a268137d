"""Materials: what each says when it is demanded, when it is not, and when the answer does not fit."""

from dataclasses import replace

import pytest

from xingyun.rulebook import Contract, Facts, Finding, MaterialState, Rulebook, Scan, evaluate

STATEMENT, EQUIPMENT = "material.deployment-statement", "material.equipment"


def said(book: Rulebook, facts: Facts, rule: str) -> list[Finding]:
    """What is found by this rule."""
    return [f for f in evaluate(book, facts).findings if f.rule == rule]


def with_slot(facts: Facts, slot: str, state: MaterialState) -> Facts:
    """The same facts with another state of one slot."""
    return replace(facts, materials={**facts.materials, slot: state})


def with_contracts(facts: Facts, *contracts: tuple[bool, bool]) -> Facts:
    """The same facts with contracts that (say cloud, have a statement)."""
    like = facts.contracts[0]
    made = [Contract(on=like.on, fen=like.fen, says_cloud=s, statement=t) for s, t in contracts]
    return replace(facts, contracts=tuple(made))


@pytest.mark.parametrize(
    ("state", "kind", "blocks"),
    [
        ("absent", "missing", True),
        ("incomplete", "wrong", True),
        ("outdated", "wrong", True),
        ("complete", "ok", False),
    ],
)
def test_the_sealed_scan(first: Rulebook, in_order: Facts, state: str, kind: str, blocks: bool) -> None:
    scan = Scan(state, missing_pages=(2, 5), missing_seals=(3,))  # type: ignore[arg-type]
    scanned, seals = said(first, replace(in_order, scan=scan), "material.application-form")
    assert (scanned.kind, scanned.blocks, scanned.where) == (kind, blocks, ("booklet",))
    assert ("第 2、5 页" in scanned.text) == (state == "incomplete")
    assert (seals.kind, seals.blocks) == ("judge", False)
    assert "第 3 页" in seals.text


def test_no_scan_is_an_absent_one(first: Rulebook, in_order: Facts) -> None:
    (found,) = said(first, replace(in_order, scan=None), "material.application-form")
    assert (found.kind, found.blocks) == ("missing", True)


UNASKED, CONFIRMED = "按填报的情况不用提供。", "已提供。"


@pytest.mark.parametrize(
    ("contracts", "ends"),
    [
        ([], UNASKED),
        ([(True, False)], UNASKED),
        ([(True, True)], UNASKED),
        ([(False, True)], CONFIRMED),
        ([(False, True), (True, False)], CONFIRMED),
    ],
)
def test_a_statement_is_not_asked_of_contracts_that_need_none(
    first: Rulebook, in_order: Facts, contracts: list[tuple[bool, bool]], ends: str
) -> None:
    facts = with_slot(with_contracts(in_order, *contracts), "deployment-statement", MaterialState(0))
    (found,) = said(first, facts, STATEMENT)
    assert (found.kind, found.blocks) == ("ok", False)
    assert found.text.endswith(ends)


def test_a_statement_is_asked_of_contracts_that_do_not_say_cloud(first: Rulebook, in_order: Facts) -> None:
    facts = with_slot(
        with_contracts(in_order, (False, False), (True, False)), "deployment-statement", MaterialState(0)
    )
    (found,) = said(first, facts, STATEMENT)
    assert (found.kind, found.blocks) == ("missing", True)
    assert found.where == ("material", "deployment-statement")
    assert found.remedy.zh == "由申报企业和提供方共同盖章。"
    assert [c.ref for c in found.clauses] == ["二、4"]


def test_a_file_that_is_tied_to_no_contract_is_looked_at(first: Rulebook, in_order: Facts) -> None:
    contracts = with_contracts(in_order, (False, False), (False, False), (False, True), (True, False))
    (found,) = said(first, with_slot(contracts, "deployment-statement", MaterialState(1)), STATEMENT)
    assert (found.kind, found.blocks) == ("hint", False)
    assert found.text.startswith("2 份")
    assert found.text_en.startswith("2 contracts")


def confirmed(facts: Facts, *online: bool) -> Facts:
    """The same facts with contracts that do not say cloud, some of them confirmed online."""
    like = facts.contracts[0]
    return replace(
        facts,
        contracts=tuple(Contract(on=like.on, fen=like.fen, says_cloud=False, confirmed=c) for c in online),
    )


def reading(book: Rulebook, online: str | None) -> Rulebook:
    """The same rulebook, in which a confirmation online is worth this."""
    materials = tuple(
        replace(m, confirmed_online=online) if m.confirmed_online else m  # type: ignore[arg-type]
        for m in book.materials
    )
    return replace(book, materials=materials)


BOTH, BESIDES = "由申报企业和提供方共同盖章。", "由申报企业和提供方共同盖章。提供方的在线确认不代替盖章。"
EITHER = "由申报企业和提供方共同盖章，或请提供方在线确认。"


@pytest.mark.parametrize(
    ("online", "contracts", "files", "kind", "remedy"),
    [
        (None, (True,), 0, "missing", BOTH),
        ("supports", (False,), 0, "missing", BOTH),
        ("supports", (True, False), 0, "missing", BESIDES),
        ("supports", (True,), 0, "missing", BESIDES),
        ("replaces", (True, False), 0, "missing", EITHER),
        ("replaces", (True, True), 0, "ok", ""),
        (None, (True,), 1, "hint", ""),
        ("supports", (True, False), 1, "hint", ""),
        ("supports", (True,), 1, "ok", ""),
        ("replaces", (True, False), 1, "hint", ""),
    ],
)
def test_what_a_provider_confirms_online(
    first: Rulebook,
    in_order: Facts,
    online: str | None,
    contracts: tuple[bool, ...],
    files: int,
    kind: str,
    remedy: str,
) -> None:
    facts = with_slot(confirmed(in_order, *contracts), "deployment-statement", MaterialState(files))
    (found,) = said(reading(first, online), facts, STATEMENT)
    assert (found.kind, found.blocks, found.remedy.zh) == (kind, kind == "missing", remedy)
    if kind == "hint":
        assert found.text.startswith("1 份")
        assert ("在线确认" in found.text) == bool(online)


def test_which_material_is_confirmed(first: Rulebook) -> None:
    assert first.confirming is first.material("deployment-statement")
    assert reading(first, None).confirming is None


def test_what_the_case_does_not_ask_for(first: Rulebook, in_order: Facts) -> None:
    (found,) = said(first, in_order, "material.private-cloud-plan")
    assert (found.kind, found.blocks) == ("ok", False)
    assert found.text.endswith("按填报的情况不用提供。")


def test_none_is_doubted_where_a_related_domain_is_claimed(first: Rulebook, in_order: Facts) -> None:
    none = with_slot(in_order, "equipment", MaterialState(none=True))
    assert first.checklist is not None
    related = {d.key for d in first.checklist.branch("equipment-cloud")}
    other = next(d.key for d in first.checklist.domains if d.key not in related)
    claimed = replace(none, claims={min(related): True})
    (answer, doubt) = said(first, claimed, EQUIPMENT)
    assert (answer.kind, answer.text) == ("ok", f"“{first.material('equipment').label}”：无。")
    assert (doubt.kind, doubt.blocks, doubt.where) == ("hint", False, ("material", "equipment"))
    assert len(said(first, replace(none, claims={other: True}), EQUIPMENT)) == 1
    assert len(said(first, replace(none, claims={}), EQUIPMENT)) == 1
    files = with_slot(claimed, "equipment", MaterialState(1))
    (there,) = said(first, files, EQUIPMENT)
    assert there.text.endswith("已提供。")


def test_a_rulebook_without_a_checklist_doubts_nothing(first: Rulebook, in_order: Facts) -> None:
    bare = replace(first, checklist=None)
    none = with_slot(in_order, "equipment", MaterialState(none=True))
    assert len(said(bare, replace(none, claims={"1": True}), EQUIPMENT)) == 1


@pytest.mark.parametrize(("files", "ends"), [(1, "已提供。"), (0, "：无。")])
def test_what_need_not_be_is_told(first: Rulebook, in_order: Facts, files: int, ends: str) -> None:
    (found,) = said(first, with_slot(in_order, "other", MaterialState(files)), "material.other")
    assert (found.kind, found.text.endswith(ends)) == ("ok", True)


def test_what_is_required_is_there(first: Rulebook, in_order: Facts) -> None:
    (found,) = said(first, with_slot(in_order, "licence", MaterialState(2)), "material.licence")
    assert (found.kind, found.text.endswith("已提供。")) == ("ok", True)
