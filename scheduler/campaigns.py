"""What time does to campaigns: those that open invite, anonymous ones that close are settled."""

from datetime import datetime

from storage import inviting, sealing
from storage.database import Database


async def plan(db: Database, now: datetime) -> int:
    """Invite whoever has not been asked yet; returns how many."""
    if await db.write(sealing.settle, now=now):
        await db.truncate_wal()
    invited = 0
    while count := await db.write(inviting.plan, now=now):
        invited += count
    return invited
