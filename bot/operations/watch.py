"""What may be wrong with the running bot, looked at with every beat."""

import shutil
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from bot.operations.faults import Collector, Fault
from storage.database import Connection, Database
from storage.operations import troubles

LEAST_DISK = 500 << 20
"""Bytes: the nightly copy beside the database, and room to write on until somebody looks."""
ENOUGH_DISK = LEAST_DISK + (100 << 20)
"""Bytes at which a low disk is over: a file more or less must not make it come and go."""
LONG_SILENCE = 300.0
"""Seconds without an answer of Telegram to a poll; shorter ones come and go by themselves."""

DISK, POLL, BACKUP = "disk", "poll", "backup"


class Watch:
    """Compares how things are with what the store says of them, and plans the notices.

    Args:
        db: the store.
        folder: the data folder, whose disk is watched.
        silence: seconds since Telegram answered a poll; None where nobody polls.
        admin_ids: whom to tell.
        free: bytes on the disk of a folder; a test gives its own.
    """

    def __init__(
        self,
        db: Database,
        folder: Path,
        silence: Callable[[], float | None],
        admin_ids: Collection[int],
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._db = db
        self._folder = folder
        self._silence = silence
        self._admin_ids = frozenset(admin_ids)
        self.free = free
        self.faults = Collector()
        self._said: dict[str, bool] = {}

    async def beat(self, now: datetime) -> int:
        """Look at everything; returns how many notices were planned."""
        free = self.free(self._folder)
        low = free < (ENOUGH_DISK if self._said.get(DISK) else LEAST_DISK)
        await self._state(DISK, {"free": free}, wrong=low, now=now)
        silence = self._silence()
        if silence is not None:
            await self._state(POLL, {}, wrong=silence > LONG_SILENCE, now=now)
        found = self.faults.drain()
        if found:
            await self._db.write(_keep, found, now)
        return await self._db.write(troubles.plan, self._admin_ids, now=now)

    async def _state(
        self, key: str, detail: troubles.Detail, *, wrong: bool, now: datetime
    ) -> None:
        if self._said.get(key) is wrong:
            return
        if wrong:
            await self._db.write(troubles.begin, key, detail, now=now)
        else:
            await self._db.write(troubles.end, key, now=now)
        self._said[key] = wrong


def _keep(conn: Connection, found: list[tuple[Fault, int | None]], now: datetime) -> None:
    for fault, update in found:
        detail: dict[str, str | int] = {"kind": fault.kind, "place": fault.place}
        if update is not None:
            detail["update"] = update
        troubles.begin(conn, f"{troubles.ERROR}{fault.id}", detail, now=now)
