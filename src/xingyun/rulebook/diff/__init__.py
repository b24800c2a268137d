"""What an edition changes against another, in words and by kind: `diff(old, new)`."""

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.diff.change import KIND_NAMES, KINDS, Change, ChangeKind
from xingyun.rulebook.diff.compare import differences
from xingyun.rulebook.diff.kinds import kind_of
from xingyun.rulebook.diff.words import Speaker

__all__ = ["KINDS", "KIND_NAMES", "Change", "ChangeKind", "diff"]


def diff(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """Every difference in what two editions say, in the order of the tables. Equal editions have none.

    Entries are matched by their keys, so an entry that moved is the same entry; a default written out is no
    difference. Nothing is read but the two editions.
    """
    speaker = Speaker(old, new)
    return tuple(
        Change(
            kind=kind_of(one),
            what=one.what,
            path=one.path,
            old=speaker.plain(one, one.old, old),
            new=speaker.plain(one, one.new, new),
            clauses=one.clauses,
            words=speaker.say(one),
        )
        for one in differences(old, new)
    )
