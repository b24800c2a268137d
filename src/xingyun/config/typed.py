"""Settings as an operator types them, told apart: a number, a switch, an address, a database."""

import difflib
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

PREFIX = "XINGYUN_"
DATABASES = frozenset({"postgres", "postgresql", "pgsql", "sqlite"})


class SettingError(ValueError):
    """A setting can't be used; the message names it and says what it should be."""


def number(environ: Mapping[str, str], name: str, usual: int, *, least: int = 1) -> int:
    """A whole number of at least `least`; `usual` where it is not set. Raises SettingError."""
    text = environ.get(name, "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise SettingError(f"{name} 应是不小于 {least} 的整数，现在是“{text}”。")
    return int(text)


def flag(environ: Mapping[str, str], name: str) -> bool:
    """A switch: `1`, `true`, `yes` and `on` turn it on."""
    return environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def address(text: str, name: str) -> str:
    """Where a server listens, `host:port`. Raises SettingError: a port alone would mean every network."""
    host, _colon, port = text.strip().rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise SettingError(f"{name} 应是“地址:端口”，例如 127.0.0.1:8000，现在是“{text}”。")
    return text.strip()


def database_url(environ: Mapping[str, str], name: str) -> str:
    """Where the database is. Raises SettingError for any but the two kinds that are tested."""
    text = environ.get(name, "").strip()
    # The address holds a password: it is not repeated.
    if text and urlsplit(text).scheme not in DATABASES:
        raise SettingError(f"{name} 应以 postgres:// 或 sqlite:/// 开头。")
    return text


def unknown(environ: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each variable that looks like a setting and is none: it would be ignored silently."""
    names, said = set(known), []
    for name in sorted(n for n in environ if n.startswith(PREFIX) and n not in names):
        meant = difflib.get_close_matches(name, sorted(names), n=1)
        hint = f"，是不是 {meant[0]}？" if meant else "。"
        said.append(f"没有 {name} 这个设置，不起作用{hint}")
    return said
