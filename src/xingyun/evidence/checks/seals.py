"""Files on which a seal belongs and none was seen: by red alone, and said so."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.rulebook import Text

LEAST = 1  # a thousandth of red on some page
NONE = Text(
    "“{name}”里没有看到红色印章。系统只看红色：黑白扫描的、印章很淡的也会这样提示。",
    "No red seal was seen in {name}. Only red is looked for: black-and-white scans are named, too.",
)
REPAIR = Text(
    "要盖章的请盖章后彩色扫描再传；已经盖章、只是黑白扫描的，换成彩色的更好核对。",
    "Seal it and scan it in colour; if only the scan is black and white, scan it again.",
)


def look(subject: Subject) -> Iterator[Found]:
    """One finding for each file, where its pages were looked at."""
    for held in subject.files:
        looks = subject.looks.get(held.file.pk, ())
        if held.sealed and looks and all(one.red < LEAST for one in looks):
            yield Found(
                key=(held.file.sha256,), words=NONE.fill(name=held.name), repair=REPAIR, held=held, page=1,
                clause=held.clause,
            )  # fmt: skip


CHECK = Check("seals", Text("印章", "Seals"), look)
