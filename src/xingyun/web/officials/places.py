"""The places of an application that can be opened for correction, as choices."""

from django.utils.translation import gettext as _

from xingyun.reviews import queries
from xingyun.rulebook import Rulebook
from xingyun.web.wording import tell

PLACES = ("ledger", "scan", "checklist")


def places(book: Rulebook) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place that can be opened for correction, by group."""
    whole = [(place, name) for place in PLACES if (name := queries.place_name(book, place))]
    return [
        (_("整体"), [(place, tell(name)) for place, name in whole]),
        (_("申请表"), [(f"form:{f.key}", tell(f.name)) for f in book.form.fields]),
        (_("材料"), [(f"material:{s.key}", tell(s.name)) for s in book.slots]),
        (_("附表各域"), [(f"domain:{d.key}", tell(d.name)) for d in book.domains]),
    ]
