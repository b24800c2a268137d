"""The application form as printed: sections as groups, fields as rows, long texts in boxes of their own.

The printed sections in front of the one that names the applicant stand below the instructions.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from xingyun.applications.queries.booklets import OPINION_SEAL
from xingyun.rulebook import Rulebook
from xingyun.rulebook.form import FieldError
from xingyun.rulebook.schema.form import Field, Section

Answers = Mapping[str, str]
BLANK_DATE = "年　　月　　日"
SPLIT = "·"
WITH_CHECKLIST = "注：以上材料与申请表、附表一起装订成册；附表只填已上云或已满足的项和证明材料的页码。"
WITHOUT_CHECKLIST = "注：以上材料与申请表一起装订成册。"


def shown(rulebook: Rulebook, answers: Answers, field: Field) -> str:
    """An answer as printed; one that can't be taken is printed as typed, so that a draft can be looked at."""
    raw = answers.get(field.key, "")
    if not raw.strip():
        return ""
    value = rulebook.form.parse(field, raw)
    return raw.strip() if isinstance(value, FieldError) else rulebook.form.display(field, value)


def instructions(rulebook: Rulebook, answers: Answers) -> dict[str, object]:
    """How to fill in the form, and whom to ask at the applicant's."""
    data: dict[str, object] = {"title": "填表说明", "items": list(rulebook.form.instructions)}
    lines = [
        {"label": _cell(field)[1], "value": shown(rulebook, answers, field)}
        for section in _front(rulebook)
        for field in rulebook.form.in_section(section.key)
    ]
    return {**data, "contacts": {"title": "联系方式：", "lines": lines}} if lines else data


def form(rulebook: Rulebook, answers: Answers) -> dict[str, object]:
    """The form with the declaration, the authority's box on a page of its own, and the list of materials."""
    front = _front(rulebook)
    sections = [s for s in rulebook.form.sections if s.printed and s not in front]
    groups = [group for section in sections for group in _groups(rulebook, answers, section)]
    return {
        "title": rulebook.form.title,
        "groups": [*groups, _pledge(rulebook)],
        "opinion": {
            "label": f"{rulebook.tiers[0].label}推荐意见",
            "places": [{"label": "签章", "key": OPINION_SEAL}],
            "date": BLANK_DATE,
        },
        "attachments": {
            "title": "请随本申请表提供以下配套证明材料：",
            "items": [_listed(m.label, m.need) for m in rulebook.materials if not m.made_by_system],
            "note": WITH_CHECKLIST if rulebook.checklist else WITHOUT_CHECKLIST,
        },
    }


def _front(rulebook: Rulebook) -> list[Section]:
    name = rulebook.form.by_role("applicant_name")
    printed = [section for section in rulebook.form.sections if section.printed]
    if name is None or name.section not in {section.key for section in printed}:
        return []
    return printed[: [section.key for section in printed].index(name.section)]


def _groups(rulebook: Rulebook, answers: Answers, section: Section) -> Iterator[dict[str, object]]:
    """Short answers of a section together, each long one by itself, in the order of the form."""
    for is_long, fields in groupby(
        rulebook.form.in_section(section.key), key=lambda field: field.kind == "long_text"
    ):
        if is_long:
            for field in fields:
                text = shown(rulebook, answers, field)
                yield {"kind": "text", "label": field.label, "text": text, "min": 60}
        else:
            rows = list(_rows(rulebook, answers, fields))
            yield {"kind": "fields", "label": section.label, "rows": rows}


def _rows(rulebook: Rulebook, answers: Answers, fields: Iterable[Field]) -> Iterator[dict[str, object]]:
    """Fields under a common heading stand two in a row, others alone."""
    for heading, together in groupby(fields, key=lambda field: _cell(field)[0]):
        cells = [{"label": _cell(f)[1], "value": shown(rulebook, answers, f)} for f in together]
        if not heading:
            for cell in cells:
                yield {"cells": [cell]}
            continue
        for n in range(0, len(cells), 2):
            yield {"sub": heading, "cells": cells[n : n + 2]}


def _cell(field: Field) -> tuple[str, str]:
    """The heading and the label of a field's cell: "联系人·手机" → ("联系人", "手机")."""
    heading, split, label = (field.cell or field.label).partition(SPLIT)
    return (heading, label) if split else ("", heading)


def _listed(label: str, need: str) -> str:
    return f"{label}；" if need == "required" else f"{label}（若无可不提供）；"


def _pledge(rulebook: Rulebook) -> dict[str, object]:
    declaration = rulebook.declaration
    return {
        "kind": "pledge",
        "label": declaration.title,
        "text": declaration.text,
        "places": [
            {"label": "法人代表（签字）", "key": "sign:legal"},
            {"label": "申报单位（公章）", "key": "seal:pledge"},
        ],
        "date": BLANK_DATE,
    }
