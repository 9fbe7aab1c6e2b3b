"""What every call to Telegram goes through, whichever session carries it.

Turns are taken at the limiter (replies, notices, broadcasts); `retry_after` silences every lane
for exactly that long and the call is made again; 5xx and broken connections are repeated where a
repetition harms nobody. An answer to a person is repeated even if the first may have arrived: two
equal screens are better than none. A broadcast whose fate is unknown is not: see
bot/delivery/fates.py.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.limiter import HAS_TURN, LANE, Lane, Limiter
from storage.failpoints import failpoint

log = logging.getLogger(__name__)

DELAYS = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Before each repetition of a reply, in seconds; then the conveyor's own, longer ones begin."""

FREE = frozenset(
    {
        "answerCallbackQuery",
        "sendChatAction",
        "getFile",
        "getMe",
        "getChat",
        "setMyCommands",
        "deleteWebhook",
        "setWebhook",
        "getWebhookInfo",
        "deleteMessage",
    }
)
"""Methods that put no message into a chat and count towards no rate."""

NextCall = Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]]


class Outgoing(BaseRequestMiddleware):
    """The limiter and the repetitions, as aiogram's session calls them."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter
        self.calls = 0
        self.repeated = 0
        self.refused_for_speed = 0

    async def __call__(
        self,
        make_request: NextCall,
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType] | TelegramType:
        """Make the call when its turn has come; repeat it where that is safe."""
        failpoint("commit-before-reply")
        lane = LANE.get()
        delays = iter(DELAYS if lane is Lane.REPLY else ())
        while True:
            await self._turn(method, lane)
            self.calls += 1
            try:
                result: TelegramType = await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                # Refused means not done, so this is safe for every lane.
                self.refused_for_speed += 1
                self.limiter.pause(refusal.retry_after)
                log.warning("Telegram asks for silence, %d s", refusal.retry_after)
                if lane is not Lane.REPLY:
                    raise  # the outbox keeps it meanwhile; this task need not
                if method.__api_method__ in FREE:
                    await asyncio.sleep(refusal.retry_after)
            except (TelegramNetworkError, TelegramServerError, RestartingTelegram):
                delay = next(delays, None)
                if delay is None:
                    raise
                self.repeated += 1
                await asyncio.sleep(delay)
            else:
                return result

    async def _turn(self, method: TelegramMethod[Any], lane: Lane) -> None:
        if method.__api_method__ in FREE:
            return
        if HAS_TURN.get():
            HAS_TURN.set(False)
            return
        chat = getattr(method, "chat_id", 0)
        weight = len(getattr(method, "media", None) or ()) if _is_album(method) else 1
        await self.limiter.turn(chat if isinstance(chat, int) else 0, lane, weight=weight)


def _is_album(method: TelegramMethod[Any]) -> bool:
    return method.__api_method__ == "sendMediaGroup"
