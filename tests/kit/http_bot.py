"""A bot made of bare HTTP calls: each test says itself what it answers.

async with http_bot(address, TOKEN) as bot:
    message = await bot.next("message")
    await bot.call("sendMessage", chat_id=message["chat"]["id"], text="Слышу вас")
    await bot.upload("sendDocument", {"document": ("отчёт.txt", b"…")}, chat_id=…)
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson


class HttpBot:
    """Calls methods over HTTP and reads updates by long poll, one after another."""

    def __init__(self, session: aiohttp.ClientSession, address: str, token: str) -> None:
        self._session = session
        self._base = f"{address}/bot{token}"
        self._offset = 0

    async def call(self, method: str, **params: Any) -> Any:
        """The method's result; fails with Telegram's words when it refuses."""
        async with self._session.post(f"{self._base}/{method}", json=params) as response:
            return await self._result(method, response)

    async def upload(
        self, method: str, files: Mapping[str, tuple[str, bytes]], **params: Any
    ) -> Any:
        """A method with files, as multipart; `files` are (name, bytes) by field."""
        form = aiohttp.FormData(quote_fields=False)  # names as they are
        for name, value in params.items():
            text = value if isinstance(value, str) else orjson.dumps(value).decode()
            form.add_field(name, text)
        for field, (file_name, content) in files.items():
            form.add_field(field, content, filename=file_name)
        async with self._session.post(f"{self._base}/{method}", data=form) as response:
            return await self._result(method, response)

    @staticmethod
    async def _result(method: str, response: aiohttp.ClientResponse) -> Any:
        body = await response.json()
        assert body["ok"], f"{method}: {body.get('description')}"
        return body["result"]

    async def next(self, kind: str) -> Any:
        """Waits for the next update of this kind and returns it; others are passed over."""
        for _ in range(20):
            updates = await self.call("getUpdates", offset=self._offset, limit=1, timeout=10)
            for update in updates:
                self._offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]
        message = f"no {kind} has come"
        raise AssertionError(message)


@asynccontextmanager
async def http_bot(address: str, token: str) -> AsyncIterator[HttpBot]:
    """A bot at this address."""
    async with aiohttp.ClientSession() as session:
        yield HttpBot(session, address, token)
