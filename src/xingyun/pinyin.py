"""How Chinese is said, by pypinyin, which is loaded when somebody first asks.

Its dictionaries take 55 MB and a quarter of a second in every process that imports them; most processes never
register an enterprise or look for an industry by its sound.
"""


def syllables(text: str) -> list[str]:
    """Without tones, by whole words where a sign is said in several ways: 重庆 → chong, qing."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)
