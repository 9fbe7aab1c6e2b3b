"""One update to its handler, and what a failure on the way means (see bot/updates/conveyor.py)."""

import logging
import re
from contextlib import suppress
from typing import Any

import orjson
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import Message, Update
from pydantic import ValidationError

from bot.delivery.unreachable import why_unreachable
from bot.operations.faults import fault_of
from bot.texts import trouble
from bot.updates.conveyor import Verdict
from bot.updates.receiving import KINDS
from storage import inbox

log = logging.getLogger(__name__)


BEYOND_NUMBERS = re.compile(r"\d{19}")
"""No button of ours holds a number that does not fit into 64 bits; SQLite could not take it."""


class MalformedError(Exception):
    """The row is no JSON."""


class Handling:
    """Feeds rows of the inbox to aiogram's dispatcher."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher

    async def handle(self, row: inbox.Update) -> None:
        """See one update through; raises whatever went wrong."""
        update = self._read(row)
        if any(getattr(update, kind) is not None for kind in KINDS):
            await self._dispatcher.feed_update(self._bot, update)
        # Anything else nobody asked for; aiogram would quote it in a warning.

    async def apologise(self, row: inbox.Update, cause: Exception) -> None:
        """One kind sentence to whoever waits, with the error's id; a failure of this is logged."""
        try:
            update = self._read(row)
            if update.callback_query is not None:
                await update.callback_query.answer(
                    trouble.failed_short(fault_of(cause).id), show_alert=True
                )
            elif update.message is not None:
                await update.message.answer(trouble.failed(fault_of(cause).id))
        except Exception as error:  # whatever it is, it must not stop the conveyor
            log.warning("update %d: no apology (%s)", row.update_id, type(error).__name__)

    def _read(self, row: inbox.Update) -> Update:
        try:
            raw = orjson.loads(row.payload)
        except ValueError as error:
            raise MalformedError from error
        press = raw.get("callback_query") if isinstance(raw, dict) else None
        if isinstance(press, dict):
            _lighten(press)
            self._read_message(press)
        return Update.model_validate(raw, context={"bot": self._bot})

    def _read_message(self, press: dict[str, Any]) -> None:
        """Parse the message of a press by itself.

        aiogram does not know whether it is accessible and parses it as both, which takes as long
        as all the rest. What is no such message stays as it is, for aiogram to judge.
        """
        message = press.get("message")
        if isinstance(message, dict) and message.get("date"):
            with suppress(ValidationError):
                press["message"] = Message.model_validate(message, context={"bot": self._bot})


def _lighten(press: dict[str, Any]) -> None:
    """Leave out of a press what nobody reads, and what could only be forged."""
    message = press.get("message")
    if isinstance(message, dict):
        # A button's handler never trusts the old screen; to parse it costs as much as the rest.
        for part in ("reply_markup", "entities", "from"):
            message.pop(part, None)
    data = press.get("data")
    if isinstance(data, str) and BEYOND_NUMBERS.search(data):
        press["data"] = ""


def judge(error: Exception) -> Verdict:
    """What an exception of `Handling.handle` means."""
    if isinstance(error, MalformedError):
        return Verdict.MALFORMED
    if isinstance(error, ValidationError) and error.title == Update.__name__:
        return Verdict.MALFORMED
    if isinstance(error, TelegramForbiddenError | TelegramBadRequest) and why_unreachable(error):
        return Verdict.GONE
    if isinstance(error, TelegramNetworkError | TelegramServerError | RestartingTelegram):
        return Verdict.AGAIN
    return Verdict.FAULT
