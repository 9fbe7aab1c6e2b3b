"""Refusals of Telegram that mean: this person cannot be written to until they write again."""

from aiogram.exceptions import TelegramAPIError

PERMANENT = {
    "bot was blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "bot can't initiate conversation with a user": "never-wrote",
    "chat not found": "chat-not-found",
    "chat_id is empty": "chat-not-found",
    "bots can't send messages to bots": "bot",
    "bot was kicked": "blocked",
}
"""Telegram's words → our code for the reason."""


PERSONAL = {"voice_messages_forbidden": "voice-forbidden"}
"""Refusals that say something about the person's settings, and nothing about the message."""


def why_not_them(refusal: TelegramAPIError) -> str | None:
    """The code of what this person does not take, while they can be written to otherwise."""
    words = refusal.message.lower()
    return next((code for known, code in PERSONAL.items() if known in words), None)


def why_unreachable(refusal: TelegramAPIError) -> str | None:
    """The reason as a code; None if the refusal means something else."""
    words = refusal.message.lower()
    return next((code for known, code in PERMANENT.items() if known in words), None)
