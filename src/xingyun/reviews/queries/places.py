"""What a place of an application ("form:phone", "material:licence") is called."""

from xingyun.rulebook import Rulebook, Text

WHOLE = {
    "form": Text("申请表", "Application form"),
    "materials": Text("证明材料", "Materials"),
    "domains": Text("附表", "Checklist"),
    "ledger": Text("合同与发票台账", "Contracts and invoices"),
    "booklet": Text("成册和盖章扫描件", "Booklet and stamped scan"),
}


def place_name(rulebook: Rulebook, place: str) -> Text | None:
    """The name of a place, None when the rulebook has no such place."""
    room, _colon, key = place.partition(":")
    if not key:
        return WHOLE.get(room)
    try:
        return _named(rulebook, room, key)
    except (KeyError, StopIteration):
        return None


def _named(rulebook: Rulebook, room: str, key: str) -> Text | None:
    if room == "form":
        return next(f.name for f in rulebook.form.fields if f.key == key)
    if room == "material":
        slots = {slot.key: slot.name for slot in rulebook.slots}
        return slots.get(key) or rulebook.material(key).name
    if room == "domain":
        return next(d.name for d in rulebook.domains if d.key == key)
    return None
