"""Dates, materials, conditions, and the self-check's questions."""

from collections.abc import Iterator

from xingyun.rulebook.checks.fault import Fault, fault
from xingyun.rulebook.schema.document import Document

FARTHEST = 20
LONGEST_NOTICE = 250
LONGEST_GRACE = 24 * 60


def windows(doc: Document) -> Iterator[Fault]:
    """A window is set by a tier before a deadline, or opens before it closes; its grace is short."""
    for n, window in enumerate(doc.windows):
        if not 0 <= window.grace_minutes <= LONGEST_GRACE:
            yield fault(
                ("windows", n, "grace_minutes"), "0 至 {n} 分钟", "from 0 to {n} minutes", n=LONGEST_GRACE
            )
        if window.set_by:
            if window.before is None:
                yield fault(
                    ("windows", n), "由下级定日期的，要写 before", "a window set by a tier needs `before`"
                )
        elif window.opens is None or window.closes is None:
            yield fault(
                ("windows", n), "要写 opens 和 closes，或 set_by", "opens and closes, or set_by, are needed"
            )
        elif window.opens > window.closes:
            yield fault(("windows", n, "closes"), "结束早于开始", "it closes before it opens")
        elif window.closes.year > doc.programme.issued_on.year + FARTHEST:
            yield fault(("windows", n, "closes"), "离通知印发太远", "it lies too far after the notice's date")


def deadlines(doc: Document) -> Iterator[Fault]:
    """No deadline has passed when the notice is issued."""
    for n, deadline in enumerate(doc.deadlines):
        if deadline.on < doc.programme.issued_on:
            yield fault(("deadlines", n, "on"), "早于通知印发日期", "it lies before the notice's date")
        if deadline.on.year > doc.programme.issued_on.year + FARTHEST:
            yield fault(("deadlines", n, "on"), "离通知印发太远", "it lies too far after the notice's date")


def materials(doc: Document) -> Iterator[Fault]:
    """Each number once; one print of the application at most; annex and number go together.

    Online, a provider confirms a contract that does not say cloud, and for one material only.
    """
    seen: set[int] = set()
    for n, material in enumerate(doc.materials):
        if material.number in seen:
            yield fault(("materials", n, "number"), "序号重复", "the number is taken")
        seen.add(material.number)
        if (material.annex is None) != (material.annex_number is None):
            yield fault(
                ("materials", n), "annex 与 annex_number 要一起写", "annex and annex_number go together"
            )
    for n in [n for n, m in enumerate(doc.materials) if m.made_by_system][1:]:
        yield fault(
            ("materials", n, "made_by_system"), "只能有一份申请表", "there is one application form only"
        )
    for n in [n for n, m in enumerate(doc.materials) if m.confirmed_online][1:]:
        yield fault(
            ("materials", n, "confirmed_online"),
            "只能有一种材料可以在线确认",
            "one material only can be confirmed online",
        )
    for n, material in enumerate(doc.materials):
        if material.confirmed_online and not (material.when and material.when.contracts):
            yield fault(
                ("materials", n, "confirmed_online"),
                '只有 when 写了 contracts = "not_saying_cloud" 的材料可以在线确认',
                "only what is asked for because a contract does not say cloud can be confirmed online",
            )


def notice(doc: Document) -> Iterator[Fault]:
    """A public notice lasts at least a day and can be answered."""
    if not 1 <= doc.notice.days <= LONGEST_NOTICE:
        yield fault(("notice", "days"), "1 至 {n} 天", "from 1 to {n} days", n=LONGEST_NOTICE)
    if not doc.notice.channels:
        yield fault(("notice", "channels"), "至少要有一种提出异议的途径", "at least one channel is needed")


_ABOUT = {"answer": "form.fields", "material": "materials"}


def questions(doc: Document) -> Iterator[Fault]:
    """A question about an answer or a material names it; others name nothing."""
    known = {
        "answer": {f.key for f in doc.form.fields},
        "material": {s.key for m in doc.materials for s in m.slots} | {m.key for m in doc.materials},
    }
    for n, question in enumerate(doc.questions):
        if question.asks in known and question.about not in known[question.asks]:
            to = _ABOUT[question.asks]
            yield fault(
                ("questions", n, "about"), "{to} 里没有“{k}”", "{to} has no {k}", to=to, k=question.about
            )
        if question.asks not in known and question.about is not None:
            yield fault(("questions", n, "about"), "这种问题不用写 about", "this question has no `about`")
