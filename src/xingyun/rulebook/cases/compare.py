"""What differs between what a case expects and what came out."""

from collections.abc import Iterator

from xingyun.rulebook.text import Text

# What differs, and the way through the rules.
Outcome = tuple[list[Text], list[Text]]


def differs(what: Text, expected: object, found: object) -> Iterator[Text]:
    """A sentence where they differ; nothing where they are alike."""
    if expected != found:
        said = Text("{what}：应为 {e}，得到 {f}", "{what}: expected {e}, found {f}")
        yield said.fill(what=what, e=_shown(expected), f=_shown(found))


def _shown(value: object) -> str:
    if isinstance(value, set | frozenset | tuple | list):
        return (
            "、".join(sorted(map(str, value)))
            if isinstance(value, set | frozenset)
            else "、".join(map(str, value))
        )
    return str(value)
