"""The level aimed at: what must be held before it, which clouds it admits, whether places are left."""

from collections.abc import Iterator

from xingyun.rulebook import quotas
from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.parts import BEST, Part, at
from xingyun.rulebook.engine.entry import doors
from xingyun.rulebook.findings import Finding, Kind, Place
from xingyun.rulebook.schema.levels import Level
from xingyun.rulebook.text import EMPTY, Text, join

HELD = Text("已获评“{needed}”，可申报“{level}”。", "“{needed}” is held, which “{level}” asks for.")
TOGETHER = Text(
    "申报“{level}”的，本轮同时评定“{needed}”。", "With “{level}”, “{needed}” is decided in the same round."
)
NOT_HELD = Text("申报“{level}”须先获评“{needed}”。", "“{level}” asks for “{needed}” first.")
DENIED = Text(
    "本轮没有评上“{needed}”，不能推荐“{level}”。",
    "“{needed}” was denied in this round, so “{level}” can't follow.",
)
DIRECT = Text("“{level}”可以直接申报（{parts}）。", "“{level}” can be entered directly ({parts}).")
DOOR_OPEN = Text(
    "申报“{level}”须先获评“{needed}”；符合直接申报条件的除外（{parts}），由评审人员判断。",
    "“{level}” asks for “{needed}” first, unless it can be entered directly ({parts}); the reviewers judge.",
)
FIRST = Text("获评“{needed}”后可以申报。", "Apply once “{needed}” is held.")
FIRST_OR_DIRECT = Text(
    "获评“{needed}”后可以申报；直接申报的，{words}",
    "Apply once “{needed}” is held; to enter directly: {words}",
)
HIGHER = Text("可以申报更高的等级。", "You can apply for a higher level.")
HIGHEST = Text("已是最高等级，不必再申报。", "It is the highest level; there is nothing left to apply for.")
HAS_HIGHER = Text("已持有“{held}”，不低于“{level}”。", "“{held}” is held already, not below “{level}”.")
ADMITTED = Text("“{level}”的上云形式符合：{models}。", "“{level}” admits the form: {models}.")
NOT_ADMITTED = Text(
    "“{level}”要求{wanted}，填报的是{models}。", "“{level}” asks for {wanted}; the form says {models}."
)
REVIEWER = Text("由评审人员判断，不影响提交。", "The reviewer judges; you can submit.")
CHOOSE = Text(
    "请核对云服务部署模型，或改报别的级别。", "Please check the deployment model, or choose another level."
)
PLACES = Text("“{name}”{cap} 个（{sum}），已用 {used} 个。", "“{name}”: {cap} places ({sum}), {used} taken.")
UNLIMITED = Text("“{name}”：{sum}。", "“{name}”: {sum}.")
NO_QUOTA = Text(
    "“{name}”没有名额（{sum}）；符合条件的列为名额所限。",
    "“{name}”: no place at all ({sum}); who qualifies is listed as without a place.",
)
NO_PLACE = Text(
    "“{name}”{cap} 个（{sum}）已用完；符合条件的列为名额所限。",
    "“{name}”: all {cap} places ({sum}) are taken; who qualifies is listed as without a place.",
)


def judge(case: Case) -> Iterator[Finding]:
    """Nothing until a level is chosen: the form asks for it."""
    if case.level is None:
        return
    for level in case.ladder:
        yield from _needed(case, level)
        yield from _deployment(case, level)
    yield from _held_already(case, case.level)
    yield from _places(case, case.level)


def _where(case: Case, role: str) -> Place:
    field = case.book.form.by_role(role)
    return ("form", field.key) if field else ("form",)


