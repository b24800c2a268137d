"""The book of an application, part by part, out of its rulebook and its frozen inputs. Papers are Chinese.

Only the contents say which version it is: a page that is stamped is outdated when something on it changes,
and no sooner.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from xingyun.applications.jobs import form_page
from xingyun.documents.booklet import Claim, Footer, Front, Item, Labels, Material, Parts, sections
from xingyun.documents.fonts import texts_in
from xingyun.documents.stamped.codes import payload
from xingyun.rulebook import Rulebook
from xingyun.rulebook.schema.materials import Material as Rule

Inputs = Mapping[str, Any]
# Printed, sealed and scanned: everything in front of the table of contents.
STAMPED = ("cover", "instructions", "form", "checklist")
COLUMNS = ("类", "子类", "域", "是否上云/满足", "证明材料在申报书中的页码")
EXTENSION = re.compile(r"\.(pdf|jpe?g|png)$", re.IGNORECASE)
DIGITS = "零一二三四五六七八九"


def parts(rulebook: Rulebook, inputs: Inputs, version: int, path: Callable[[str], Path]) -> Parts:
    """Everything that goes into the book. `path` tells where content of a digest lies."""
    number = inputs["number"]
    return Parts(
        title=f"{rulebook.form.title}　{number}",
        front=tuple(_fronts(rulebook, inputs, version)),
        materials=tuple(
            _material(rule, inputs, path) for rule in rulebook.materials if not rule.made_by_system
        ),
        footer=Footer(left=number, payload=payload(number)),
        claims={
            domain: tuple(Claim(uid, first, last) for uid, first, last in pages)
            for domain, pages in inputs["claims"].items()
        },
        labels=Labels(
            none="无",
            none_note="本项没有材料。",
            missing="未提供",
            missing_note="本项材料还没有提供。",
            reference=number,
        ),
    )


def written(book: Parts, pages: Mapping[str, str]) -> list[tuple[str, Mapping[str, object]]]:
    """What is filled in, for its Word file: everything that is stamped, the checklist with its pages."""
    return [
        (front.template, {**front.data, "pages": dict(pages)} if front.fills == "pages" else front.data)
        for front in book.front
        if front.key in STAMPED
    ]


def texts(book: Parts) -> Iterator[str]:
    """Every text of the book, for the question whether the fonts have its characters."""
    yield book.title
    for front in book.front:
        yield from texts_in(front.data)
    for material in book.materials:
        yield material.title
        yield from (item.title for item in material.items)


def _fronts(rulebook: Rulebook, inputs: Inputs, version: int) -> Iterator[Front]:
    answers = inputs["answers"]
    form = rulebook.form
    yield Front("cover", "封面", "cover", _cover(rulebook, inputs), listed=False)
    if form.instructions:
        data = form_page.instructions(rulebook, answers)
        yield Front("instructions", "填表说明", "instructions", data, listed=False)
    yield Front("form", form.title, "form", form_page.form(rulebook, answers))
    if rulebook.checklist:
        yield Front(
            "checklist", rulebook.checklist.title, "checklist", _checklist(rulebook, inputs), fills="pages"
        )
    data = {"title": "目　录", "edition": f"{inputs['number']}　第 {version} 版"}
    yield Front("contents", "目录", "contents", data, fills="entries", listed=False)


def _cover(rulebook: Rulebook, inputs: Inputs) -> dict[str, object]:
    name = rulebook.form.by_role("applicant_name")
    seal = {"key": "seal:cover", "label": "盖章"}
    applicant = form_page.shown(rulebook, inputs["answers"], name) if name else ""
    return {
        "annex": rulebook.form.clause,
        "title": rulebook.form.title,
        "lines": [
            {"label": "申报企业", "value": applicant, "seal": seal},
            {"label": "填报日期", "value": "　　　　年　　月　　日"},
        ],
        "compiled_by": rulebook.form.issuer,
    }


def _checklist(rulebook: Rulebook, inputs: Inputs) -> dict[str, object]:
    table = rulebook.checklist
    if table is None:
        return {}
    return {
        "annex": table.clause,
        "title": table.title,
        "columns": list(COLUMNS),
        "tick": "√",
        "categories": [
            {
                "label": category.label,
                "subs": [
                    {
                        "label": sub.label,
                        "domains": [
                            {"key": d.key, "label": d.label, "ticked": d.key in inputs["claims"]}
                            for d in sub.domains
                        ],
                    }
                    for sub in category.subcategories
                ],
            }
            for category in table.categories
        ],
    }


def _material(rule: Rule, inputs: Inputs, path: Callable[[str], Path]) -> Material:
    slots = [slot.key for slot in rule.slots]
    items = tuple(
        Item(file["uid"], path(file["sha256"]), _named(file["name"]), file["sha256"])
        for slot in slots
        for file in inputs["files"]
        if file["slot"] == slot
    )
    none = any(slot in inputs["absent"] for slot in slots) or rule.need != "required" or rule.when is not None
    return Material(
        key=rule.key,
        number=f"材料{_written(rule.number)}",
        title=rule.label,
        items=items,
        none=none,
        clause=f"通知 {'、'.join(rule.clause)}",
        first=rule.number * sections.MATERIAL + 1,
    )


def _named(name: str) -> str:
    """The name of a file as a book prints it: on paper it is no longer a PDF or a picture."""
    return EXTENSION.sub("", name) or name


def _written(number: int) -> str:
    """1 → 一, 10 → 十, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"
