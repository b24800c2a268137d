"""Two invoices of every way in which they come: all is read, and nothing wrongly (the benchmark reads 240)."""

from pathlib import Path

from bench.forging.worn_invoices import FORMS, WAYS, read_all

Fonts = tuple[Path, ...]


def test_nothing_is_read_wrongly_and_all_is_read(fonts: Fonts, tmp_path: Path) -> None:
    tallies = read_all(tmp_path, fonts, 2)
    assert sum(tally.invoices for tally in tallies.values()) == 2 * len(WAYS)
    for form in FORMS:
        tally = tallies[form]
        assert tally.wrong == 0, form
        assert (tally.whole, tally.right) == (tally.invoices, tally.fields), form
