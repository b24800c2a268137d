"""Fonts are found where they are, their absence is said in words, unknown characters are named."""

from pathlib import Path

import pytest

from xingyun.documents.fonts import NoFontsError, find_fonts, load_fonts, missing_glyphs


def test_the_settings_folder_comes_first(fonts: tuple[Path, ...]) -> None:
    assert find_fonts(fonts[-1])[0] == fonts[-1]


def test_no_fonts_is_said_with_the_places_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NoFontsError, match="fonts-noto-cjk"):
        find_fonts(tmp_path, places=())


def test_a_folder_without_a_song_face_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    with pytest.raises(NoFontsError, match=str(tmp_path)):
        load_fonts((tmp_path,))


def test_rare_characters_have_glyphs(fonts: tuple[Path, ...]) -> None:
    assert missing_glyphs("堃喆犇㛃𠮷 ABC\n　“”—", fonts) == ()


def test_characters_without_a_glyph_are_named_once_in_order(fonts: tuple[Path, ...]) -> None:
    assert missing_glyphs("张\ue123三\U0001f600\ue123", fonts) == ("\ue123", "\U0001f600")
