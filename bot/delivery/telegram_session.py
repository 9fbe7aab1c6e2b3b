"""The way out to Telegram over HTTP: one pool of connections for calls, polls and files.

An aiogram session that does less. aiogram's own turns every call into a multipart form and every
result into models; both cost more than the rest of an answer together (README.md, `make bench`).
Here a call is JSON unless it carries a file, and only results somebody reads become models.
"""

import ssl
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, cast

import aiohttp
import certifi
import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, Message, TelegramObject
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.updates.receiving import PollRefusedError, UnreadableUpdatesError

CALL_SECONDS = 30
UPLOAD_SECONDS = 300
CONNECTIONS = 64
SCALARS = frozenset({str, int, bool, float})
JSON_HEADERS = {"Content-Type": "application/json"}

CALL_TIMEOUT = aiohttp.ClientTimeout(total=CALL_SECONDS)
NO_ANSWER = (
    aiohttp.ClientError,
    TimeoutError,
    OSError,
    EOFError,  # a SOCKS proxy that hangs up in the middle of a word
    # Of no common kind, and no kind of the above.
    ProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
)

DONE, FINE = b'{"ok":true,"result":true}', b'{"ok":true,'
EDITS = frozenset({"editMessageText", "editMessageReplyMarkup"})
"""Their result is known: the message as we have just described it."""
SENDING = frozenset({"sendMessage", "copyMessage"})
"""Of their result hardly more than the id is read."""


