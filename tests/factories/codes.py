"""Codes as they stood on books before pages told of themselves: such books are still brought in."""


def payload(number: str, version: int, page: int | str) -> str:
    """Application, version of the book, page."""
    return f"XY1|{number}|{version}|{page}"
