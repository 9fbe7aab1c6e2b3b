"""Meetings for tests: made as a coordinator's roadmap or an organiser's words would make them.

meeting = await planned(world, "Семинар", start=world.clock() + timedelta(days=10))
"""

from datetime import date, datetime, timedelta

from storage.audiences import Audience
from storage.database import Connection
from storage.events import events
from storage.scopes import REGION, Scope
from tests.kit.world import World

TWO_HOURS = timedelta(hours=2)


async def planned(
    world: World,
    title: str,
    *,
    start: datetime | None = None,
    window: tuple[date, date] | None = None,
    scope: Scope = REGION,
    audience: Audience = Audience(),  # noqa: B008 - frozen
    author: int | None = None,
) -> int:
    """A meeting's id; `start` names its hour, `window` only its term; `author` is a person's id."""
    now = world.clock()

    def make(conn: Connection) -> int:
        event = conn.execute(
            "INSERT INTO events (scope_kind, scope_ref, title, audience, created_by, created_at,"
            " precision) VALUES (?, ?, ?, ?, ?, '2026-09-01T06:00:00Z', 'month') RETURNING id",
            (scope.kind, scope.ref, title, audience.model_dump_json(), author),
        ).fetchone()["id"]
        number = events.add_occurrence(conn, event, window=window or (None, None))
        if start is not None:
            events.name_time(conn, number, start, start + TWO_HOURS, now=now)
        return number

    return await world.db.write(make)
