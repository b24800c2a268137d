"""Where the fonts are, which of them plays which part, and which characters none of them has."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

import typst
from fontTools.ttLib import TTFont

# An office's own licensed fonts come first; the free ones stand in for them.
SONG = ("SimSun", "NSimSun", "Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC")
ROLES: Mapping[str, tuple[str, ...]] = {
    "song": SONG,
    "fang": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", *SONG),
    "kai": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", "LXGW WenKai", *SONG),
    "hei": ("SimHei", "黑体", "Noto Sans SC", "Noto Sans CJK SC", *SONG),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", *SONG),
}
PACKAGE_FONTS = "node_modules/@expo-google-fonts/noto-serif-sc"
KNOWN_PLACES: tuple[Path, ...] = (
    Path(__file__).parents[3] / PACKAGE_FONTS,
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/google-noto-serif-cjk-vf-fonts"),
    Path("/usr/share/fonts/noto-cjk"),
)
SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})


class NoFontsError(Exception):
    """No font with simplified Chinese serif characters was found."""


@dataclass(frozen=True)
class FontSet:
    """The fonts of one list of folders, loaded once a process; `roles` maps a part to family names.

    `digest` follows from names, sizes and times of the files: other fonts, other digest.
    """

    loaded: Any
    roles: Mapping[str, tuple[str, ...]]
    digest: str


def find_fonts(folder: Path | None = None, places: Iterable[Path] = KNOWN_PLACES) -> tuple[Path, ...]:
    """Folders that hold fonts, the setting's `folder` first. Raises NoFontsError without a Song face."""
    wanted = ([folder] if folder else []) + list(places)
    found = tuple(place for place in wanted if _has_fonts(place))
    load_fonts(found)
    return found


def load_fonts(folders: Sequence[Path]) -> FontSet:
    """Load the faces of `folders` (cached); raises NoFontsError when they cannot set a Chinese paper."""
    return _load(tuple(folders))


def texts_in(value: object) -> Iterator[str]:
    """Every text in data of any depth, as a paper is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)


def missing_glyphs(text: str, fonts: Sequence[Path]) -> tuple[str, ...]:
    """Characters of `text` that no font can show, each once, in order of appearance."""
    known = _characters(tuple(fonts))
    return tuple(dict.fromkeys(c for c in text if not _invisible(c) and ord(c) not in known))


def _invisible(character: str) -> bool:
    """Blanks, line ends and joiners need no glyph; private-use characters do."""
    return character.isspace() or category(character) in {"Cc", "Cf"}


def _has_fonts(place: Path) -> bool:
    return place.is_dir() and any(file.suffix.lower() in SUFFIXES for file in place.rglob("*"))


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...]) -> FontSet:
    loaded = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    have = set(loaded.families())
    roles = {role: tuple(name for name in names if name in have) for role, names in ROLES.items()}
    if not roles["song"]:
        looked = "、".join(str(folder) for folder in folders) or "（没有可用的文件夹）"
        raise NoFontsError(
            f"没有找到宋体类中文字体，无法生成文书。已查找：{looked}。"
            "请安装系统软件包 fonts-noto-cjk，或把字体放进设置的字体文件夹。"
            " No Chinese serif font was found: install fonts-noto-cjk or set the fonts folder."
        )
    return FontSet(loaded, roles, _digest(loaded))


def _digest(loaded: Any) -> str:
    found = hashlib.sha256()
    for path in sorted({str(face.path) for face in loaded.fonts()}):
        seen = Path(path).stat()
        found.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return found.hexdigest()


@lru_cache(maxsize=8)
def _characters(folders: tuple[Path, ...]) -> frozenset[int]:
    """Code points of every face that a template may fall back to."""
    font_set = load_fonts(folders)
    families = {name for names in font_set.roles.values() for name in names}
    faces = {(face.path, face.index) for face in font_set.loaded.fonts() if face.family in families}
    points: set[int] = set()
    for path, index in sorted(faces):
        with TTFont(path, fontNumber=index, lazy=True) as font:
            # Names of glyphs are of no use here, and reading them takes longer than all the rest.
            font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
            points.update(font.getBestCmap() or {})
    return frozenset(points)
