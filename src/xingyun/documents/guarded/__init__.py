"""Work on strangers' files in processes of their own, with bounded memory and time."""

from xingyun.documents.guarded.asking import EndedError, ask
from xingyun.documents.guarded.bounds import Bounds
from xingyun.documents.guarded.work import cleaned, drawn, inspected

__all__ = ["Bounds", "EndedError", "ask", "cleaned", "drawn", "inspected"]
