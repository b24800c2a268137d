"""Page numbers as written and read back."""

from hypothesis import given
from hypothesis import strategies as st

from xingyun.documents.booklet.numbers import read, written


def test_runs_and_single_pages() -> None:
    assert written([20, 13, 12, 14]) == "12–14、20"
    assert written([]) == ""
    assert written([7, 8]) == "7–8"


@given(st.sets(st.integers(1, 999)))
def test_what_is_written_is_read(pages: set[int]) -> None:
    assert read(written(pages)) == pages
