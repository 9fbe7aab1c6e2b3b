"""What time does to notices: those whose moment has come become rows of the outbox."""

from datetime import datetime

from storage import notices
from storage.database import Database


async def plan(db: Database, now: datetime) -> int:
    """Begin what is due; returns how many rows were made."""
    return await db.write(notices.begin, now=now)
