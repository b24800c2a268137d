"""A rulebook in use: the tables, looked up by key, with what follows from them."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from xingyun.rulebook import calendar
from xingyun.rulebook.form import Form
from xingyun.rulebook.schema.checklist import Category, Domain
from xingyun.rulebook.schema.conditions import AllOf, AnyOf, Excluded, OutsideCheck
from xingyun.rulebook.schema.document import Document
from xingyun.rulebook.schema.form import FormTable
from xingyun.rulebook.schema.levels import ActKind, Deployment, Level, Quota
from xingyun.rulebook.schema.materials import Material, Slot
from xingyun.rulebook.schema.points import ConditionPoints
from xingyun.rulebook.schema.procedure import Batch, Deadline, Procedure, Report, Window
from xingyun.rulebook.schema.programme import Authority, Clause, Tier
from xingyun.rulebook.schema.shared import Named, Option
from xingyun.rulebook.text import Text

N = TypeVar("N", bound=Named)


class Act(NamedTuple):
    """One decision on the way to a level: who (a tier), what, which level, out of which quota (its key)."""

    tier: str
    kind: ActKind
    level: str
    quota: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook(Document):
    """One edition. `source` are its files by name, `digest` the SHA-256 of what they say (hex)."""

    form: Form
    source: Mapping[str, str] = dataclasses.field(repr=False)
    digest: str

    @property
    def key(self) -> str:
        """The key of the programme."""
        return self.programme.key

    @property
    def year(self) -> int:
        """The year that the notice is for."""
        return self.programme.year

    @property
    def title(self) -> str:
        """The notice's title."""
        return self.programme.title

    @property
    def title_en(self) -> str:
        """The notice's title in English."""
        return self.programme.title_en

    @property
    def document_number(self) -> str:
        """The notice's number."""
        return self.programme.document_number

    @property
    def issued_on(self) -> date:
        """The day of the notice."""
        return self.programme.issued_on

    @property
    def categories(self) -> tuple[Category, ...]:
        """The checklist's categories; empty where there is no checklist."""
        return self.checklist.categories if self.checklist else ()

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The checklist's domains in order; empty where there is no checklist."""
        return self.checklist.domains if self.checklist else ()

    def branch_name(self, key: str) -> Text:
        """The name of a category, subcategory or domain of the checklist; KeyError when there is none."""
        inner = (s for c in self.categories for s in c.subcategories)
        return by_key((*self.categories, *inner, *self.domains), key).name

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every place to upload to, in the order of the materials."""
        return tuple(slot for m in self.materials for slot in m.slots)

    @property
    def outside_checks(self) -> tuple[OutsideCheck, ...]:
        """What officers look up in lists kept elsewhere."""
        return tuple(c for c in self.conditions if isinstance(c, OutsideCheck))

    @property
    def looked_up(self) -> tuple[OutsideCheck | Excluded, ...]:
        """Every condition that officers look up elsewhere."""
        return tuple(c for c in self.conditions if isinstance(c, OutsideCheck | Excluded))

    def looked_up_in(self, check: OutsideCheck | Excluded) -> Text:
        """Where a condition is looked up: its own source, that of the list it names, or its name."""
        if check.source is not None and check.source_en is not None:
            return Text(check.source, check.source_en)
        if isinstance(check, OutsideCheck) and check.list is not None:
            return by_key(self.lists, check.list).origin
        return check.name

    @property
    def parts(self) -> frozenset[str]:
        """Conditions that another rule asks for, and that are not asked by themselves."""
        items = self.points.items if self.points else ()
        return frozenset(
            (
                *(item.condition for item in items if isinstance(item, ConditionPoints)),
                *(key for c in self.conditions if isinstance(c, AnyOf | AllOf) for key in c.conditions),
                *(key for track in self.fast_tracks for key in track.any_of),
                *(key for level in self.levels for key in level.direct_if),
                *(key for t in (self.points.levels if self.points else ()) for key in t.conditions),
            )
        )

    def clause(self, ref: str) -> Clause:
        """The clause of that number; KeyError when there is none."""
        return {c.ref: c for c in self.clauses}[ref]

    def level(self, key: str) -> Level:
        """The level of that key; KeyError when there is none."""
        return by_key(self.levels, key)

    @property
    def keeps_ledger(self) -> bool:
        """Whether contracts and invoices are asked for: by a condition, a material or the points."""
        kinds = {condition.kind for condition in self.conditions}
        items = self.points.items if self.points else ()
        return (
            not kinds.isdisjoint(("spend", "continuous_use"))
            or any(m.when is not None and m.when.contracts is not None for m in self.materials)
            or any(getattr(item, "of", "") == "spend" for item in items)
        )

    def level_asked(self, answer: object) -> str:
        """The level applied for by the answer to the form's field of role level; the only one is never asked.

        Empty while nothing is chosen.
        """
        if self.form.by_role("level") is None and len(self.levels) == 1:
            return self.levels[0].key
        return str(answer or "")

    def tier(self, key: str) -> Tier:
        """The tier of that key; KeyError when there is none."""
        return by_key(self.tiers, key)

    def tier_number(self, key: str) -> int:
        """The tier's place from the bottom, from 0."""
        return [t.key for t in self.tiers].index(key)

    def authority(self, key: str) -> Authority:
        """The authority of that key; KeyError when there is none."""
        return by_key(self.authorities, key)

    def chain(self, key: str) -> tuple[Authority, ...]:
        """The authority and those above it, from the bottom up."""
        found = self.authority(key)
        return (found, *(self.chain(found.parent) if found.parent else ()))

    def deployment(self, key: str) -> Deployment:
        """The deployment model of that key; KeyError when there is none."""
        return by_key(self.deployments, key)

    def material(self, key: str) -> Material:
        """The material of that key, or the one whose part has it; KeyError when there is none."""
        return by_key(self.materials, {s.key: s.material for s in self.slots}.get(key, key))

    @property
    def confirming(self) -> Material | None:
        """The material for which a provider may be asked to confirm a contract online, if there is one."""
        return next((m for m in self.materials if m.confirmed_online), None)

    def deadline(self, key: str) -> Deadline:
        """The deadline of that key; KeyError when there is none."""
        return by_key(self.deadlines, key)

    def closes(self, deadline: str) -> datetime:
        """The moment from which that deadline is missed."""
        due = self.deadline(deadline)
        return calendar.last_moment(due.on, self.programme.timezone, inclusive=due.inclusive)

    def notice_ends(self, start: date) -> date:
        """The last day of a public notice that begins on `start`."""
        rule = self.notice
        if rule.working_days:
            return calendar.add_working_days(start, rule.days, first_day_counted=rule.first_day_counted)
        return start + timedelta(days=rule.days - rule.first_day_counted)

    def fixed_window(self, key: str) -> tuple[datetime, datetime] | None:
        """From when until when (exclusive) that window is open, or None where a tier sets its own dates."""
        found, tz = self.window(key), self.programme.timezone
        if found.opens is None or found.closes is None:
            return None
        return calendar.first_moment(found.opens, tz), calendar.last_moment(found.closes, tz)

    def window(self, key: str) -> Window:
        """The window of that key; KeyError when there is none."""
        return by_key(self.windows, key)

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The batches of the window that has them, in order."""
        return next((w.batches for w in self.windows if w.batches), ())

    def batch(self, day: date) -> Batch | None:
        """The batch that an application of that day falls into; None without batches and outside them."""
        found = next((batch for batch in self.batches if day <= batch.closes), None)
        return None if found is None or (found.opens and day < found.opens) else found

    def batch_dates(self, window: str, day: date) -> tuple[datetime | None, datetime] | None:
        """From when (None: at once) until when the batch of that window takes what comes, on `day` or next.

        None where its batches have no pause between them, or all have ended.
        """
        found, tz = self.window(window), self.programme.timezone
        if not any(batch.opens for batch in found.batches):
            return None
        batch = next((b for b in found.batches if day <= b.closes), None)
        if batch is None:
            return None
        opens = calendar.first_moment(batch.opens, tz) if batch.opens else None
        return opens, calendar.last_moment(batch.closes, tz)

    def quota(self, key: str) -> Quota:
        """The quota of that key; KeyError when there is none."""
        return by_key(self.quotas, key)

    def quota_for(self, level: str, act: ActKind, tier: str | None = None) -> Quota | None:
        """The quota out of which an act on that level takes its place, or None where nothing limits it."""
        fitting = (q for q in self.quotas if level in q.levels and q.act == act and tier in (None, q.tier))
        return next(fitting, None)

    def procedure(self, tier: str) -> Procedure | None:
        """How that tier reaches decisions, or None where nothing is laid down."""
        return next((p for p in self.procedures if p.tier == tier), None)

    def report_from(self, tier: str) -> Report | None:
        """The report that the tier owes the next one, or None."""
        return next((r for r in self.reports if r.from_ == tier), None)

    def ladder(
        self, level: str, held: Collection[str] = (), direct: Collection[str] = ()
    ) -> tuple[Level, ...]:
        """The levels to be won in this round for `level`, lowest first, given the titles `held`.

        A level needed before counts among them where one won in the same round does. Levels in `direct`
        are entered without the one below.
        """
        wanted = self.level(level)
        if level in direct or wanted.requires is None or not wanted.same_round_counts:
            return (wanted,)
        if self.holds(wanted.requires, held):
            return (wanted,)
        return (*self.ladder(wanted.requires, held, direct), wanted)

    def holds(self, level: str, held: Iterable[str]) -> bool:
        """Whether one of the titles `held` is of that level or a higher one."""
        known = {lv.key: lv.rank for lv in self.levels}
        return any(known.get(h, -1) >= known[level] for h in held)

    def path(
        self,
        level: str,
        held: Collection[str] = (),
        authority: str | None = None,
        direct: Collection[str] = (),
    ) -> tuple[Act, ...]:
        """The acts that an application for `level` goes through, from the bottom tier up.

        With `authority`, tiers that do not stand above it are left out: a county under the province's own
        hand has no prefecture to recommend it.
        """
        acts = [act for lv in self.ladder(level, held, direct) for act in self._acts(lv)]
        if authority is not None:
            tiers = {a.tier for a in self.chain(authority)}
            acts = [act for act in acts if act.tier in tiers]
        rank = {lv.key: lv.rank for lv in self.levels}
        return tuple(sorted(acts, key=lambda a: (self.tier_number(a.tier), rank[a.level])))

    def _acts(self, level: Level) -> Iterable[Act]:
        for tier in level.recommended_by:
            yield self._act(tier, "recommend", level)
        yield self._act(level.decided_by, "decide", level)

    def _act(self, tier: str, kind: ActKind, level: Level) -> Act:
        quota = self.quota_for(level.key, kind, tier)
        return Act(tier, kind, level.key, quota.key if quota else None)


def by_key(entries: Iterable[N], key: str) -> N:
    """The entry of that key; KeyError when there is none."""
    for entry in entries:
        if entry.key == key:
            return entry
    raise KeyError(key)


def from_document(document: Document, source: Mapping[str, str], digest: str) -> Rulebook:
    """A rulebook in use: levels in the order of their rank, choices of the form filled in."""
    tables = {f.name: getattr(document, f.name) for f in fields(Document)}
    tables["levels"] = tuple(sorted(document.levels, key=lambda lv: lv.rank))
    tables["materials"] = tuple(sorted(document.materials, key=lambda m: m.number))
    tables["form"] = _form(document)
    return Rulebook(**tables, source=dict(source), digest=digest)


def _form(document: Document) -> Form:
    levels = sorted(document.levels, key=lambda lv: lv.rank)
    lists: dict[str | None, tuple[Named, ...]] = {
        "levels": tuple(levels),
        "deployments": document.deployments,
        "authorities": document.authorities,
    }
    filled = tuple(
        dataclasses.replace(f, options=tuple(_option(n) for n in lists[f.options_from]))
        if f.options_from
        else f
        for f in document.form.fields
    )
    table = {f.name: getattr(document.form, f.name) for f in fields(FormTable)}
    return Form(**{**table, "fields": filled})


def _option(entry: Named) -> Option:
    return Option(
        key=entry.key,
        label=entry.label,
        label_en=entry.label_en,
        help=getattr(entry, "help", ""),
        help_en=getattr(entry, "help_en", ""),
    )
