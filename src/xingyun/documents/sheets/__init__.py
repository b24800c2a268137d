"""Tables that people hand in (xlsx, xls, ods, CSV), read in a child with bounded memory and time."""

from xingyun.documents.sheets.bounded import Line, Sheet, SheetError, reading
from xingyun.documents.sheets.limits import MOST_ROWS

__all__ = ["MOST_ROWS", "Line", "Sheet", "SheetError", "reading"]
