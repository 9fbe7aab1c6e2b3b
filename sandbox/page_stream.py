"""The page's stream of server-sent events."""

import asyncio

import orjson
from aiohttp import web

from sandbox.events import Subscription
from sandbox.page_guard import HEADERS
from sandbox.page_view import PageView
from sandbox.telegram import Telegram

HEARTBEAT_SECONDS = 15.0


class EventStream:
    """Tells every open page what happens; ends when the server stops."""

    def __init__(self, telegram: Telegram, view: PageView) -> None:
        self._telegram = telegram
        self._view = view
        self._ended = False

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Events from now on; the page reads everything anew when it (re)connects."""
        response = web.StreamResponse(
            headers={**HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        try:
            async with self._telegram.subscribe() as subscription:
                await response.prepare(request)
                await response.write(b": connected\n\n")
                while not self._ended:
                    await response.write(await self._next(subscription))
        except ConnectionError:
            pass  # the page was closed
        return response

    async def _next(self, subscription: Subscription) -> bytes:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                while True:
                    told = self._view.event(await anext(subscription))
                    if told is not None:
                        return b"data: " + orjson.dumps(told) + b"\n\n"
        except TimeoutError:
            return b": still here\n\n"

    async def end(self, _: web.Application) -> None:
        """A server that stops does not wait for pages to close."""
        self._ended = True
        self._telegram.events.publish("clock", 0)  # wakes every stream
