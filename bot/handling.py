"""One update to its handler, and what a failure on the way means (see bot/conveyor.py)."""

import logging

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import Update
from pydantic import ValidationError

from bot.conveyor import Verdict
from bot.texts import trouble
from storage import inbox

log = logging.getLogger(__name__)


class Handling:
    """Feeds rows of the inbox to aiogram's dispatcher."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher

    async def handle(self, row: inbox.Update) -> None:
        """See one update through; raises whatever went wrong."""
        await self._dispatcher.feed_update(self._bot, self._read(row))

    async def apologise(self, row: inbox.Update) -> None:
        """One kind sentence to whoever waits for an answer; a failure of this is only logged."""
        try:
            update = self._read(row)
            if update.callback_query is not None:
                await update.callback_query.answer(trouble.FAILED_SHORT, show_alert=True)
            elif update.message is not None:
                await update.message.answer(trouble.FAILED)
        except Exception as error:  # whatever it is, it must not stop the conveyor
            log.warning("update %d: no apology (%s)", row.update_id, type(error).__name__)

    def _read(self, row: inbox.Update) -> Update:
        return Update.model_validate_json(row.payload, context={"bot": self._bot})


def judge(error: Exception) -> Verdict:
    """What an exception of `Handling.handle` means."""
    if isinstance(error, ValidationError) and error.title == Update.__name__:
        return Verdict.MALFORMED
    if isinstance(error, TelegramForbiddenError):
        return Verdict.GONE
    if isinstance(error, TelegramNetworkError | TelegramServerError | RestartingTelegram):
        return Verdict.AGAIN
    return Verdict.FAULT
