"""The only writers of files and uploads."""

from xingyun.files.actions.keeping import (
    KEEP_UPLOADS,
    UploadError,
    abandon,
    advance,
    begin,
    discard,
    finish,
    purge,
    receive,
    store,
)
from xingyun.files.actions.scanning import InfectedError, ask_again, scan, scan_kept

__all__ = [
    "KEEP_UPLOADS",
    "InfectedError",
    "UploadError",
    "abandon",
    "advance",
    "ask_again",
    "begin",
    "discard",
    "finish",
    "purge",
    "receive",
    "scan",
    "scan_kept",
    "store",
]
