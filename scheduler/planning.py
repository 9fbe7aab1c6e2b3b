"""What the bot will have to say, as rows of the outbox, before it is due.

A planner looks at the store and puts rows under natural keys; planning the same twice plans it
once, so every beat may call every planner. To add one, enter it in `PLANNERS`.
"""

import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from functools import partial

from scheduler import campaigns, events, notices, tasks
from storage.database import Database

log = logging.getLogger(__name__)

Planner = Callable[[Database, datetime], Awaitable[int]]
"""(store, now in the network's zone) → how many rows it put, in one atomic `db.write`."""

PLANNERS: list[Planner] = [campaigns.plan, tasks.plan, tasks.plan_calls, events.plan]


async def plan(db: Database, now: datetime, *, admin_ids: Collection[int] = ()) -> int:
    """Ask every planner; returns how many rows were put. One that fails holds up no other."""
    put = 0
    beginning: Planner = partial(notices.plan, admin_ids=admin_ids)
    for planner in (*PLANNERS, beginning):
        try:
            put += await planner(db, now)
        except Exception:
            log.exception("a planner failed")
    return put
