"""The checklist: a claimed domain must be proved."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.text import Text

UNPROVED = Text("“{name}”勾选了，还没有证明材料。", "“{name}” is claimed, but nothing proves it yet.")
NOTHING = Text("“{title}”还没有勾选任何一个域。", "No domain of “{title}” is claimed yet.")
PROVED = Text("勾选的 {n} 个域都有证明材料。", "All {n} claimed domains are proved.")
ADD = Text("请添加截图等证明，或取消勾选。", "Add a screenshot or other proof, or take the claim back.")


def judge(case: Case) -> Iterator[Finding]:
    """One finding for each claim without proof; none where the rulebook has no checklist."""
    checklist = case.book.checklist
    if checklist is None:
        return
    claimed = [d for d in checklist.domains if d.key in case.facts.claims]
    bare = [d for d in claimed if not case.facts.claims[d.key]]
    for domain in bare:
        words, where = UNPROVED.fill(name=domain.name), ("domain", domain.key)
        yield case.finding(
            f"domain.{domain.key}", "missing", words, checklist.evidence_clause, where, ADD, blocks=True
        )
    if not claimed:
        words = NOTHING.fill(title=Text(checklist.title, checklist.title_en))
        yield case.finding("checklist", "missing", words, (checklist.clause,), ("checklist",), blocks=True)
    elif not bare:
        yield case.finding(
            "checklist", "ok", PROVED.fill(n=len(claimed)), (checklist.clause,), ("checklist",)
        )
