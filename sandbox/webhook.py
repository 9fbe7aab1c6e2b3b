"""setWebhook: updates pushed to the bot, in order within a chat, again until it says 2xx."""

import asyncio
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import orjson

from sandbox.errors import ApiError, DroppedConnectionError, bad_request
from sandbox.params import Params, flag, integer, text
from sandbox.polling import SET_WEBHOOK, read_allowed_updates
from sandbox.updates import Queued

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Json = dict[str, Any]
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, no secret
# Methods that a webhook's answer may not carry (as in the Bot API server), besides get….
_NOT_IN_RESPONSE = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


class Webhook:
    """The sender; idle without a URL."""

    def __init__(self, telegram: "Telegram") -> None:
        self._telegram = telegram
        self.url = ""
        self._secret = ""
        self._connections = telegram.limits.webhook_connections
        self._last_error: tuple[int, str] | None = None
        self._runner: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}  # by chat; other updates by their own id
        self._delays: dict[int, tuple[float, float]] = {}  # update → (delay, not before)

    async def set(self, params: Params) -> bool:
        """SetWebhook, and deleteWebhook with an empty URL."""
        url = text(params, "url")
        secret = text(params, "secret_token")
        if url:
            parts = urlsplit(url if "://" in url else f"https://{url}")
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                message = "invalid webhook URL specified"
                raise bad_request(message)
            if len(secret) > 256:
                message = "secret token is too long"
                raise bad_request(message)
            if not _SECRET.fullmatch(secret):
                message = "secret token contains unallowed characters"
                raise bad_request(message)
            read_allowed_updates(self._telegram, params)
            self._telegram.polling.interrupt(SET_WEBHOOK)
        await self.stop()
        if flag(params, "drop_pending_updates"):
            self._telegram.updates.clear()
        self.url, self._secret = url, secret
        self._connections = integer(
            params, "max_connections", self._telegram.limits.webhook_connections, 1, 100
        )
        self._last_error = None
        self._delays.clear()
        if url:
            self._runner = asyncio.create_task(self._run(), name="webhook")
        return True

    def info(self) -> Json:
        """GetWebhookInfo's answer."""
        queue = self._telegram.updates
        queue.expire()
        found: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(queue),
        }
        if self._last_error:
            found["last_error_date"], found["last_error_message"] = self._last_error
        if self.url:
            found["max_connections"] = self._connections
            found["ip_address"] = urlsplit(self.url).hostname
        if queue.allowed is not None:
            found["allowed_updates"] = queue.allowed
        return found

    def wake(self) -> None:
        """There is a new update."""
        if self._runner is not None:
            self._news.set()

    async def stop(self) -> None:
        """Stops sending; what is not confirmed stays queued."""
        tasks = [task for task in (self._runner, *self._busy.values()) if task is not None]
        current = asyncio.current_task()
        tasks = [task for task in tasks if task is not current]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._runner = None
        self._busy.clear()

    async def _run(self) -> None:
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self._telegram.limits.webhook_timeout)
        ) as session:
            while True:
                self._news.clear()
                pause = self._start_due(session)
                try:
                    async with asyncio.timeout(pause):
                        await self._news.wait()
                except TimeoutError:
                    continue

    def _start_due(self, session: aiohttp.ClientSession) -> float | None:
        """Starts what may go now; the seconds until something delayed may go."""
        now = time.monotonic()
        pause: float | None = None
        held: set[int] = set()
        for queued in self._telegram.updates.waiting():
            if len(self._busy) >= self._connections:
                return pause  # whoever gets free looks again
            lane = queued.chat_id or -queued.update_id
            if lane in held or lane in self._busy:
                continue
            held.add(lane)  # later updates of this chat wait for this one
            not_before = self._delays.get(queued.update_id, (0.0, 0.0))[1]
            if not_before > now:
                wait = not_before - now
                pause = wait if pause is None else min(pause, wait)
            else:
                self._busy[lane] = asyncio.create_task(self._deliver(session, queued, lane))
        return pause

    async def _deliver(self, session: aiohttp.ClientSession, queued: Queued, lane: int) -> None:
        try:
            fault, retry_after = await self._post(session, queued.payload)
            if not fault:
                self._telegram.updates.done(queued.update_id)
                self._delays.pop(queued.update_id, None)
                return
            self._last_error = (int(self._telegram.now()), fault)
            limits = self._telegram.limits
            before = self._delays.get(queued.update_id)
            delay = (
                limits.webhook_first_retry
                if before is None
                else min(before[0] * 2, limits.webhook_last_retry)
            )
            wait = max(delay, retry_after)
            self._delays[queued.update_id] = (delay, time.monotonic() + wait)
        finally:
            if self._busy.get(lane) is asyncio.current_task():
                del self._busy[lane]
            self._news.set()

    async def _post(self, session: aiohttp.ClientSession, payload: Any) -> tuple[str, float]:
        """One attempt: an empty string, or what went wrong and the Retry-After in seconds."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[SECRET_HEADER] = self._secret
        try:
            async with session.post(
                self.url, data=orjson.dumps(payload), headers=headers
            ) as response:
                body = await response.read()
                status, reason = response.status, response.reason or ""
                kind, after = response.content_type, response.headers.get("Retry-After", "")
        except TimeoutError:
            return "Read timeout expired", 0
        except (aiohttp.ClientError, OSError) as fault:
            words = "Connection refused" if "refused" in str(fault).lower() else "Connection closed"
            return words, 0
        if not 200 <= status <= 299:
            retry_after = float(after) if after.isdigit() else 0.0
            return f"Wrong response from the webhook: {status} {reason}", retry_after
        await self._run_method(kind, body)
        return "", 0

    async def _run_method(self, kind: str, body: bytes) -> None:
        """Carries out a method that the bot put into its answer; nobody learns the result."""
        params = _response_params(kind, body)
        method = text(params, "method").lower()
        if not method or method in _NOT_IN_RESPONSE or method.startswith("get"):
            return
        params.pop("method")
        try:
            await self._telegram.call(method, params)
        except (ApiError, DroppedConnectionError):
            return  # at Telegram, too, a refusal is lost here


def _response_params(kind: str, body: bytes) -> Params:
    if not body:
        return {}
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return dict(found) if isinstance(found, Mapping) else {}
