"""The self-check: a few questions, and what stands in the way of each level. Nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xingyun.rulebook import Rulebook
from xingyun.rulebook.engine.self_check import LevelCheck, money, self_check
from xingyun.rulebook.findings import Finding
from xingyun.rulebook.schema.procedure import Question
from xingyun.rulebook.schema.shared import Named, Option
from xingyun.rulebook.text import Text
from xingyun.web import answers
from xingyun.web.public.edition import current
from xingyun.web.public.programmes import which
from xingyun.web.wording import tell

LONGEST = 200
SIGNS = {
    "ok": ("ok", "accept"),
    "missing": ("wait", "warn"),
    "wrong": ("wait", "warn"),
    "obstacle": ("bad", "fault"),
    "judge": ("muted", "judge"),
    "hint": ("muted", "info"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its choices (none: a number is typed, in `unit`) and the answer given so far."""

    question: Question
    choices: tuple[tuple[str, str], ...]
    answer: str
    several: bool = False
    unit: str = ""

    @property
    def chosen(self) -> list[str]:
        """The choices that are taken."""
        return self.answer.split(",")

    @property
    def error(self) -> str:
        """What is wrong with a sum that makes no sense; empty where all is well."""
        odd = not self.choices and bool(self.answer) and money(self.answer) is None
        return _("要填数字，例如 86.2。不确定的可以空着。") if odd else ""

    @property
    def words(self) -> str:
        """The answer as a reader wants it."""
        names = dict(self.choices)
        said = [names[value] for value in self.chosen if value in names]
        if self.choices:
            return _("、").join(said)
        return f"{self.answer} {self.unit}".strip() if self.answer else ""


@require_safe
def check(request: HttpRequest, programme: str = "") -> HttpResponse:
    """The questions; with `?done=1` what the answers mean, once every sum is one."""
    found = current(programme)
    if found is None:
        return which(request, "self_check", _("自测哪个项目？"))
    if not found.book.questions:
        return answers.page(request, "public/nothing.html", {})
    given = read(found.book, request.GET)
    asked = [asked_of(found.book, q, given.get(q.key, "")) for q in found.book.questions]
    context: dict[str, Any] = {
        "here": found,
        "book": found.book,
        "asked": asked,
        "query": request.GET.urlencode(),
    }
    if "done" not in request.GET or any(one.error for one in asked):
        return answers.page(request, "public/questions.html", context)
    checks = self_check(found.book, given)
    context |= {
        "rows": shown(checks),
        "heading": heading(checks),
        "line": line(checks),
        "signs": SIGNS,
        "top": top(found.book),
    }
    return answers.page(request, "public/self_check.html", {**context, "badge": badge})


def asked_of(book: Rulebook, question: Question, answer: str = "") -> Asked:
    """A question as the page asks it: by a field of the form, or by what it is about."""
    several, unit = question.asks == "deployments", ""
    if question.asks == "spend":
        unit = _("万元")
    elif question.asks == "answer":
        field = book.form.field(str(question.about))
        several = field.kind == "multi_choice"
        unit = tell(Text(field.unit, field.unit_en))
    return Asked(question, choices(book, question), answer, several, unit)


def read(book: Rulebook, query: QueryDict) -> dict[str, str]:
    """The answers by question; several choices are joined by commas."""
    return {q.key: ",".join(query.getlist(q.key))[:LONGEST] for q in book.questions if query.get(q.key)}


def choices(book: Rulebook, question: Question) -> tuple[tuple[str, str], ...]:
    """What may be answered; nothing for a sum."""
    if question.asks == "authority":
        bottom = book.tiers[0].key
        return named(a for a in book.authorities if a.tier == bottom)
    if question.asks == "answer":
        return named(book.form.field(str(question.about)).options)
    if question.asks == "deployments":
        return named(book.deployments)
    if question.asks == "title":
        return (("none", _("没有")), *named(book.levels))
    if question.asks == "contracts":
        return (("yes", _("都写明了")), ("no", _("有的没写明")))
    return (("yes", _("有")), ("no", _("没有"))) if question.asks == "material" else ()


def named(entries: Iterable[Named | Option]) -> tuple[tuple[str, str], ...]:
    """Keys with names in the language of the page."""
    return tuple((entry.key, tell(entry.name)) for entry in entries)


def top(book: Rulebook) -> int:
    """The highest rank, for stars that are still missing."""
    return max(level.rank for level in book.levels)


def clear(checks: Iterable[LevelCheck]) -> list[LevelCheck]:
    """The levels in whose way nothing stands."""
    return [check for check in checks if not check.obstacles and not check.to_prepare]


def heading(checks: tuple[LevelCheck, ...]) -> str:
    """The answer: what stands in the way. It never says that somebody qualifies."""
    if free := clear(checks):
        return _("申报%(levels)s，没有发现障碍") % {"levels": names(free)}
    if possible := [check for check in checks if not check.obstacles]:
        n = min(len(check.to_prepare) for check in possible)
        text = ngettext("申报%(levels)s，还差 %(n)s 项", "申报%(levels)s，还差 %(n)s 项", n)
        return text % {"levels": names([c for c in possible if len(c.to_prepare) == n]), "n": n}
    return _("按现在的回答，有条件不符")


def line(checks: tuple[LevelCheck, ...]) -> str:
    """One sentence about every level."""
    return _("；").join(f"{tell(check.level.name)}{_('：')}{tell(badge(check)[0])}" for check in checks) + _(
        "。"
    )


def badge(check: LevelCheck) -> tuple[Text | str, str, str]:
    """What is said of one level, the kind of its badge and the sign on it."""
    if n := len(check.obstacles):
        return ngettext("%(n)s 项不符", "%(n)s 项不符", n) % {"n": n}, "bad", "fault"
    if n := len(check.to_prepare):
        return ngettext("还差 %(n)s 项", "还差 %(n)s 项", n) % {"n": n}, "wait", "partial"
    return _("没有发现障碍"), "ok", "accept"


def shown(checks: tuple[LevelCheck, ...]) -> list[tuple[LevelCheck, list[Finding]]]:
    """The lowest level with all its findings, each other one with what it adds to those before."""
    said: set[tuple[str, Text]] = set()
    rows = []
    for check in checks:
        rows.append((check, [f for f in check.findings if (f.rule, f.words) not in said]))
        said |= {(f.rule, f.words) for f in check.findings}
    return rows


def names(checks: Iterable[LevelCheck]) -> str:
    """The names of some levels."""
    return _("、").join(tell(check.level.name) for check in checks)
