"""How the running bot does, in numbers: what /status shows."""

import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot import VERSION
from bot.operations.measures import vitals
from storage.operations.load import Copy, Load, load, newest_copy
from storage.operations.troubles import Trouble, current

if TYPE_CHECKING:
    from bot.app import App

MINUTES = 5
"""Over which updates are counted."""


class Pulse:
    """Updates per minute over the last minutes, from a number that only grows."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, received: int) -> None:
        """The number now."""
        now = time.monotonic()
        self._seen.append((now, received))
        while self._seen[0][0] < now - MINUTES * 60:
            self._seen.popleft()

    @property
    def per_minute(self) -> float:
        """0 before two numbers were seen."""
        if len(self._seen) < 2:
            return 0.0
        (begun, before), (last, after) = self._seen[0], self._seen[-1]
        return (after - before) * 60 / max(last - begun, 60.0)


@dataclass(frozen=True, slots=True)
class Status:
    """Everything /status says; sizes in bytes, ages in seconds.

    `silence` is None where nobody polls; `troubles` are states that last and errors of a day.
    """

    version: str
    uptime: float
    per_minute: float
    inbox: int
    oldest: float
    silence: float | None
    load: Load
    copy: Copy | None
    free: int
    database: int
    troubles: tuple[Trouble, ...]


async def status(app: "App", now: datetime) -> Status:
    """As it is now."""
    ages = vitals(app)
    folder = app.settings.data_dir
    path = app.settings.database_path
    return Status(
        version=VERSION,
        uptime=time.monotonic() - app.started,
        per_minute=app.pulse.per_minute,
        inbox=max(0, app.conveyor.backlog - 1),  # without the question itself
        oldest=ages.inbox,
        silence=ages.poll,
        load=await app.db.read(load, now=now),
        copy=newest_copy(folder, now),
        free=app.watch.free(folder),
        database=path.stat().st_size if path.exists() else 0,
        troubles=tuple(await app.db.read(current, now=now)),
    )
