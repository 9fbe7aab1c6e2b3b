"""The sender: takes what is due from the outbox, asks whether it still applies, sends, marks.

One row: does the person want it now → composed → its turn at the limiter → claimed → sent →
marked. Claimed is what a row is called whose fate is unknown if the process dies: so that is done
last, just before the call.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.clock import Clock
from bot.delivery.composers import PLAIN, Composer, Drop, Later, Letter, Manner
from bot.delivery.fates import Fates
from bot.delivery.limiter import HAS_TURN, LANE, Lane, Limiter
from bot.delivery.quiet_hours import quiet
from bot.screens import Screen, send
from storage import outbox, peace
from storage.database import Connection, Database
from storage.failpoints import failpoint
from storage.outbox import Hush, Outgoing
from storage.people import people
from storage.people.zones import RUSSIAN, zone_of

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Rows in flight together: what a kill can leave in doubt."""

AGAIN_SECONDS = 0.25
"""How soon something new is looked for while what is under way takes its time."""

AFTER_BUSY = timedelta(minutes=1)
"""How soon somebody in the middle of a questionnaire is looked at again."""


@dataclass(frozen=True, slots=True)
class _Addressed:
    """A row with its recipient, and how they stand to being written to."""

    row: Outgoing
    person: people.Person | None
    standing: peace.Standing