def _needed(case: Case, level: Level) -> Iterator[Finding]:
    if level.requires is None:
        return
    clauses = (level.ladder_clause,) if level.ladder_clause else level.clause
    found, needed = list(doors(case, level)), case.book.level(level.requires)
    decided = case.facts.decided.get(needed.key)
    said, kind = _standing(case, level, decided)
    named = at(found, "judge", "unknown")
    if kind != "ok" and level.key in case.direct:
        said, kind, named = DIRECT, "ok", at(found, "met")
        clauses = tuple(dict.fromkeys((*clauses, *(c for p in named for c in p.rule.clause))))
    elif said == NOT_HELD and named:
        said, kind = DOOR_OPEN, "judge"
    words = said.fill(level=level.name, needed=needed.name, parts=join([p.rule.name for p in named]))
    remedy = _first(needed, found) if kind == "obstacle" else EMPTY
    stops = kind == "obstacle" and decided is None
    yield case.finding(f"ladder.{level.key}", kind, words, clauses, _where(case, "level"), remedy, stops)


def _standing(case: Case, level: Level, decided: bool | None) -> tuple[Text, Kind]:
    if case.book.holds(level.requires or "", case.facts.titles):
        return HELD, "ok"
    if not level.same_round_counts:
        return NOT_HELD, "obstacle"
    if decided is None:
        return TOGETHER, "hint"
    return (HELD, "ok") if decided else (DENIED, "obstacle")


def _first(needed: Level, found: list[Part]) -> Text:
    if not found:
        return FIRST.fill(needed=needed.name)
    nearest = min(found, key=lambda p: BEST.index(p.standing))
    return FIRST_OR_DIRECT.fill(needed=needed.name, words=nearest.words)


def _deployment(case: Case, level: Level) -> Iterator[Finding]:
    """Several clouds may be chosen: it is enough that one of them, or a part of one, is admitted."""
    if not level.deployments or not case.chosen:
        return
    admitted = not case.models.isdisjoint(level.deployments)
    kind = "ok" if admitted else level.other_deployments
    names = {d.key: d.name for d in case.book.deployments}
    words = (ADMITTED if admitted else NOT_ADMITTED).fill(
        level=level.name,
        wanted=join([names[key] for key in level.deployments]),
        models=join([name for key, name in names.items() if key in case.chosen]),
    )
    remedy = {"ok": EMPTY, "judge": REVIEWER, "obstacle": CHOOSE}[kind]
    # The clauses after the first say why another form is doubtful; one that is admitted needs the first.
    clauses = (level.deployment_clause or level.clause)[: 1 if admitted else None]
    where = _where(case, "deployments")
    yield case.finding(f"deployment.{level.key}", kind, words, clauses, where, remedy, kind == "obstacle")


def _held_already(case: Case, level: Level) -> Iterator[Finding]:
    held = [lv for lv in case.book.levels if lv.key in case.facts.titles and lv.rank >= level.rank]
    if not held:
        return
    words = HAS_HIGHER.fill(held=held[-1].name, level=level.name)
    stops = level.when_held == "obstacle"
    change = HIGHEST if case.book.levels[-1] in held else HIGHER
    remedy = change if stops else EMPTY
    where = _where(case, "level")
    yield case.finding(f"held.{level.key}", level.when_held, words, level.clause, where, remedy, stops)


def _places(case: Case, level: Level) -> Iterator[Finding]:
    """For every quota that the way takes a place of, where its roster is known."""
    for act in case.book.path(level.key, case.facts.titles, _authority(case), case.direct):
        taken = case.facts.places.get(act.quota or "")
        if act.quota is None or taken is None:
            continue
        quota = case.book.quota(act.quota)
        cap, total = quotas.places(quota, taken.base, _office(case, act.tier))
        words = _standing_of(cap, taken.used).fill(name=quota.name, cap=cap, sum=total, used=taken.used)
        yield case.finding(f"quota.{quota.key}", "hint", words, quota.clause, ("offices",))


def _office(case: Case, tier: str) -> str | None:
    """The key of the authority of that tier that the applicant belongs to."""
    chain = case.book.chain(_authority(case) or "") if _authority(case) else ()
    return next((authority.key for authority in chain if authority.tier == tier), None)


def _standing_of(cap: int | None, used: int) -> Text:
    if cap is None:
        return UNLIMITED
    return NO_QUOTA if cap == 0 else NO_PLACE if used >= cap else PLACES


def _authority(case: Case) -> str | None:
    known = {a.key for a in case.book.authorities}
    return case.facts.authority if case.facts.authority in known else None
