"""What becomes of a row of the outbox once it was tried: sent, refused, unknown, or again later."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.clock import Clock
from bot.delivery.unreachable import why_not_them, why_unreachable
from storage import outbox
from storage.database import Database
from storage.notices import notices, steering
from storage.outbox import Outgoing
from storage.people import people

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(minutes=10)
ATTEMPTS = 20
"""With the delays above, more than two hours of Telegram being out of reach."""

NEVER_LEFT = (
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ClientConnectorSSLError",
    "ClientConnectorCertificateError",
    "ClientProxyConnectionError",
    "ConnectionTimeoutError",
    "ProxyConnectionError",
    "ProxyTimeoutError",
    "ConnectionRefusedError",
)
"""Errors of making a connection: the request did not begin, so repeating it is safe."""


class Fates:
    """Writes down what became of each row, and keeps count.

    Args:
        db: the store.
        clock: when it was sent, and when it is tried again.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._refusals: Counter[int] = Counter()  # of each notice, in a row
        self.outcomes: dict[str, int] = {}

    async def sent(
        self, row: Outgoing, ids: Sequence[int], covers: Sequence[int], *, shared: bool
    ) -> None:
        """Telegram has it; `shared`: the mark may wait a moment for a commit of something else."""
        if row.notice_id is not None and row.kind in notices.KINDS:
            self._refusals.pop(row.notice_id, None)
        write = self._db.write_with_next if shared else self._db.write
        await write(outbox.sent, row.id, ids, self._clock(), covers=covers)
        self.count("sent")

    async def not_sent(
        self, row: Outgoing, person: people.Person, trouble: TelegramAPIError
    ) -> None:
        """Telegram refused, or did not answer. Raises what is neither."""
        if isinstance(trouble, TelegramForbiddenError | TelegramBadRequest | TelegramNotFound):
            await self._refused(row, person, trouble)
        elif isinstance(trouble, TelegramRetryAfter):
            await self.later(row, self._clock() + timedelta(seconds=trouble.retry_after))
        elif isinstance(trouble, TelegramServerError | TelegramUnauthorizedError):
            await self._again(row)  # a wrong token is nobody's row's fault: it is set right
        elif isinstance(trouble, TelegramNetworkError):
            await self._in_doubt(row, trouble)
        else:
            raise trouble

    async def later(self, row: Outgoing, until: datetime) -> None:
        """It waits for that moment."""
        await self._db.write(outbox.postpone, row.id, until)
        self.count("postponed")

    async def end(self, row: Outgoing, state: str, reason: str) -> None:
        """It will not be sent, with a code that says why."""
        await self._db.write(outbox.end, row.id, state, reason)
        self.count(state)

    def count(self, outcome: str, by: int = 1) -> None:
        """Another of this outcome."""
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + by

    async def _in_doubt(self, row: Outgoing, error: TelegramNetworkError) -> None:
        if error.message.startswith(NEVER_LEFT) or row.kind in outbox.REPEATABLE:
            await self._again(row)
        elif row.reason == outbox.REPEATED or (
            row.lane == outbox.BROADCAST and row.kind not in outbox.WITHOUT_AUTHOR
        ):
            await self.end(row, "unknown", "no-answer")
        else:
            await self._again(row, reason=outbox.REPEATED)

    async def _refused(
        self, row: Outgoing, person: people.Person, refusal: TelegramAPIError
    ) -> None:
        why = why_unreachable(refusal)
        if why is None and (personal := why_not_them(refusal)):
            await self.end(row, "failed", personal)
        elif why is None:
            log.error("outbox row %d (%s): refused by Telegram", row.id, row.kind)
            await self.end(row, "failed", "refused")
            if row.notice_id is not None and row.kind in notices.KINDS:
                await self._perhaps_halt(row.notice_id)
        else:
            await self._db.write(people.set_unreachable, person.id, why, now=self._clock())
            await self.end(row, "failed", why)

    async def _perhaps_halt(self, notice: int) -> None:
        self._refusals[notice] += 1
        if self._refusals[notice] >= steering.REFUSALS:
            del self._refusals[notice]
            if await self._db.write(steering.halt, notice):
                log.error("notice %d: halted, Telegram does not take it", notice)

    async def _again(self, row: Outgoing, *, reason: str | None = None) -> None:
        if row.attempts + 1 >= ATTEMPTS:
            await self.end(row, "failed", "no-connection")
            return
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**row.attempts)
        await self._db.write(outbox.postpone, row.id, self._clock() + delay, reason=reason)
        self.count("postponed")
