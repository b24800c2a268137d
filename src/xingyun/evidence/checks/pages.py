"""Pages that show nothing, stand on their head, or are far too small to be read."""

from collections.abc import Iterator

from xingyun.evidence.checks.base import Check, Found, Subject
from xingyun.evidence.models import PageLook
from xingyun.rulebook import Text

EMPTY = 2  # a thousandth of ink
LEAST_PIXELS, LEAST_POINTS = 480, 200
BLANK = Text("“{name}”第 {page} 页几乎是空白的。", "{name}, page {page}, is as good as blank.")
BLANK_REPAIR = Text(
    "请看看是不是扫反了或多了一页；需要的内容请重新扫描上传。",
    "See whether the wrong side was scanned or a page too many; scan what is needed again.",
)
TURNED = Text("“{name}”第 {page} 页{way}。", "{name}, page {page}, {way}.")
WAYS = {
    90: Text("横着放", "lies on its side"),
    180: Text("上下颠倒", "stands on its head"),
    270: Text("横着放", "lies on its side"),
}
TURNED_REPAIR = Text(
    "请转正后重新上传，方便审核人员看。", "Turn it upright and upload it again, so that it can be read."
)
SMALL = Text(
    "“{name}”第 {page} 页太小（短边 {n} {unit}），看不清。",
    "{name}, page {page}, is too small to be read (short side {n} {unit}).",
)
SMALL_REPAIR = Text(
    "请上传原图或重新截图；手机里转发过的图往往被压缩过。",
    "Upload the original picture or take it again; forwarded ones are often compressed.",
)
UNITS = {True: Text("像素", "pixels"), False: Text("点", "points")}


def look(subject: Subject) -> Iterator[Found]:
    """One finding for each page and fault."""
    for held in subject.files:
        for one in subject.looks.get(held.file.pk, ()):
            for kind, words, repair in _faults(held.name, one):
                yield Found(
                    key=(kind, held.file.sha256, one.page), words=words, repair=repair, held=held,
                    page=one.page, clause=held.clause,
                )  # fmt: skip


def _faults(name: str, one: PageLook) -> Iterator[tuple[str, Text, Text]]:
    told = {"name": name, "page": one.page}
    if one.ink < EMPTY:
        yield "blank", BLANK.fill(**told), BLANK_REPAIR
    if one.turned in WAYS:
        yield "turned", TURNED.fill(**told, way=WAYS[one.turned]), TURNED_REPAIR
    if one.short_side < (LEAST_PIXELS if one.picture else LEAST_POINTS):
        yield "small", SMALL.fill(**told, n=one.short_side, unit=UNITS[one.picture]), SMALL_REPAIR


CHECK = Check("pages", Text("页面", "Pages"), look)
