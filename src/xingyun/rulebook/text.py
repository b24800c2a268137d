"""Words in the two languages that every shown sentence has."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str = "zh") -> str:
        """The sentence in `lang`; every language but English is answered in Chinese."""
        return self.en if lang.startswith("en") else self.zh

    def fill(self, **values: object) -> "Text":
        """The sentence with its `{names}` replaced; a `Text` value is put in by language."""
        zh = {k: v.zh if isinstance(v, Text) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


EMPTY = Text("", "")


def join(texts: "list[Text] | tuple[Text, ...]", zh: str = "、", en: str = ", ") -> Text:
    """Several words as one list."""
    return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))
