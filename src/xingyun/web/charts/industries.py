"""The sections of GB/T 4754-2017 in the language of the page; the list itself is in Chinese only."""

from xingyun.rulebook.industries import gbt4754
from xingyun.rulebook.text import Text
from xingyun.web.wording import tell

ENGLISH = {
    "A": "Agriculture, forestry, animal husbandry and fishery",
    "B": "Mining",
    "C": "Manufacturing",
    "D": "Electricity, heat, gas and water",
    "E": "Construction",
    "F": "Wholesale and retail",
    "G": "Transport, storage and post",
    "H": "Accommodation and catering",
    "I": "Information transmission, software and IT services",
    "J": "Finance",
    "K": "Real estate",
    "L": "Leasing and business services",
    "M": "Scientific research and technical services",
    "N": "Water conservancy, environment and public facilities",
    "O": "Residential, repair and other services",
    "P": "Education",
    "Q": "Health and social work",
    "R": "Culture, sports and entertainment",
    "S": "Public administration, social security and social organizations",
    "T": "International organizations",
}
NONE = Text("未填行业", "No industry given")


def section_name(letter: str) -> str:
    """`C 制造业`."""
    found = gbt4754().get(letter)
    return f"{letter} {tell(Text(found.name, ENGLISH[letter]))}" if found else tell(NONE)
