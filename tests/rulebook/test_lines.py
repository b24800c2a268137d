"""On which line a key stands."""

from xingyun.rulebook.lines import key_lines

TEXT = '''# a comment
title = "one"

[programme]
key = "x" # [not] a = header
long = """
fake = 1
[fake]
"""
"quoted key" = 2

[[levels]]
rank = 1
list = [
  "a = b",
  { c = 1 },
]

[[levels]]
rank = 2

[[levels.parts]]
key = "p"

[levels.more]
a.b = 1
'''


def test_every_key_has_its_line() -> None:
    lines = key_lines(TEXT)
    assert lines["title",] == 2
    assert lines["programme",] == 4
    assert lines["programme", "key"] == 5
    assert lines["programme", "quoted key"] == 10
    assert lines["levels", 0] == 12
    assert lines["levels", 0, "rank"] == 13
    assert lines["levels", 1, "rank"] == 20
    assert lines["levels", 1, "parts", 0, "key"] == 23
    assert lines["levels", 1, "more", "a", "b"] == 26


def test_insides_of_long_texts_and_lists_are_no_keys() -> None:
    lines = key_lines(TEXT)
    assert ("programme", "fake") not in lines
    assert ("fake",) not in lines
    assert ("levels", 0, "c") not in lines
    assert not any("not" in path for path in lines)


def test_long_literal_texts_end_where_they_end() -> None:
    lines = key_lines("a = '''\nx = 1\n''' # done\nb = 2\n")
    assert lines == {("a",): 1, ("b",): 4}


def test_an_escaped_quote_does_not_end_a_long_text() -> None:
    assert key_lines('a = """\\"""\nx = 1\n"""\nb = 2')["b",] == 4
