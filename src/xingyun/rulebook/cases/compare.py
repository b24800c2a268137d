"""What differs between what a case expects and what came out."""

from collections.abc import Iterator

from xingyun.rulebook.text import Text

# What differs, and the way through the rules.
Outcome = tuple[list[Text], list[Text]]

DIFFERS = Text("{what}：应为 {e}，得到 {f}", "{what}: expected {e}, found {f}")
TOO_MANY = Text("{what}：多出 {k}", "{what}: unexpected {k}")
TOO_FEW = Text("{what}：少了 {k}", "{what}: expected {k} as well")
PLAIN = {
    True: Text("是", "yes"),
    False: Text("否", "no"),
    None: Text("（没有）", "none"),
}


def differs(what: Text, expected: object, found: object) -> Iterator[Text]:
    """A sentence where they differ; nothing where they are alike. Sets say what is too many and too few."""
    if isinstance(expected, set | frozenset) and isinstance(found, set | frozenset):
        for said, keys in ((TOO_MANY, found - expected), (TOO_FEW, expected - found)):
            if keys:
                yield said.fill(what=what, k=_shown(sorted(map(str, keys))))
    elif expected != found:
        yield DIFFERS.fill(what=what, e=_shown(expected), f=_shown(found))


def _shown(value: object) -> Text:
    if value is None or isinstance(value, bool):
        return PLAIN[value]
    if isinstance(value, tuple | list):
        zh, en = "、".join(map(str, value)), ", ".join(map(str, value))
        return Text(zh, en) if value else PLAIN[None]
    return Text(str(value), str(value))
