"""Updates come in: rows of the inbox, committed, before Telegram is told that we have them.

`Intake` is the door for both ways of receiving; `Poller` is the one that asks (`getUpdates`), and
bot/updates/webhook.py the one that is called. aiogram's own polling confirms an update when its
handler *starts*; a kill then loses it (docs/decisions/0009-inbox.md).
"""

import asyncio
import logging
import re
import time
from collections.abc import Sequence
from typing import Any, Protocol

import orjson

from bot.clock import Clock
from bot.updates.conveyor import Conveyor
from storage import inbox
from storage.database import Database
from storage.failpoints import failpoint

log = logging.getLogger(__name__)

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What the bot reads; Telegram does not send the rest (`allowed_updates`)."""

POLL_SECONDS = 30
"""How long Telegram holds a poll that has no news."""

SILENCE_SECONDS = 45
"""A poll that has not answered by then is given up and begun anew: the connection is dead."""

LONGEST_REST = 30

BATCH = 100
"""Updates in one answer: Telegram's own maximum."""


class PollRefusedError(Exception):
    """Telegram (or the network) did not give updates.

    Attributes:
        code: Telegram's error code; 0 when there was no answer.
        retry_after: seconds Telegram asks to wait, if it does.
    """

    def __init__(self, code: int, kind: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} {kind}")
        self.code = code
        self.retry_after = retry_after


class UnreadableUpdatesError(Exception):
    """Telegram's answer is no JSON at all; one such update must not stop those behind it.

    Attributes:
        content: the answer's bytes.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__("unreadable answer")
        self.content = content


class UpdateSource(Protocol):
    """Where updates come from: Telegram over HTTP, or a local Telegram in a test."""

    async def get_updates(
        self, offset: int, hold: int, allowed_updates: Sequence[str], limit: int = 100
    ) -> list[Any]:
        """`getUpdates`, raw: whatever JSON came as `result`; `hold` is Telegram's `timeout`.

        Raises:
            UnreadableUpdatesError: the answer is no JSON.
            PollRefusedError: a refusal came, or nothing.
        """
        ...


class Intake:
    """Keeps what came and hands what is new to the conveyor."""

    def __init__(self, db: Database, conveyor: Conveyor, clock: Clock) -> None:
        self._db = db
        self._conveyor = conveyor
        self._clock = clock
        self.received = 0
        self.unnumbered = 0

    async def take(self, updates: Sequence[Any]) -> None:
        """When this returns, the updates are on the disk."""
        rows = [row for update in updates if (row := _row(update)) is not None]
        if lost := len(updates) - len(rows):
            # Without a number it can neither be confirmed nor told from another one.
            self.unnumbered += lost
            log.warning("%d updates without a number were dropped", lost)
        await self._keep(rows)

    async def take_unreadable(self, content: bytes) -> int | None:
        """Keep one update that is no JSON, if its number can be made out; returns the number."""
        found = re.search(rb'"update_id"\s*:\s*(\d{1,18})\b', content)
        if found is None:
            return None
        number = int(found[1])
        await self._keep([inbox.Update(number, 0, content)])
        return number

    async def _keep(self, rows: Sequence[inbox.Update]) -> None:
        failpoint("received-before-inbox")
        fresh = await self._db.write(inbox.record, rows, self._clock()) if rows else []
        failpoint("inbox-before-offset")
        self.received += len(fresh)
        self._conveyor.accept(fresh)


class Poller:
    """Asks Telegram for updates until it is cancelled."""

    def __init__(
        self,
        source: UpdateSource,
        intake: Intake,
        conveyor: Conveyor,
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self._source = source
        self._intake = intake
        self._conveyor = conveyor
        self._silence_seconds = silence_seconds
        self.last_answer = time.monotonic()
        self.conflicts = 0

    async def run(self) -> None:
        """Poll for ever.

        The first offset is 0, and it is 0 again whenever nothing is left to confirm: after a week
        without updates Telegram restarts its numbers at random, and an offset above the new ones
        would silently confirm them all. What is given twice meanwhile, the inbox knows.
        """
        offset = 0
        limit = BATCH
        rest = 0.0
        while True:
            await self._conveyor.room()
            try:
                async with asyncio.timeout(self._silence_seconds):
                    updates = await self._source.get_updates(offset, POLL_SECONDS, KINDS, limit)
            except TimeoutError:
                log.warning("a poll went silent and is begun anew")
                continue
            except PollRefusedError as refusal:
                rest = self._rest_after(refusal, rest)
                await asyncio.sleep(rest)
                continue
            except UnreadableUpdatesError as answer:
                # One by one, to part the unreadable update from its neighbours.
                if limit > 1:
                    limit = 1
                    continue
                number = await self._intake.take_unreadable(answer.content)
                if number is None:
                    await asyncio.sleep(LONGEST_REST)
                else:
                    offset, limit = number + 1, BATCH
                continue
            self.last_answer = time.monotonic()
            try:
                await self._intake.take(updates)
            except Exception:
                # A full disk, say. Not confirmed, so Telegram will give them again.
                log.exception("%d updates could not be kept", len(updates))
                rest = min(LONGEST_REST, max(1.0, rest * 2))
                await asyncio.sleep(rest)
                continue
            rest = 0.0
            limit = BATCH
            numbers = [n for update in updates if (n := _number(update)) is not None]
            offset = max(numbers) + 1 if numbers else 0

    def _rest_after(self, refusal: PollRefusedError, before: float) -> float:
        if refusal.retry_after is not None:
            return refusal.retry_after
        if refusal.code == 409:
            # Another program polls with our token, or a webhook was set meanwhile.
            self.conflicts += 1
            log.error("Telegram gives updates to somebody else (409): is a second bot running?")
        elif refusal.code == 401:
            log.error("Telegram no longer accepts the token (401)")
        else:
            log.warning("no updates: %s", refusal)
        return min(LONGEST_REST, max(1.0, before * 2))


def _number(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    # SQLite's integers have 64 bits.
    fits = type(number) is int and 0 <= number < 2**63
    return number if fits else None


def _row(update: Any) -> inbox.Update | None:
    number = _number(update)
    if number is None:
        return None
    return inbox.Update(number, chat_of(update), orjson.dumps(update))


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose order an update keeps; 0 for none that can be read.

    A callback belongs to the chat of its message; without a message, to the person.
    """
    for kind in KINDS:
        body = update.get(kind)
        if not isinstance(body, dict):
            continue
        message = body.get("message") if kind == "callback_query" else body
        for holder, key in ((message, "chat"), (body, "from")):
            peer = holder.get(key) if isinstance(holder, dict) else None
            number = peer.get("id") if isinstance(peer, dict) else None
            if type(number) is int and -(2**63) <= number < 2**63:
                return number
    return 0
