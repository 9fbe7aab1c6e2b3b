"""getUpdates: the long poll that wakes on news, and the quarrels over it."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import bad_request, conflict
from sandbox.files import Upload
from sandbox.params import Params, integer, json_value

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
SET_WEBHOOK = "terminated by setWebhook request"
LONGEST = 50  # seconds of one long poll


class Polling:
    """The one getUpdates call that may wait."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[str] | None = None

    def interrupt(self, reason: str) -> None:
        """Ends the waiting call with 409 for the reason given."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)

    async def get_updates(
        self, telegram: "Telegram", params: Params, _files: Mapping[str, Upload]
    ) -> list[Any]:
        """Updates after the offset, at once or within `timeout` seconds."""
        if telegram.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        offset = integer(params, "offset")
        limit = integer(params, "limit", 100, 1, 100) if params.get("limit") else 100
        timeout = integer(params, "timeout", 0, 0, LONGEST)
        read_allowed_updates(telegram, params)
        # As at Telegram, the newer call wins: the one that waits is told so.
        self.interrupt(OTHER_POLLER)
        queue = telegram.updates
        queue.confirm(offset)
        found = queue.peek(limit)
        if found or not timeout:
            return found
        ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = ended
        try:
            async with asyncio.timeout(timeout):
                while not found:
                    await queue.news_or(ended)
                    if ended.done():
                        raise conflict(ended.result())
                    # Others that woke at the same moment come along in one answer.
                    await asyncio.sleep(0)
                    found = queue.peek(limit)
        except TimeoutError:
            return []
        finally:
            if self._waiting is ended:
                self._waiting = None
        return found


def read_allowed_updates(telegram: "Telegram", params: Params) -> None:
    """Keeps the kinds asked for; without the parameter the earlier ones stay."""
    if not params.get("allowed_updates") and params.get("allowed_updates") != []:
        return
    kinds = json_value(params, "allowed_updates", "allowed_updates")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        message = "Expected an Array of String"
        raise bad_request(message)
    telegram.updates.allow(kinds)


def _get_updates(telegram: "Telegram", params: Params, files: Mapping[str, Upload]) -> Any:
    return telegram.polling.get_updates(telegram, params, files)


async def _set_webhook(telegram: "Telegram", params: Params, _files: Mapping[str, Upload]) -> bool:
    return await telegram.webhook.set(params)


async def _delete_webhook(
    telegram: "Telegram", params: Params, _files: Mapping[str, Upload]
) -> bool:
    return await telegram.webhook.set({**params, "url": ""})


def _get_webhook_info(
    telegram: "Telegram", _params: Params, _files: Mapping[str, Upload]
) -> dict[str, Any]:
    return telegram.webhook.info()


def _close(_telegram: "Telegram", _params: Params, _files: Mapping[str, Upload]) -> bool:
    return True


METHODS = {
    "getupdates": _get_updates,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "close": _close,
    "logout": _close,
}
