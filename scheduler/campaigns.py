"""What time does to campaigns: they open, close, are settled; trials are forgotten."""

from datetime import datetime

from storage.database import Database
from storage.questionnaires import inviting, repeats, sealing, trials


async def plan(db: Database, now: datetime) -> int:
    """Invite some of those who have not been asked yet; returns how many, 0 if nobody is left."""
    settled = 0
    while await db.write(
        sealing.settle, now=now, most=1
    ):  # one a write: it may be thousands of rows
        settled += 1
    if settled:
        await db.truncate_wal()
    await db.write(trials.sweep, now=now)
    await db.write(repeats.open_due, now=now)
    return await db.write(inviting.plan, now=now)
