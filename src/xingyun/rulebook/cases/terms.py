"""Runs the cases of single rules."""

from collections.abc import Callable, Mapping
from typing import Any

from xingyun.rulebook.book import Rulebook, by_key
from xingyun.rulebook.cases.compare import Outcome, differs
from xingyun.rulebook.cases.terms_schema import (
    BatchCase,
    DocumentCase,
    FilingCase,
    PanelCase,
    SampleCase,
    SanctionCase,
)
from xingyun.rulebook.engine.filings import filing_due
from xingyun.rulebook.engine.panels import panel_score
from xingyun.rulebook.engine.samples import draw, sample_size
from xingyun.rulebook.engine.sanctions import shut_out_until
from xingyun.rulebook.text import Text, join
from xingyun.rulebook.wording import procedure as wording


def _batch(rulebook: Rulebook, case: BatchCase) -> Outcome:
    found = rulebook.batch(case.day)
    way = found.name if found else Text("没有批次", "no batch")
    return list(differs(Text("批次", "batch"), case.batch, found.key if found else "none")), [way]


def _sanction(rulebook: Rulebook, case: SanctionCase) -> Outcome:
    rule = by_key(rulebook.sanctions, case.sanction)
    until = shut_out_until(rule, case.decided_on) or "open"
    return list(differs(Text("最后一天", "last day"), case.until, until)), [wording.sanction(rule)]


def _document(rulebook: Rulebook, case: DocumentCase) -> Outcome:
    cited = by_key(rulebook.documents, case.document)
    found = cited.holds(case.on)
    return list(differs(Text("是否有效", "in force"), case.holds, found)), [wording.document(cited, case.on)]


def _sample(rulebook: Rulebook, case: SampleCase) -> Outcome:
    rule = by_key(rulebook.samples, case.sample)
    problems = list(differs(Text("抽查家数", "size"), case.size, sample_size(rule, case.of)))
    drawn = draw(rule, case.numbers, case.seed)
    if case.drawn is not None:
        problems += differs(Text("抽中的", "drawn"), case.drawn, drawn)
    return problems, [wording.sample(rule), join([Text(n, n) for n in drawn])]


def _panel(rulebook: Rulebook, case: PanelCase) -> Outcome:
    found = panel_score(by_key(rulebook.panels, case.panel), case.scores)
    problems = list(differs(Text("评审得分", "score"), case.score, found.score))
    if case.passes is not None:
        problems += differs(Text("是否达到", "whether enough"), case.passes, found.passes)
    return problems, [found.words]


def _filing(rulebook: Rulebook, case: FilingCase) -> Outcome:
    rule = by_key(rulebook.filings, case.filing)
    due = filing_due(rule, case.announced_on)
    return list(differs(Text("最后一天", "last day"), case.due, due)), [wording.filing(rulebook, rule)]


RUNNERS: Mapping[str, Callable[[Rulebook, Any], Outcome]] = {
    "batch": _batch,
    "sanction": _sanction,
    "document": _document,
    "sample": _sample,
    "panel": _panel,
    "filing": _filing,
}
