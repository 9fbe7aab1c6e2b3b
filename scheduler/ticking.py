"""The beat: APScheduler calls one function every few seconds, and that is all it does here.

Its own rule for late jobs drops one that is a second late, silently; so what is due, what is too
late and what happens at night is decided from rows and the clock, by the function that is called.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

SECONDS = 2


class Ticking:
    """Calls `beat` every so often, never two at a time.

    Args:
        beat: one round of the work; its failure is logged, the next beat comes all the same.
        seconds: from one beat to the next.
    """

    def __init__(self, beat: Callable[[], Awaitable[object]], seconds: float = SECONDS) -> None:
        self._beat = beat
        self._seconds = seconds
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._current: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first beat comes at once."""
        self._scheduler.add_job(
            self._tick, "interval", seconds=self._seconds, misfire_grace_time=None, coalesce=True
        )
        self._scheduler.start()
        self._begin()

    async def stop(self, grace: float) -> None:
        """No more beats; wait for the one under way at most `grace` seconds."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._current is not None and not self._current.done():
            await asyncio.wait([self._current], timeout=grace)
            self._current.cancel()
            await asyncio.gather(self._current, return_exceptions=True)

    async def _tick(self) -> None:  # APScheduler would run a plain function in a thread
        self._begin()

    def _begin(self) -> None:
        if self._current is None or self._current.done():
            self._current = asyncio.get_running_loop().create_task(self._round(), name="beat")

    async def _round(self) -> None:
        try:
            await self._beat()
        except Exception:
            log.exception("a beat failed")
