"""Kinds of VAT invoices, as the QR code numbers them and as the title names them."""

import re

# The type in the QR code → kind. Whatever is not listed is left open.
BY_CODE = {
    "01": "paper_special",
    "04": "paper_ordinary",
    "08": "electronic_special",
    "10": "electronic_ordinary",
    "20": "electronic_special",
    "31": "digital_special",
    "32": "digital_ordinary",
}
# The longer titles first: the shorter ones are parts of them.
BY_TITLE = (
    (re.compile(r"电子发票\(增值税专用发票\)"), "digital_special"),
    (re.compile(r"电子发票\(普通发票\)"), "digital_ordinary"),
    (re.compile(r"增值税电子专用发票"), "electronic_special"),
    (re.compile(r"增值税电子普通发票"), "electronic_ordinary"),
    (re.compile(r"增值税专用发票"), "paper_special"),
    (re.compile(r"增值税普通发票"), "paper_ordinary"),
)
NAMES = {
    "paper_special": ("增值税专用发票", "paper special VAT invoice"),
    "paper_ordinary": ("增值税普通发票", "paper ordinary VAT invoice"),
    "electronic_special": ("增值税电子专用发票", "electronic special VAT invoice"),
    "electronic_ordinary": ("增值税电子普通发票", "electronic ordinary VAT invoice"),
    "digital_special": ("电子发票（增值税专用发票）", "fully digital special VAT invoice"),
    "digital_ordinary": ("电子发票（普通发票）", "fully digital ordinary VAT invoice"),
}


def by_title(text: str) -> str | None:
    """The kind that a narrowed text names as its title, or None."""
    return next((kind for pattern, kind in BY_TITLE if pattern.search(text)), None)


def is_digital(number: str) -> bool:
    """Fully digital invoices have a number of 20 digits and no code."""
    return len(number) == 20
