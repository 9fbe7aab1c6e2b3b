"""The in-process door: an aiogram session whose other end is `Telegram`, without HTTP.

Everything above the session is aiogram's own; a method is serialised exactly as aiogram's HTTP
session does it, and the answer goes through aiogram's own parsing.
"""

from collections.abc import AsyncGenerator
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import orjson
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.errors import ApiError, DroppedConnectionError
from sandbox.files import Upload
from sandbox.telegram import Telegram


class SandboxSession(BaseSession):
    """Hand it to `Bot(token=…, session=SandboxSession(telegram))`."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(
            json_loads=orjson.loads, json_dumps=lambda value: orjson.dumps(value).decode()
        )
        self.telegram = telegram

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """Carries the method out; aiogram's own exceptions for every refusal."""
        files: dict[str, Any] = {}
        params: dict[str, Any] = {}
        for key, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=files)
            if prepared:  # as in aiogram's HTTP session, nothing empty goes over the wire
                params[key] = prepared
        uploads = {key: await _read(bot, key, file) for key, file in files.items()}
        status = 200
        try:
            if bot.token != self.telegram.token:
                raise ApiError(401, "Unauthorized")
            result = await self.telegram.call(method.__api_method__, params, uploads)
            body: Any = {"ok": True, "result": result}
        except ApiError as refusal:
            status, body = refusal.code, refusal.to_json()
        except DroppedConnectionError as fault:
            raise TelegramNetworkError(
                method=method, message=f"ServerDisconnectedError: {fault}"
            ) from fault
        content = orjson.dumps(body).decode()
        response = self.check_response(bot, method, status, content)
        return cast("TelegramType", response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002 - aiogram's signature
        timeout: int = 30,  # noqa: ARG002, ASYNC109 - the same
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: ARG002 - the same
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of `…/file/bot<token>/<path>`."""
        path = unquote(urlsplit(url).path).partition(f"/file/bot{self.telegram.token}/")[2]
        stored = self.telegram.files.at(path)
        if stored is None:
            message = f"404 Not Found: {path}"
            raise FileNotFoundError(message)
        for start in range(0, stored.size, chunk_size):
            yield stored.content[start : start + chunk_size]

    async def close(self) -> None:
        """Nothing is open."""


async def _read(bot: Bot, key: str, file: InputFile) -> Upload:
    content = b"".join([chunk async for chunk in file.read(bot)])
    return Upload(file.filename or key, content)
