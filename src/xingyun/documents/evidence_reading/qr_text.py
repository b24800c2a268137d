"""What the QR code of a VAT invoice says.

Comma-separated: `01`, type, code, number, amount, yyyymmdd, check code, four signs. The amount is the sum
before tax on the older kinds and the sum with tax on the fully digital ones.
"""

import re
import unicodedata

from xingyun.documents.evidence_reading.amounts import fen
from xingyun.documents.evidence_reading.days import day_of
from xingyun.documents.evidence_reading.kinds import BY_CODE, is_digital
from xingyun.documents.evidence_reading.said import Origin, Record


def invoice_of(payload: str, page: int | None, where: str = "", box: tuple[int, ...] = ()) -> Record | None:
    """The fields of an invoice's QR code; None for every other code."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", payload[:500]).split(",")]
    if len(parts) < 6 or parts[0] != "01" or not re.fullmatch(r"\d{2}", parts[1]):
        return None
    _version, kind, code, number, amount, day = parts[:6]
    if not re.fullmatch(r"\d{8}|\d{20}", number) or not re.fullmatch(r"|\d{10}|\d{12}", code):
        return None
    origin, record = Origin("qr", page, where, box), Record()
    record.add("number", number, origin)
    record.add("code", code, origin)
    record.add("kind", BY_CODE.get(kind), origin)
    record.add("issued_on", day_of(day) if re.fullmatch(r"\d{8}", day) else None, origin)
    record.add("gross_fen" if is_digital(number) else "net_fen", fen(amount), origin)
    return record
