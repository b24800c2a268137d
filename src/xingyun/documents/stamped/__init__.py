"""Printed, stamped, scanned, matched: the pages of a scan told apart by their codes and put back in order.

`look_apart` looks at a scan in a process of its own, `match` says what was found and what is missing, and
`bind` makes one file of the pages that were put upright.
"""

from xingyun.documents.stamped.apart import look_apart
from xingyun.documents.stamped.binding import bind
from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Look, Place
from xingyun.documents.stamped.matching import Found, Kind, Match, Sheet, match

__all__ = ["Found", "Kind", "Look", "Match", "PageCode", "Place", "Sheet", "bind", "look_apart", "match"]
