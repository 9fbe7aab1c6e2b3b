"""What time does to notices: those whose moment has come become rows of the outbox."""

from datetime import datetime

from storage.database import Database
from storage.notices import notices


async def plan(db: Database, now: datetime) -> int:
    """Begin what is due; returns how many rows were made."""
    return await db.write(notices.begin, now=now)
