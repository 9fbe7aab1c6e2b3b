"""Updates by webhook: Telegram calls us, through a reverse proxy that speaks TLS.

The same inbox as polling: 200 is answered only when the update is on the disk, so what a kill
takes away Telegram sends again.
"""

import asyncio
import hmac
import logging

import orjson
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import web
from pydantic import SecretStr

from bot.updates.conveyor import Conveyor
from bot.updates.receiving import BATCH, KINDS, Intake

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST = 1024 * 1024
"""Bytes; Telegram's updates are a few thousand."""

CONNECTIONS = BATCH
"""How many updates Telegram may send at once (`max_connections`): together they share a commit."""


class Webhook:
    """The door that Telegram knocks at."""

    def __init__(self, intake: Intake, conveyor: Conveyor, secret: str) -> None:
        self._intake = intake
        self._conveyor = conveyor
        self._secret = secret.encode()

    def routes(self, path: str) -> list[web.RouteDef]:
        """Where it listens: the path of WEBHOOK_URL."""
        return [web.post(path or "/", self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Keep one update; 403 for whoever does not know the secret."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if self._conveyor.full:
            return web.Response(status=503)  # Telegram keeps it and comes again
        content = await request.read()
        try:
            update = orjson.loads(content)
        except ValueError:
            kept = await self._intake.take_unreadable(content)
            if kept is None:
                log.warning("a webhook call with no update in it")
            return web.Response()  # a second time it would be no better
        await self._intake.take([update])
        return web.Response()


async def announce(bot: Bot, url: str, secret: SecretStr) -> None:
    """Tell Telegram where to knock, again until it is reached."""
    delay = 1.0
    while True:
        try:
            await bot.set_webhook(
                url,
                secret_token=secret.get_secret_value(),
                max_connections=CONNECTIONS,
                allowed_updates=list(KINDS),
                drop_pending_updates=False,
            )
        except TelegramAPIError as error:
            log.warning("the webhook is not set yet (%s)", type(error).__name__)
            await asyncio.sleep(delay)
            delay = min(60.0, delay * 2)
        else:
            return
