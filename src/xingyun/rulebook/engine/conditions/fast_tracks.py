"""Fast tracks: which are open to this applicant, and what they stand in place of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.engine.conditions.kinds import look
from xingyun.rulebook.engine.conditions.parts import BEST, Part, Standing, at, first, standing
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.fast_tracks import FastTrack
from xingyun.rulebook.schema.points import Points
from xingyun.rulebook.schema.shared import Rule
from xingyun.rulebook.text import Text, join

POINTS = "points"

OPEN = Text("{name}：符合（{parts}）。", "{name}: open ({parts}).")
JUDGED = Text("{name}：由评审人员判断（{parts}）。", "{name}: the reviewers judge ({parts}).")
UNKNOWN = Text("{name}：由工作人员核对（{parts}）。", "{name}: checked by the officers ({parts}).")
CLOSED = Text("{name}：没有符合的（{parts}）。", "{name}: not open ({parts}).")
SPARED = Text("{rule}：{track}（{parts}），不再要求。", "{rule}: not asked, as {track} is open ({parts}).")
PENDING = Text(
    "{said} {track}成立的不再要求，由评审人员判断。",
    "{said} It is not asked where {track} is open; the reviewers judge.",
)


class Track(NamedTuple):
    """A fast track as it stands for this applicant."""

    rule: FastTrack
    standing: Standing
    parts: tuple[Part, ...]

    @property
    def names(self) -> Text:
        """The parts by which it stands so."""
        return join([p.rule.name for p in at(self.parts, self.standing)])


def tracks(case: Case) -> tuple[Track, ...]:
    """The fast tracks to the levels aimed at."""
    return tuple(_track(case, rule) for rule in case.book.fast_tracks if case.aims_at(rule.levels))


def _track(case: Case, rule: FastTrack) -> Track:
    parts = tuple(look(case, key) for key in rule.any_of)
    return Track(rule, first(parts, BEST), parts)


def judge(case: Case, found: Sequence[Track]) -> Iterator[Finding]:
    """For every fast track whether it is open; none is a duty, so none ever stands in the way."""
    said: dict[Standing, tuple[Kind, Text]] = {
        "met": ("ok", OPEN),
        "judge": ("judge", JUDGED),
        "unknown": ("hint", UNKNOWN),
    }
    for track in found:
        kind, words = said.get(track.standing, ("hint", CLOSED))
        shown = words.fill(name=track.rule.name, parts=track.names)
        where = at(track.parts, track.standing)[0].where
        facts = tuple(fact for p in at(track.parts, "met") for fact in p.facts)
        name = f"fast_track.{track.rule.key}"
        yield case.finding(name, kind, shown, track.rule.clause, where, facts=facts)


def applied(
    case: Case, found: Sequence[Track], rule: Rule, levels: Collection[str], said: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What a rule says once the fast tracks are known that stand in place of it.

    `levels` are those that it holds for (empty: all); a track for fewer of those aimed at does not help.
    Where a track is open the rule is not asked; where that is still to be judged, so is the rule.
    """
    if not found or standing(said) == "met":
        return said
    best = best_of(case, found, POINTS if isinstance(rule, Points) else rule.key, levels)
    if best is None or best.standing in ("missing", "not_met"):
        return said
    if best.standing == "met":
        return (_spared(case, rule, best, said), *(f for f in said if f.kind == "wrong"))
    return tuple(_pending(best, f) for f in said)


def best_of(case: Case, found: Sequence[Track], key: str, levels: Collection[str]) -> Track | None:
    """The track that stands best of those in place of the rule `key`, for these levels."""
    helping = (t for t in found if key in t.rule.instead_of and _covers(case, t.rule, levels))
    return min(helping, key=lambda t: BEST.index(t.standing), default=None)


def _covers(case: Case, track: FastTrack, levels: Collection[str]) -> bool:
    aimed = {lv.key for lv in case.ladder if not levels or lv.key in levels}
    return not track.levels or aimed <= set(track.levels)


def _spared(case: Case, rule: Rule, track: Track, said: tuple[Finding, ...]) -> Finding:
    name = said[0].rule if said else f"condition.{rule.key}"
    words = SPARED.fill(rule=rule.name, track=track.rule.name, parts=track.names)
    used = at(track.parts, "met")
    cited = dict.fromkeys((*rule.clause, *track.rule.clause, *(c for p in used for c in p.rule.clause)))
    facts = tuple(fact for p in used for fact in p.facts)
    return case.finding(name, "ok", words, cited, used[0].where, facts=facts)


def _pending(track: Track, finding: Finding) -> Finding:
    if finding.kind not in ("missing", "obstacle"):
        return finding
    words = PENDING.fill(said=finding.words, track=track.rule.name)
    return replace(finding, kind="judge", words=words, blocks=False)
