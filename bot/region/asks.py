"""What the form of the region's workbook shows; apart from its buttons, which need aiogram.

The process that makes a workbook loads the words of this form with all others, and aiogram alone
would take longer to load than everything else together.
"""

from enum import StrEnum


class Ask(StrEnum):
    """What is shown of the form."""

    CARD = "card"
    PERIOD = "when"
    PLACE = "who"
    COMMUNITY = "comm"
    MAKE = "make"
