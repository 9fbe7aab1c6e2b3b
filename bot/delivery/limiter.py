"""How fast the bot may speak: a rate over all chats, a rate in each chat, lanes, one pause for all.

Both rates follow the generic cell rate algorithm (ITU-T I.371, Annex A): a theoretical arrival
time that moves on by one interval with each message; a message conforms while that time is not
further ahead of now than the burst allows. Among those who wait, the lower lane goes first, then
whoever came first; somebody whose chat must wait holds nobody else up.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum


class Lane(IntEnum):
    """Whose message goes first. The outbox stores the same numbers."""

    REPLY = 0
    NOTICE = 1
    BROADCAST = 2


LANE: ContextVar[Lane] = ContextVar("lane", default=Lane.REPLY)
"""The lane of what the current task sends."""

HAS_TURN: ContextVar[bool] = ContextVar("has_turn", default=False)
"""Set by whoever took the turn for the next call of the current task already."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second, and how many may come at once after a rest.

    The defaults stay below what Telegram names: about 30 a second over all, 1 in a chat.
    """

    overall: float = 25
    overall_burst: int = 25
    chat: float = 1
    chat_burst: int = 3


TIMER_SECONDS = 0.001
"""What the event loop's timers are exact to: one set finer fires early, and again and again."""

UNLIMITED = Limits(overall=1e6, overall_burst=1_000_000, chat=1e6, chat_burst=1_000_000)
"""For benchmarks, and for tests that are about something else."""


@dataclass(slots=True)
class _Waiter:
    chat: int
    weight: int
    future: asyncio.Future[None]


class Limiter:
    """Hands out the right to send one message.

    Args:
        limits: the rates.
        seconds: a clock that only goes forward, in seconds.
    """

    def __init__(
        self, limits: Limits | None = None, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        limits = limits or Limits()
        self._seconds = seconds
        self._interval = 1 / limits.overall
        self._slack = self._interval * (limits.overall_burst - 1)
        self._chat_interval = 1 / limits.chat
        self._chat_slack = self._chat_interval * (limits.chat_burst - 1)
        # Theoretical arrival time of the next message over all. Nothing is saved up at the start:
        # Telegram still counts what the process before this one has just sent.
        self._arrival = seconds() + self._slack
        self._arrivals: dict[int, float] = {}  # the same by chat
        self._sweep_at = 4096
        self._paused_until = 0.0
        self._lanes: tuple[deque[_Waiter], ...] = tuple(deque() for _ in Lane)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """Messages that wait for their turn."""
        return sum(map(len, self._lanes))

    @property
    def paused(self) -> float:
        """Seconds until Telegram lets us speak again; 0 if it does."""
        return max(0.0, self._paused_until - self._seconds())

    def pause(self, seconds: float) -> None:
        """Telegram said `retry_after`: every lane is silent for that long."""
        self._paused_until = max(self._paused_until, self._seconds() + seconds)

    async def turn(self, chat: int, lane: Lane = Lane.REPLY, *, weight: int = 1) -> None:
        """Wait for the right to send to a chat: one message, or an album of `weight`.

        An album goes as soon as one message might; what comes after it waits for all of it.
        """
        now = self._seconds()
        if self.waiting == 0 and self._wait(chat, now) <= 0:
            self._take(chat, now, weight)
            return
        waiter = _Waiter(chat, weight, asyncio.get_running_loop().create_future())
        self._lanes[lane].append(waiter)
        self._grant()
        try:
            await waiter.future
        except asyncio.CancelledError:
            if waiter in self._lanes[lane]:
                self._lanes[lane].remove(waiter)
            raise

    def _wait(self, chat: int, now: float) -> float:
        """Seconds until a message to this chat conforms."""
        return max(
            self._paused_until - now,
            self._arrival - self._slack - now,
            self._arrivals.get(chat, 0.0) - self._chat_slack - now,
        )

    def _take(self, chat: int, now: float, weight: int) -> None:
        self._arrival = max(self._arrival, now) + self._interval * weight
        due = max(self._arrivals.get(chat, 0.0), now)
        self._arrivals[chat] = due + self._chat_interval * weight
        if len(self._arrivals) >= self._sweep_at:
            self._arrivals = {key: at for key, at in self._arrivals.items() if at > now}
            self._sweep_at = max(4096, 2 * len(self._arrivals))

    def _grant(self) -> None:
        """Let go whoever may go now; come back when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = self._seconds()
        soonest: float | None = None
        for lane in self._lanes:
            for waiter in tuple(lane):
                wait = self._wait(waiter.chat, now)
                if wait <= 0:
                    lane.remove(waiter)
                    if not waiter.future.done():
                        self._take(waiter.chat, now, waiter.weight)
                        waiter.future.set_result(None)
                else:
                    soonest = wait if soonest is None else min(soonest, wait)
                    if self._arrival - self._slack > now:
                        break  # nobody may go now, whatever the chat
        if soonest is not None:
            loop = asyncio.get_running_loop()
            # A turn that comes late costs no rate: the next may come so much sooner after it.
            self._timer = loop.call_later(soonest + TIMER_SECONDS, self._grant)
