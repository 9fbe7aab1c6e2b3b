"""What time does to case tasks: they open, the late are reminded, experts are called."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.tasks.reviewing import entrusted_reviewer
from storage.database import Database
from storage.tasks import calls
from storage.tasks import notices as task_notices


async def plan(db: Database, now: datetime) -> int:
    """Put what is due; returns how many. `now` is in the network's zone."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - see scheduler.planning.Planner
    return await db.write(task_notices.plan, now, zone)


async def plan_calls(db: Database, now: datetime) -> int:
    """Put calls to experts for whom works wait; returns how many."""
    experts = await db.read(calls.entrusted)
    if not experts:
        return 0
    return await db.write(calls.plan, [entrusted_reviewer(one) for one in experts], now=now)
