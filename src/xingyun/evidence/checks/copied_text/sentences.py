"""Which sentences of two texts are the same, or nearly."""

import re
from difflib import SequenceMatcher

from xingyun.evidence.checks.copied_text.minhash import bare

SHORTEST, NEARLY, MOST = 8, 0.8, 12
LONGEST = 300  # signs of a sentence that are laid side by side
_ENDS = re.compile(r"(?<=[。！？；!?;\n])")


def sentences(text: str) -> list[str]:
    """A text taken apart, blanks around its sentences left out."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def copied(mine: str, theirs: str) -> list[tuple[str, str]]:
    """Pairs of sentences that are nearly the same, in the order of the first text."""
    others = [(bare(one)[:LONGEST], one) for one in sentences(theirs)]
    known = dict(others)
    found = []
    for one in sentences(mine):
        signs = bare(one)[:LONGEST]
        if len(signs) < SHORTEST:
            continue
        if signs in known:
            found.append((one, known[signs]))
        else:
            near = next((other for other_signs, other in others if _near(signs, other_signs)), None)
            if near is not None:
                found.append((one, near))
        if len(found) == MOST:
            break
    return found


def _near(one: str, other: str) -> bool:
    if not other or max(len(one), len(other)) > 2 * min(len(one), len(other)):
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.quick_ratio() >= NEARLY and match.ratio() >= NEARLY
