"""How sums of the ledger are written."""


def yuan(fen: int) -> str:
    """Integer fen as yuan to two places: `214,000.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
