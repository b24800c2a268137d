"""A file that another applicant has handed in, to the byte."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.rulebook import Text

SAME = Text(
    "文件“{name}”与另一家企业提交的文件完全相同。",
    "The file {name} is the same, to the byte, as another enterprise's.",
)


def look(subject: Subject) -> Iterator[Found]:
    """By digest, which is what a file is known by."""
    if subject.others is None or not subject.files:
        return
    held = {one.file.pk: one for one in subject.files}
    for holder in subject.others.holders(list(held)):
        mine = held[holder.file]
        yield Found(
            key=(mine.file.sha256, holder.dossier), words=SAME.fill(name=mine.name), held=mine, page=1,
            clause=mine.clause, across=True, other=holder.dossier, beside={"file": holder.file, "page": 1},
        )  # fmt: skip


CHECK = Check("same-file", Text("相同的文件", "Same files"), look)