class Sender:
    """Sends what is due.

    Args:
        db: the store.
        bot: the way out.
        limiter: the turns that the way out takes as well.
        clock: decides what is due.
        zone: quiet hours are kept in it, for whoever chose no other.
        composers: words each kind.
        urgent: kinds that do not wait for the morning.
        manners: how each kind respects people's peace.
        budget: messages a week that nobody asked for; beyond, they are merged.
    """

    def __init__(
        self,
        db: Database,
        bot: Bot,
        limiter: Limiter,
        clock: Clock,
        *,
        zone: ZoneInfo,
        composers: Mapping[str, Composer],
        urgent: Collection[str] = frozenset(),
        manners: Mapping[str, Manner] | None = None,
        budget: int = 5,
    ) -> None:
        self._db = db
        self._bot = bot
        self._limiter = limiter
        self._clock = clock
        self._zone = zone
        self._composers = composers
        self._urgent = urgent
        self._manners = manners or {}
        self._budget = budget
        self._stopping = False
        self._fates = Fates(db, clock)

    async def run(self) -> int:
        """See to everything that is due; returns how many rows that were."""
        now = self._clock()
        seen = await self._db.write(outbox.expire, now)
        self._fates.count("dropped", seen)
        under_way: set[int] = set()
        room = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            while (rows := await self._fresh(under_way)) or under_way:
                seen += len(rows)
                under_way.update(one.row.id for one in rows)
                room.clear()
                again = asyncio.get_running_loop().call_later(AGAIN_SECONDS, room.set)
                for one in rows:
                    group.create_task(self._in_place(one, under_way, room))
                await room.wait()
                again.cancel()
        return seen

    async def _in_place(self, one: _Addressed, under_way: set[int], room: asyncio.Event) -> None:
        await self._see_to(one)
        under_way.discard(one.row.id)
        if len(under_way) <= AT_ONCE // 2:  # looking for a place at a time would cost too much
            room.set()

    async def _fresh(self, under_way: Collection[int]) -> list[_Addressed]:
        """What may begin beside what is under way.

        Somebody whose chat must wait a second takes one place, and holds up nobody else.
        """
        if self._stopping:
            return []
        now = self._clock()
        asleep = frozenset(key for key in RUSSIAN if quiet(now, zone_of(key, self._zone)))
        hush = Hush(quiet(now, self._zone), asleep, tuple(self._urgent))
        return await self._db.read(
            _fresh,
            now,
            self._unasked,
            limit=AT_ONCE - len(under_way),
            hush=hush,
            # They still wait, as the store sees it, until they are claimed.
            besides=tuple(under_way),
        )

    @property
    def outcomes(self) -> dict[str, int]:
        """How many rows were sent, dropped, postponed and so on since the start."""
        return self._fates.outcomes

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True

    async def _see_to(self, one: _Addressed) -> None:
        row = one.row
        try:
            await self._attempt(row, one.person, one.standing)
        except Exception as error:  # one row's fault must not keep the others back
            log.exception("outbox row %d (%s) failed", row.id, row.kind)
            await self._fates.end(row, "failed", f"fault: {type(error).__name__}")

    @property
    def _unasked(self) -> list[str]:
        return [kind for kind, manner in self._manners.items() if manner.unasked]

    def _mergeable(self, row: Outgoing, manner: Manner) -> bool:
        # The summary itself comes when the week has room; what is urgent does not wait for that.
        return manner.unasked and row.kind != outbox.SUMMARY and row.kind not in self._urgent

    async def _attempt(
        self, row: Outgoing, person: people.Person | None, standing: peace.Standing
    ) -> None:
        now = self._clock()
        manner = self._manners.get(row.kind, PLAIN)
        composer = self._composers.get(row.kind)
        if person is None or person.telegram_id is None or person.unreachable is not None:
            await self._fates.end(row, "dropped", "unreachable")
        elif composer is None:
            await self._fates.end(row, "failed", "no-composer")
        elif manner.topic is not None and manner.topic.value in standing.muted:
            await self._fates.end(row, "dropped", "muted")
        elif standing.busy and manner.waits and row.kind not in self._urgent:
            await self._fates.later(row, now + AFTER_BUSY)
        else:
            local = now.astimezone(zone_of(person.zone, self._zone))
            message = await composer(self._db, person, row.payload, local)
            if isinstance(message, Drop):
                await self._fates.end(row, "dropped", message.reason)
            elif isinstance(message, Later):
                await self._fates.later(row, message.until)
            elif self._mergeable(row, manner) and standing.this_week >= self._budget:
                budget = self._budget
                await self._db.write(peace.merge, row, self._unasked, budget=budget, now=now)
                self._fates.count("dropped")
            else:
                await self._send(row, person, message)

    async def _send(self, row: Outgoing, person: people.Person, message: Screen | Letter) -> None:
        assert person.telegram_id is not None  # noqa: S101 - asked in `_attempt`
        chat, lane = person.telegram_id, Lane(row.lane)
        weight = message.weight if isinstance(message, Letter) else 1
        await self._limiter.turn(chat, lane, weight=weight)
        if not await self._db.write(outbox.claim, row.id):
            return
        failpoint("outbox-claimed-before-send")
        LANE.set(lane)
        HAS_TURN.set(True)
        try:
            ids = await self._deliver(chat, message)
        except TelegramAPIError as trouble:
            await self._fates.not_sent(row, person, trouble)
            return
        failpoint("outbox-sent-before-mark")
        if isinstance(ids, Drop):
            await self._fates.end(row, "failed", ids.reason)
            return
        covers = message.covers if isinstance(message, Letter) else ()
        # Where another waits for its turn, its claim follows: both in one commit.
        await self._fates.sent(row, ids, covers, shared=bool(self._limiter.waiting))

    async def _deliver(self, chat: int, message: Screen | Letter) -> tuple[int, ...] | Drop:
        if isinstance(message, Letter):
            return await message.send(self._bot, chat)
        return (await send(self._bot, chat, message),)


def _fresh(
    conn: Connection,
    now: datetime,
    unasked: Collection[str],
    *,
    limit: int,
    hush: Hush,
    besides: Collection[int],
) -> list[_Addressed]:
    """What is due, with the people and how they stand; one trip to the store for all."""
    return [
        _Addressed(
            row,
            people.by_id(conn, row.person_id),
            peace.standing(conn, row.person_id, unasked, now=now),
        )
        for row in outbox.due(conn, now, limit=limit, hush=hush, besides=besides)
    ]
