"""The consent to the screening: an act of its own, with its own version (see bot/consent.py)."""

from typing import Final

from bot import consent

CURRENT: Final = "screening-1"
"""The version asked for now, before every screening."""


def text() -> str:
    """The whole text as HTML for a chat."""
    return consent.text(CURRENT)
