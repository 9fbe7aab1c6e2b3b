"""The author's live message: how a notice goes, edited every few seconds while it is under way."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.clock import Clock
from bot.delivery.limiter import LANE, Lane
from bot.notices.screens import card
from bot.screens import edit
from storage.database import Database
from storage.notices import account as notice_account
from storage.notices import steering
from storage.notices.account import Watched
from storage.notices.notices import State
from storage.people import people
from storage.people.zones import zone_of

log = logging.getLogger(__name__)

EVERY = 3.0
SELDOM = 10.0
"""Seconds between two edits of one message: the least, and, while much is left, the most.

Each edit takes the turn of a recipient: with thousands to go, the last figures are near enough.
"""
PART = 30
"""Parts of the time left, of which one passes between two edits."""
MINUTE = 60.0
"""Seconds over which the pace is taken: a stumble of the network does not make the figure jump,
and what has stood still for so long is not foretold."""


@dataclass
class _Pace:
    """How many rows were done at which moment, over the last minute of one state."""

    state: State
    points: deque[tuple[float, int]] = field(default_factory=deque)

    def left(self, now: float, done: int, left: int) -> float | None:
        """Seconds until `left` more are done; None while that cannot be told."""
        self.points.append((now, done))
        while self.points[0][0] < now - MINUTE:
            self.points.popleft()
        began, before = self.points[0]
        return left * (now - began) / (done - before) if done > before else None


@dataclass
class _Seen:
    """What was shown last, and when."""

    at: float
    text: str
    gap: float
    pace: _Pace


class Progress:
    """Edits the messages in which authors watch their notices.

    Args:
        db: the store.
        bot: the way out.
        clock: for the dates shown.
        zone: the same, where the author chose no other.
        seconds: a clock that only goes forward; decides how often, and tells the pace.
    """

    def __init__(
        self,
        db: Database,
        bot: Bot,
        clock: Clock,
        *,
        zone: ZoneInfo,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._seconds = seconds
        self._seen: dict[int, _Seen] = {}

    async def beat(self) -> None:
        """Show what has changed; what is over is shown for the last time, at once."""
        over = await self._db.write(steering.finish)
        for number in over:
            watched = await self._db.read(notice_account.watched_one, number)
            if watched is not None:
                await self._show(watched, final=True)
            self._seen.pop(number, None)
        for watched in await self._db.read(notice_account.watched):
            await self._show(watched, final=False)

    async def _show(self, watched: Watched, *, final: bool) -> None:
        now = self._seconds()
        notice = watched.notice
        before = self._seen.get(notice.id)
        if not final and before is not None and _early(watched, before, now):
            return
        account = await self._db.read(notice_account.account, notice.id)
        done = account.planned - account.left
        pace = _Pace(notice.state)
        if before is not None and before.pace.state is notice.state:
            pace = before.pace
        left = pace.left(now, done, account.left)
        author = await self._db.read(people.by_id, notice.author_id or 0)
        zone = self._zone if author is None else zone_of(author.zone, self._zone)
        screen = await card(self._db, notice, account, self._clock().astimezone(zone), left=left)
        if before is not None and before.text == screen.text:
            return
        gap = EVERY if left is None else min(max(EVERY, left / PART), SELDOM)
        self._seen[notice.id] = _Seen(now, screen.text, gap, pace)
        lane = LANE.set(Lane.NOTICE)
        try:
            await edit(self._bot, watched.chat, watched.message, screen)
        except TelegramAPIError as error:
            # The account is in the store; the author opens the card again when they like.
            log.warning("the progress of notice %d was not shown (%s)", notice.id, type(error))
        finally:
            LANE.reset(lane)


def _early(watched: Watched, before: _Seen, now: float) -> bool:
    """Whether it is too soon for another edit; a pause, say, is shown as soon as may be."""
    gap = before.gap if watched.notice.state is before.pace.state else EVERY
    return now - before.at < gap
