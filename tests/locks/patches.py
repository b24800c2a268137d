"""Unified diffs, applied without git: the text before a hunk must stand in the file, once."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LOCK = "select_for_update"


class PatchError(ValueError):
    """A patch does not fit the tree any more."""


@dataclass(frozen=True)
class Hunk:
    """The lines before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Patch:
    """What is changed in one file (a path below the tree's root)."""

    name: str
    path: str
    hunks: tuple[Hunk, ...]

    def place(self, root: Path) -> int:
        """The line (from 1) of the file at which the lock stands that this takes away."""
        lines = (root / self.path).read_text().splitlines()
        found = []
        for hunk in self.hunks:
            start = _find(lines, hunk, self)
            gone = [n for n, line in enumerate(hunk.before) if LOCK in line]
            found += [start + n + 1 for n in gone]
        if len(found) != 1:
            raise PatchError(f"{self.name}: takes away {len(found)} locks, not one")
        return found[0]

    def apply(self, root: Path) -> None:
        """Change the file."""
        lines = (root / self.path).read_text().splitlines()
        for hunk in self.hunks:
            start = _find(lines, hunk, self)
            lines[start : start + len(hunk.before)] = hunk.after
        (root / self.path).write_text("\n".join(lines) + "\n")


def shipped() -> dict[str, Patch]:
    """The patches beside this file, by name."""
    return {path.stem: read(path) for path in sorted(HERE.glob("*.patch"))}


def read(path: Path) -> Patch:
    """A patch of one file."""
    target, hunks, before, after = "", [], [], []
    for line in path.read_text().splitlines():
        if line.startswith("+++ "):
            target = line.removeprefix("+++ ").removeprefix("b/")
        elif line.startswith("@@"):
            if before:
                hunks.append(Hunk(tuple(before), tuple(after)))
            before, after = [], []
        elif line.startswith("--- ") and not target:
            continue
        else:
            kind, text = line[:1], line[1:]
            before += [text] if kind in ("-", " ", "") else []
            after += [text] if kind in ("+", " ", "") else []
    hunks.append(Hunk(tuple(before), tuple(after)))
    return Patch(path.stem, target, tuple(hunks))


def _find(lines: list[str], hunk: Hunk, patch: Patch) -> int:
    size = len(hunk.before)
    found = [n for n in range(len(lines) - size + 1) if tuple(lines[n : n + size]) == hunk.before]
    if len(found) != 1:
        raise PatchError(f"{patch.name}: fits {patch.path} at {len(found)} places, not at one")
    return found[0]
