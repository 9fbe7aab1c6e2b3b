"""Updates from the inbox to their handler: in order within a chat, concurrently across chats.

What can happen to an update, and what becomes of its row:

* handled: done, its content wiped;
* the person blocked the bot meanwhile: done as well, there is nobody to answer;
* Telegram could not be reached: again with growing delay, the chat's later updates wait behind it;
  after `ATTEMPTS` it is set aside;
* it cannot be parsed: set aside at once;
* its handler failed: set aside, because a fault of ours would only repeat, and the person is told
  in one sentence. What the handler wrote before it failed is one whole step or nothing.

A row set aside keeps its content for eight days, for whoever looks for the fault.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.operations.faults import UPDATE
from storage import inbox
from storage.database import Database
from storage.failpoints import failpoint
from storage.inbox import Update

log = logging.getLogger(__name__)

AT_ONCE = 30
"""Handlers at work at the same time; more only makes each of them slower."""

ROOM = 2000
"""Updates in memory beyond which receiving waits: Telegram keeps the rest for us."""

GATHERING = 0.02
"""Seconds that updates seen through wait to be marked together: nobody waits for the mark, and
a commit costs the same for one as for many."""

ATTEMPTS = 12
"""With delays of 1, 2, 4 … 60 seconds this is about seven minutes."""


class Verdict(StrEnum):
    """What a failure means for the update."""

    GONE = "gone"  # the person cannot be reached: nothing to repeat
    AGAIN = "again"  # Telegram could not be reached
    MALFORMED = "malformed"  # not an update we can read
    FAULT = "fault"  # ours


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one chat's updates are handled: `burst` at once, then `per_second`."""

    per_second: float = 4
    burst: int = 20


@dataclass(slots=True)
class _Chat:
    queue: deque[Update] = field(default_factory=deque)
    busy: bool = False  # at work, ready, or resting: somebody will look at the queue
    attempts: int = 0
    arrival: float = 0.0  # theoretical arrival time, see bot/delivery/limiter.py
    turn: float = 0.0  # when its first update came to its turn; 0 = it is not its turn


