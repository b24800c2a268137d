"""What is preferred never stands in the way: it is only said whether it is met."""

from dataclasses import replace

from xingyun.rulebook.findings import Finding
from xingyun.rulebook.text import EMPTY, Text

PREFERRED = Text("优先条件，不影响申报。{said}", "A preference, no condition. {said}")


def preferred(finding: Finding) -> Finding:
    """The finding as a hint; `met` tells which side it is on."""
    words = PREFERRED.fill(said=finding.words)
    return replace(
        finding, kind="hint", words=words, remedy=EMPTY, blocks=False, preference=finding.kind == "ok"
    )
