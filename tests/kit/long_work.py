"""Work beside a bot that is killed. A module of its own: each process here imports it anew."""

import asyncio
import os
import time
from pathlib import Path

from bot.region.reporting import beside
from storage.database import Database


def never_ready(copy: Path, order: str, target: Path) -> None:
    """Say which process this is, and work for ever."""
    assert copy.exists()
    part = target.with_suffix(".part")
    part.write_text(f"{os.getpid()} {order}")
    part.rename(target)
    time.sleep(600)


def broken(copy: Path, order: str, target: Path) -> None:
    """Fail."""
    raise ValueError(order, copy, target)


def bot(folder: Path) -> None:
    """A process that makes something and is killed meanwhile."""

    async def work() -> None:
        db = await Database.open(folder / "bot.sqlite3")
        await beside(db, folder, never_ready, "digests", folder / "working")

    asyncio.run(work())