class Conveyor:
    """Takes updates and sees them through.

    Args:
        db: where their rows are.
        handle: sees one update through; whatever it raises is judged by `judge`.
        judge: what an exception means.
        apologise: tells the person that something went wrong; must not raise.
        pace: per chat; None = as fast as it goes.
    """

    def __init__(
        self,
        db: Database,
        handle: Callable[[Update], Awaitable[None]],
        *,
        judge: Callable[[Exception], Verdict],
        apologise: Callable[[Update, Exception], Awaitable[None]],
        pace: Pace | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._db = db
        self._handle = handle
        self._judge = judge
        self._apologise = apologise
        self._pace = pace
        self._at_once = at_once
        self._chats: dict[int, _Chat] = {}
        self._ready: deque[int] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._finished: list[int] = []
        self._marking: asyncio.Task[None] | None = None
        self._queued: dict[int, float] = {}
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._stopping = False
        self.gathering = GATHERING
        """Seconds to wait before marking; a test that looks after each tap sets 0."""
        self.backlog = 0
        self.handled = 0
        self.aside = 0
        self.slowed = 0

    async def replay(self) -> None:
        """Take up what the last run left unhandled."""
        self.accept(await self._db.read(inbox.unhandled))

    def accept(self, updates: Iterable[Update]) -> None:
        """Queue updates whose rows are committed."""
        for update in updates:
            # What belongs to no chat waits for nobody.
            key = update.chat or -(2**63) + update.update_id
            chat = self._chats.get(key)
            if chat is None:
                chat = self._chats[key] = _Chat()
            chat.queue.append(update)
            self._queued[update.update_id] = time.monotonic()
            self.backlog += 1
            if not chat.busy:
                chat.busy = True
                self._make_ready(key)
        if self.backlog >= ROOM:
            self._has_room.clear()

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._has_room.wait()

    @property
    def full(self) -> bool:
        """Whether there is no room."""
        return not self._has_room.is_set()

    @property
    def oldest(self) -> float:
        """Seconds since the oldest update not seen through was queued; 0 without one."""
        now = time.monotonic()
        return now - next(iter(self._queued.values()), now)

    @property
    def longest_at_work(self) -> float:
        """Seconds since the longest of those ready or at work came to its turn; 0 without one."""
        turns = [chat.turn for chat in self._chats.values() if chat.turn]
        return time.monotonic() - min(turns) if turns else 0.0

    @property
    def idle(self) -> bool:
        """Nothing queued, at work, or still to be marked."""
        return self.backlog == 0 and not self._finished and self._marking_is_over()

    async def stop(self, grace: float) -> bool:
        """Take nothing new from the queues; wait for those at work at most `grace` seconds.

        Returns whether all at work were finished. What is left is in the inbox for the next run.
        """
        self._stopping = True
        for timer in self._timers.values():
            timer.cancel()
        late: set[asyncio.Task[None]] = set()
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=grace)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._marking is not None:
            await self._marking
        return not late

    def _make_ready(self, key: int) -> None:
        self._timers.pop(key, None)
        if self._stopping:
            return
        self._chats[key].turn = time.monotonic()
        self._ready.append(key)
        if len(self._workers) < self._at_once:
            worker = asyncio.get_running_loop().create_task(self._work(), name="conveyor-worker")
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self) -> None:
        """One update of the chat that waits longest, then the next chat, until none is ready."""
        while self._ready and not self._stopping:
            key = self._ready.popleft()
            chat = self._chats[key]
            delay = await self._one(chat)
            chat.turn = 0.0
            delay = max(delay, self._held_back(chat))
            if not chat.queue:
                chat.busy = False
                if self._pace is None or chat.arrival <= time.monotonic():
                    del self._chats[key]
                elif len(self._chats) > ROOM:
                    self._forget_calm_chats()
            elif delay > 0:
                self._timers[key] = asyncio.get_running_loop().call_later(
                    delay, self._make_ready, key
                )
            else:
                chat.turn = time.monotonic()
                self._ready.append(key)

    async def _one(self, chat: _Chat) -> float:
        """See the chat's first update through; returns how long the chat then rests."""
        update = chat.queue[0]
        aside = ""
        UPDATE.set(update.update_id)
        try:
            await self._handle(update)
        except Exception as error:  # the only place where any failure of a handler ends
            verdict = self._judge(error)
            kind = type(error).__name__
            if verdict is Verdict.AGAIN and chat.attempts + 1 < ATTEMPTS:
                chat.attempts += 1
                return float(min(60, 2 ** (chat.attempts - 1)))
            if verdict is Verdict.MALFORMED:
                aside = f"malformed: {kind}"
                log.warning("update %d is malformed and set aside", update.update_id)
            elif verdict is not Verdict.GONE:
                aside = f"{verdict}: {kind}"
                log.exception("update %d failed and is set aside", update.update_id)
                if verdict is Verdict.FAULT:
                    await self._apologise(update, error)
        chat.queue.popleft()
        chat.attempts = 0
        self.backlog -= 1
        self._queued.pop(update.update_id, None)
        if self.backlog < ROOM:
            self._has_room.set()
        if aside:
            self.aside += 1
            await self._db.write(inbox.set_aside, update.update_id, aside)
        else:
            self.handled += 1
            failpoint("reply-before-done")
            self._finished.append(update.update_id)
            if self._marking_is_over():
                self._marking = asyncio.get_running_loop().create_task(self._mark())
        return 0.0

    def _held_back(self, chat: _Chat) -> float:
        """Seconds a chat that sends too fast must wait before its next update."""
        if self._pace is None:
            return 0.0
        now = time.monotonic()
        interval = 1 / self._pace.per_second
        chat.arrival = max(chat.arrival, now) + interval
        delay = chat.arrival - interval * self._pace.burst - now
        if delay > 0 and chat.queue:
            self.slowed += 1
        return delay

    def _forget_calm_chats(self) -> None:
        now = time.monotonic()
        for key in [k for k, c in self._chats.items() if not c.busy and c.arrival <= now]:
            del self._chats[key]

    def _marking_is_over(self) -> bool:
        return self._marking is None or self._marking.done()

    async def _mark(self) -> None:
        """Mark as done whatever was finished, all in one write while the last one was made."""
        while self._finished:
            if not self._stopping:
                await asyncio.sleep(self.gathering)
            numbers, self._finished = self._finished, []
            await self._db.write(inbox.finish, numbers)
