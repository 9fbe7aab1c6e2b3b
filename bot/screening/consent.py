"""The consent to the screening: its own act, with its own version (cf. bot.people.consent)."""

from typing import Final

from bot.people import consent

CURRENT: Final = "screening-2"
"""The version asked for now, before every screening."""


def text() -> str:
    """The whole text as HTML for a chat."""
    return consent.text(CURRENT)
