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
"""(store, now in the network's zone) → how many rows it put, in steps that hold up no tap.

One with more to do than a step leaves the rest to its next turn; 0 says that nothing is left.
"""

PLANNERS: list[Planner] = [events.plan, tasks.plan, tasks.plan_calls, campaigns.plan]
"""What loses its sense soonest comes first."""


async def plan(db: Database, now: datetime, *, admin_ids: Collection[int] = ()) -> int:
    """Ask every planner, in turns, until nothing is left; returns how many rows were put.

    In turns, so that a reminder one hour before a meeting does not wait for 20 000 invitations.
    One that fails holds up no other.
    """
    put = 0
    busy: list[Planner] = [*PLANNERS, partial(notices.plan, admin_ids=admin_ids)]
    while busy:
        still: list[Planner] = []
        for planner in busy:
            try:
                count = await planner(db, now)
            except Exception:
                log.exception("a planner failed")
                continue
            put += count
            if count:
                still.append(planner)
        busy = still
    return put
