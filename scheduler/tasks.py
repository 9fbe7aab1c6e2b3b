"""What time does to case tasks: they open, and whoever has handed in nothing is reminded."""

from datetime import UTC, datetime

from storage.database import Database
from storage.tasks import notices as task_notices


async def plan(db: Database, now: datetime) -> int:
    """Put what is due; returns how many. `now` is in the network's zone."""
    return await db.write(task_notices.plan, now, now.tzinfo or UTC)
