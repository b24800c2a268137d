"""A rulebook read back in plain words, rule by rule with its clause, so that its author can proof-read it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xingyun.rulebook import quotas
from xingyun.rulebook.book import Act, Rulebook
from xingyun.rulebook.explain_rest import rest
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.schema.materials import Confirmed, Material
from xingyun.rulebook.schema.shared import Rule
from xingyun.rulebook.text import Text, join
from xingyun.rulebook.wording import aftercare, form, points, procedure
from xingyun.rulebook.wording.circumstances import circumstances
from xingyun.rulebook.wording.conditions import computed, entry, replaced
from xingyun.rulebook.wording.particulars import in_one, particulars
from xingyun.rulebook.wording.values import Values


class Line(NamedTuple):
    """One rule in words: the part of the rulebook it stands in, its clauses, its name, what it says."""

    part: Text
    clauses: tuple[str, ...]
    name: Text
    words: Text

    def say(self, lang: str = "zh") -> str:
        """The line as text, the clauses in front."""
        cited = f"〔{'、'.join(self.clauses)}〕" if self.clauses else ""
        colon = ": " if lang.startswith("en") else "："
        return f"{cited}{self.name.say(lang)}" + (f"{colon}{self.words.say(lang)}" if self.words.zh else "")


PARTS = {
    "title": Text("题名", "Title page"),
    "tiers": Text("层级", "Tiers"),
    "conditions": Text("条件", "Conditions"),
    "levels": Text("等级", "Levels"),
    "quotas": Text("名额", "Places"),
    "points": Text("评分", "Points"),
    "materials": Text("材料", "Materials"),
    "form": Text("申请表", "Form"),
    "checklist": Text("清单", "Checklist"),
    "dates": Text("时间", "Dates"),
    "procedure": Text("程序", "Procedure"),
    "aftercare": Text("评定之后", "Afterwards"),
    "documents": Text("引用的文件", "Cited documents"),
    "open": Text("没有写明之处", "Left open, carried out so"),
}

ONLINE: dict[Confirmed, Text] = {
    "supports": Text(
        "可另请提供方在线确认，供审核参考，不代替盖章",
        "the provider may confirm it online besides; that supports the sealed paper and does not replace it",
    ),
    "replaces": Text(
        "提供方在线确认的，可代替盖章的说明", "what the provider confirms online may replace the sealed paper"
    ),
}


def lines(book: Rulebook) -> Iterator[Line]:
    """The whole rulebook in words."""
    yield from _title(book)
    yield from _conditions(book)
    for level in book.levels:
        yield from _level(book, level)
    yield from _quotas(book)
    yield from _points(book)
    for material in book.materials:
        yield Line(PARTS["materials"], _references(material), material.name, _material(book, material))
    for field in book.form.fields:
        yield Line(PARTS["form"], field.clause, field.name, form.field(field))
    yield from _checklist(book)
    yield from _rules(book, "dates", book.deadlines)
    for window in book.windows:
        left_out = ("batches",) if window.grace_minutes else ("batches", "grace_minutes")
        dates = [*particulars(Values(book), window, *left_out)]
        dates += [procedure.batches(window)] if window.batches else []
        yield Line(PARTS["dates"], window.clause, window.name, _sentences([window.words, *dates]))
    yield from _rules(book, "procedure", (*book.procedures, *book.reports, book.notice, *book.outcomes))
    for rule, words in (
        *((sample, procedure.sample(sample)) for sample in book.samples),
        *((panel, procedure.panel(panel)) for panel in book.panels),
        *((filing, procedure.filing(book, filing)) for filing in book.filings),
    ):
        yield Line(PARTS["procedure"], rule.clause, rule.name, _sentences([rule.words, words]))
    held = Text(book.titles.text, book.titles.text_en)
    lasting = _sentences([held, aftercare.titles(book, book.titles)])
    yield Line(PARTS["aftercare"], (book.titles.clause,), Text("称号", "Titles"), lasting)
    for paid in book.subsidies:
        sums = _sentences([paid.words, aftercare.subsidy(book, paid)])
        yield Line(PARTS["aftercare"], paid.clause, paid.name, sums)
    for sanction in book.sanctions:
        struck = _sentences([sanction.words, procedure.sanction(sanction)])
        yield Line(PARTS["aftercare"], sanction.clause, sanction.name, struck)
    for cited in book.documents:
        clauses = tuple(clause.ref for clause in book.clauses if clause.document == cited.key)
        yield Line(PARTS["documents"], clauses, cited.name, procedure.document(cited, book.issued_on))
    for told in rest(book):
        yield Line(told.part, told.clauses, told.name, told.words)
    for one in book.interpretations:
        words = Text(f"{one.text}（{one.reason}）", f"{one.text_en} ({one.reason_en})")
        yield Line(PARTS["open"], (one.clause,), Text(one.question, one.question_en), words)


def _rules(book: Rulebook, part: str, rules: Iterable[Rule]) -> Iterator[Line]:
    """Rules by their sentence and by what is written beside it."""
    values = Values(book)
    for rule in rules:
        said = particulars(values, rule)
        words = _sentences([rule.words, *([in_one(said)] if said else [])])
        yield Line(PARTS[part], rule.clause, rule.name, words)


def _conditions(book: Rulebook) -> Iterator[Line]:
    for listed in book.lists:
        kept = Text("{source}，由{tier}查", "{source}, looked up by {tier}").fill(
            source=listed.origin, tier=book.tier(listed.kept_by).name
        )
        yield Line(PARTS["conditions"], listed.clause, listed.name, _sentences([listed.words, kept]))
    for rule in book.conditions:
        words = _sentences([rule.words, *computed(book, rule)])
        yield Line(PARTS["conditions"], rule.clause, rule.name, words)
    for track in book.fast_tracks:
        words = _sentences([track.words, *replaced(book, track)])
        yield Line(PARTS["conditions"], track.clause, track.name, words)


def _title(book: Rulebook) -> Iterator[Line]:
    page = book.programme
    issued = Text(
        f"{page.document_number}，{page.issuer}，{page.issued_on}",
        f"{page.document_number}, {page.issuer_en}, {page.issued_on}",
    )
    yield Line(PARTS["title"], (), Text(page.title, page.title_en), issued)
    for tier in book.tiers:
        offices = join([f.name for f in tier.functions])
        yield Line(PARTS["tiers"], (), tier.name, offices)


def _level(book: Rulebook, level: Level) -> Iterator[Line]:
    words = _sentences([level.words, *entry(book, level)])
    yield Line(PARTS["levels"], level.clause, level.name, words)
    way = [_act(book, act) for act in book.path(level.key)]
    yield Line(PARTS["levels"], level.clause, Text("办理路径", "The way"), join(way, " → ", " → "))


def _act(book: Rulebook, act: Act) -> Text:
    said = Text("{tier}{act}{level}", "{tier} {act} {level}")
    return said.fill(tier=book.tier(act.tier).name, act=_ACTS[act.kind], level=book.level(act.level).name)


_ACTS = {"decide": Text("评定", "decides"), "recommend": Text("推荐", "recommends")}


def _quotas(book: Rulebook) -> Iterator[Line]:
    for quota in book.quotas:
        example = quotas.places(quota, 1134).words
        shown = Text(f"例：{example.zh}", f"Example: {example.en}")
        words = [quota.words, procedure.quota(book, quota), *([shown] if quota.percent else [])]
        yield Line(PARTS["quotas"], quota.clause, quota.name, _sentences(words))
    if book.ranking:
        ranking = Text(book.ranking.text, book.ranking.text_en)
        yield Line(PARTS["quotas"], (book.ranking.clause,), Text("排序", "Ranking"), ranking)


def _points(book: Rulebook) -> Iterator[Line]:
    if book.points is None:
        return
    yield Line(PARTS["points"], book.points.clause, book.points.name, book.points.words)
    if book.points.decides:
        decided = Text("等级由得分决定", "The points decide the level")
        yield Line(PARTS["points"], book.points.clause, book.points.name, decided)
    for group in book.points.groups:
        yield Line(PARTS["points"], book.points.clause, group.name, points.group(group))
    for item in book.points.items:
        when = [circumstances(book, item.when)] if item.when else []
        words = _sentences([item.words, *when, points.item(book, item)])
        yield Line(PARTS["points"], item.clause, item.name, words)
    for threshold in book.points.levels:
        words = points.threshold(book, threshold)
        yield Line(PARTS["points"], book.points.clause, book.level(threshold.level).name, words)


def _references(material: Material) -> tuple[str, ...]:
    annex = (f"{material.annex}第{material.annex_number}项",) if material.annex else ()
    return (*material.clause, *annex)


_NEEDS = {
    "required": Text("必交", "required"),
    "if_any": Text("有就交，没有选“无”", "if any, otherwise “none”"),
    "optional": Text("可不交", "optional"),
}


def _material(book: Rulebook, material: Material) -> Text:
    words = [_NEEDS[material.need], material.words]
    if material.when:
        words.insert(1, circumstances(book, material.when))
    if material.parts:
        words.append(join([p.name for p in material.parts]))
    if material.confirmed_online:
        words.append(ONLINE[material.confirmed_online])
    return _sentences(words)


def _sentences(words: list[Text]) -> Text:
    return Text("；".join(w.zh.rstrip("。") for w in words), "; ".join(w.en.rstrip(".") for w in words))


def _checklist(book: Rulebook) -> Iterator[Line]:
    if book.checklist is None:
        return
    for category in book.checklist.categories:
        for group in category.subcategories:
            name = join([category.name, group.name], "·", ": ")
            yield Line(
                PARTS["checklist"], (book.checklist.clause,), name, join([d.name for d in group.domains])
            )