class TelegramSession(BaseSession):
    """Calls Telegram, or whatever speaks like it at `server`.

    Args:
        server: `https://api.telegram.org`, an own Bot API server, or the sandbox.
        token: for polls; aiogram passes it with every call of its own.
        proxy: `http://…` or `socks5://…`; None for none.
    """

    def __init__(self, server: str, token: str, proxy: str | None = None) -> None:
        super().__init__(api=TelegramAPIServer.from_base(server), timeout=CALL_SECONDS)
        self._base = f"{server}/bot{token}/"
        self._proxy = proxy
        self._client: aiohttp.ClientSession | None = None

    def client(self) -> aiohttp.ClientSession:
        """The pool; made at the first call, because it belongs to the running loop."""
        if self._client is None or self._client.closed:
            secure = self._base.startswith("https:")
            context = ssl.create_default_context(cafile=certifi.where()) if secure else True
            socks = self._proxy if self._proxy and self._proxy.startswith("socks") else None
            connector = (
                # Names are resolved beyond the proxy: here they may not resolve at all.
                ProxyConnector.from_url(socks, rdns=True, ssl=context, limit=CONNECTIONS)
                if socks
                else aiohttp.TCPConnector(
                    ssl=context, limit=CONNECTIONS, ttl_dns_cache=300, keepalive_timeout=60
                )
            )
            self._client = aiohttp.ClientSession(
                connector=connector,
                proxy=None if socks else self._proxy,
                cookie_jar=aiohttp.DummyCookieJar(),
                # Answers are short: asking for them compressed costs more than it saves.
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            )
        return self._client

    async def close(self) -> None:
        """Close the pool."""
        if self._client is not None:
            await self._client.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """One call.

        Raises:
            TelegramNetworkError: no answer; whether the call took effect is not known.
            TelegramAPIError: Telegram's refusal, by its kind.
        """
        name = method.__api_method__
        files: dict[str, InputFile] = {}
        body = plain(method, bot, files)
        seconds = timeout or (UPLOAD_SECONDS if files else 0)
        data: Any = _form(body, files, bot) if files else orjson.dumps(body)
        try:
            async with self.client().post(
                self._base + name,
                data=data,
                headers=None if files else JSON_HEADERS,
                timeout=aiohttp.ClientTimeout(total=seconds) if seconds else CALL_TIMEOUT,
            ) as response:
                status = response.status
                content = await response.read()
        except NO_ANSWER as error:
            # The kind alone: aiohttp's messages quote the address, which holds the token.
            raise TelegramNetworkError(method=method, message=type(error).__name__) from None
        if status == 200 and (result := _light(name, content, bot)) is not None:
            return cast("TelegramType", result)
        text = content.decode("utf-8", "replace")
        try:
            answer = self.check_response(bot=bot, method=method, status_code=status, content=text)
        except ClientDecodeError:
            # Not Telegram's words but a proxy's or a gateway's on the way: «407», «502».
            raise TelegramNetworkError(method=method, message=f"HTTP {status}, no JSON") from None
        return cast("TelegramType", answer.result)

    async def get_updates(
        self, offset: int, hold: int, allowed_updates: Sequence[str], limit: int = 100
    ) -> list[Any]:
        """See `bot.updates.receiving.UpdateSource`."""
        body = {
            "offset": offset,
            "timeout": hold,
            "limit": limit,
            "allowed_updates": allowed_updates,
        }
        try:
            async with self.client().post(
                self._base + "getUpdates",
                data=orjson.dumps(body),
                headers=JSON_HEADERS,
                timeout=aiohttp.ClientTimeout(total=hold + CALL_SECONDS),
            ) as response:
                status = response.status
                content = await response.read()
        except NO_ANSWER as error:
            raise PollRefusedError(0, type(error).__name__) from None
        try:
            answer = orjson.loads(content)
            result = answer["result"] if status == 200 else None
        except (ValueError, TypeError, KeyError):
            if status == 200:
                raise UnreadableUpdatesError(content) from None
            raise PollRefusedError(status, "no JSON") from None
        if isinstance(result, list):
            return result
        parameters = answer.get("parameters") if isinstance(answer, dict) else None
        wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise PollRefusedError(status, "refused", wait)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Download a file in chunks."""
        async with self.client().get(
            url,
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=timeout),
            raise_for_status=raise_for_status,
        ) as response:
            async for chunk in response.content.iter_chunked(chunk_size):
                yield chunk


def plain(value: Any, bot: Bot, files: dict[str, InputFile]) -> Any:
    """A method or type as JSON values; files found on the way are named in `files`.

    What is None is left out, as aiogram does it. Moments become Unix seconds.
    """
    kind = type(value)
    if kind in SCALARS:
        return value
    if kind is Default:  # several in every call, and nearly always nothing
        return None if (chosen := bot.default[value.name]) is None else plain(chosen, bot, files)
    if isinstance(value, TelegramObject | TelegramMethod):
        value = value.__dict__
    if isinstance(value, dict):
        return {
            key: ready
            for key, item in value.items()
            if item is not None
            and (ready := item if type(item) in SCALARS else plain(item, bot, files)) is not None
        }
    if isinstance(value, list | tuple):
        return [plain(item, bot, files) for item in value]
    return _plain_rarity(value, files)


def _plain_rarity(value: Any, files: dict[str, InputFile]) -> Any:
    if isinstance(value, InputFile):
        name = f"file{len(files)}"
        files[name] = value
        return f"attach://{name}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        value = datetime.now(UTC) + value
    return round(value.timestamp()) if isinstance(value, datetime) else value


def _form(body: dict[str, Any], files: dict[str, InputFile], bot: Bot) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for key, value in body.items():
        form.add_field(key, value if isinstance(value, str) else orjson.dumps(value).decode())
    for key, file in files.items():
        form.add_field(key, file.read(bot), filename=file.filename or key)
    return form


def _light(name: str, content: bytes, bot: Bot) -> Any:
    """The result without what nobody reads; None where it must be read in full."""
    if content == DONE or (name in EDITS and content.startswith(FINE)):
        return True
    if name not in SENDING:
        return None
    try:
        return Sent(orjson.loads(content)["result"], bot)
    except (ValueError, TypeError, KeyError):
        return None


class Sent:
    """A message just sent: its id; the `Message` itself is made only when more of it is asked for.

    Making one costs a tenth of all that a notice costs, and hardly anybody reads more than the id.
    """

    __slots__ = ("_bot", "_result", "message_id")

    def __init__(self, result: dict[str, Any], bot: Bot) -> None:
        self.message_id = int(result["message_id"])
        self._result = result
        self._bot = bot

    def __getattr__(self, name: str) -> Any:
        """What else Telegram said of it."""
        return getattr(Message.model_validate(self._result, context={"bot": self._bot}), name)
