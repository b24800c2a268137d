"""The side panel "还缺什么": the verdict in a few lines, each with its clause and the way to the place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from xingyun.applications.queries import Kept, Workspace
from xingyun.rulebook import Finding, Rulebook
from xingyun.rulebook.engine.score_sheet import ScoreSheet
from xingyun.web.enterprise.places import place
from xingyun.web.wording import tell

FEW = 2  # so many findings of one place stand each for itself; more become one line


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, where to mend it, under which clause. kind: bad, wait or muted."""

    text: str
    note: str = ""
    href: str = ""
    ref: str = ""
    kind: str = "bad"
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands in the way, what is only worth a look, how much is in order, the points so far."""

    obstacles: tuple[Line, ...]
    remarks: tuple[Line, ...]
    open: int
    met: int
    edition: str
    score: ScoreSheet | None

    @property
    def all(self) -> int:
        """How many requirements were looked at."""
        return self.open + self.met


class Panel(NamedTuple):
    """What is missing, and its markup."""

    missing: Missing
    panel: SafeString


PANELS: Kept[Panel] = Kept()


def panel(work: Workspace) -> Panel:
    """The panel of an application as it stands: once for every change, not for every page."""

    def draw() -> Panel:
        told = missing(work)
        context = {"missing": told, "application": work.application}
        return Panel(told, mark_safe(render_to_string("enterprise/missing.html", context)))

    return draw() if work.key is None else PANELS.get(work.key, draw)


def missing(work: Workspace) -> Missing:
    """What the panel says."""
    blocking = work.verdict.blocking
    remarks = [f for f in work.verdict.of("hint", "judge", "obstacle") if not f.blocks]
    return Missing(
        obstacles=tuple(grouped(work, blocking)),
        remarks=tuple(line(work, f) for f in remarks),
        open=len(blocking),
        met=len(work.verdict.of("ok")),
        edition=work.rulebook.digest,
        score=work.score,
    )


def grouped(work: Workspace, findings: Sequence[Finding]) -> Iterable[Line]:
    """The findings line by line; many of one page become one line."""
    for _key, members in groupby(findings, key=lambda f: _page(work, f)):
        together = list(members)
        if len(together) <= FEW:
            yield from (line(work, f) for f in together)
        else:
            yield _many(work, together)


def line(work: Workspace, finding: Finding) -> Line:
    """One finding."""
    found = place(work.application, work.rulebook, finding.where)
    signs = {"judge": "judge", "hint": "info", "obstacle": "fault"}
    kind = "bad" if finding.blocks else {"obstacle": "bad", "hint": "wait"}.get(finding.kind, "muted")
    note = " · ".join(part for part in (found.label, tell(finding.remedy)) if part)
    ref = finding.clause.ref if finding.clause else ""
    sign = "fault" if finding.blocks else signs.get(finding.kind, "")
    return Line(tell(finding.words), note, found.href, ref, kind, sign)


def _page(work: Workspace, finding: Finding) -> tuple[str, str]:
    kind = finding.where[0]
    if kind == "form" and finding.kind == "missing" and work.rulebook.form.has(finding.where[1]):
        return kind, work.rulebook.form.field(finding.where[1]).section
    return ("domain", "") if kind == "domain" else (finding.rule, "/".join(finding.where))


def _many(work: Workspace, findings: list[Finding]) -> Line:
    first, n = findings[0], len(findings)
    found = place(work.application, work.rulebook, first.where)
    ref = first.clause.ref if first.clause else ""
    name = subject(work.rulebook, first)
    if first.where[0] == "domain":
        text = ngettext("“%(name)s”等 %(n)s 项勾了没有证明", "“%(name)s”等 %(n)s 项勾了没有证明", n)
    else:
        text = ngettext("“%(name)s”等 %(n)s 项还没有填", "“%(name)s”等 %(n)s 项还没有填", n)
    return Line(text % {"name": name, "n": n}, found.label, found.href, ref, "bad", "fault")


def subject(book: Rulebook, finding: Finding) -> str:
    """The name of the field or domain that a finding is about."""
    kind, key = finding.where[0], finding.where[-1]
    entries = book.form.fields if kind == "form" else book.domains
    return next((tell(entry.name) for entry in entries if entry.key == key), "")


def obstacles(work: Workspace) -> list[Line]:
    """Every obstacle for itself, for the last check."""
    return [line(work, finding) for finding in work.verdict.blocking]
