"""One beat of the planner over the whole region, beside a plain read of the rows it looks at.

20 000 people, 60 events, two open questionnaires for everybody. The busy beat has reminders of nine
meetings and invitations of the whole region to plan; the quiet one, of which there are 43 000 a
day, has nothing left to do. A plain read fetches the same people, invitees and signups, once.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.region_store import MONDAY, fill
from scheduler import planning
from storage.database import Database
from storage.times import stored

ZONE = ZoneInfo("Europe/Moscow")
QUIET_BEATS = 15
TAP_EVERY = 0.02


def plain_read(conn: sqlite3.Connection, now: datetime) -> int:
    """The rows of a quiet beat: people, who was asked what is open, who comes to what is ahead."""
    at = stored(now)
    found = conn.execute("SELECT id, registered_at FROM people").fetchall()
    found += conn.execute(
        "SELECT person_id, invited_at FROM invitees WHERE campaign_id IN"
        " (SELECT id FROM campaigns WHERE opens_at <= ?1 AND closes_at > ?1)",
        (at,),
    ).fetchall()
    found += conn.execute(
        "SELECT person_id, choice FROM signups WHERE occurrence_id IN"
        " (SELECT id FROM occurrences WHERE starts_at > ?)",
        (at,),
    ).fetchall()
    return len(found)


def last_of(conn: sqlite3.Connection, kind: str) -> int:
    """Number of the last row of this kind."""
    row = conn.execute("SELECT max(id) AS n FROM outbox WHERE kind = ?", (kind,)).fetchone()
    return int(row["n"] or 0)


async def taps(db: Database, waits: list[float]) -> None:
    """Somebody writes a row every fiftieth of a second, and waits."""
    while True:
        began = time.perf_counter()
        await db.write(lambda conn: conn.execute("SELECT 1").fetchone())
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(TAP_EVERY)


async def run(path: Path) -> None:
    """Plan, and count."""
    db = await Database.open(path)
    now = MONDAY.astimezone(ZONE)
    waits: list[float] = []
    tapping = asyncio.create_task(taps(db, waits))
    began = time.perf_counter()
    put = await planning.plan(db, now)
    busy = time.perf_counter() - began
    tapping.cancel()
    reminded = await db.read(last_of, "event-reminder")
    print(
        f"busy beat: {put} rows in {busy:.1f} s, the last reminder is number {reminded};"
        f" a write meanwhile waited {max(waits) * 1000:.0f} ms at most"
    )
    plain, quiet = [], []
    for number in range(QUIET_BEATS):
        then = now + timedelta(seconds=2 * (number + 1))
        began = time.perf_counter()
        rows = await db.read(plain_read, then)
        plain.append(time.perf_counter() - began)
        began = time.perf_counter()
        await planning.plan(db, then)
        quiet.append(time.perf_counter() - began)
    one, other = statistics.median(quiet), statistics.median(plain)
    print(
        f"quiet beat: median {one * 1000:.0f} ms; a plain read of {rows} rows"
        f" {other * 1000:.0f} ms; ratio {one / other:.2f}"
    )
    await db.close()


def main() -> None:
    """Print what the module says."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bot.sqlite3"
        fill(path)
        asyncio.run(run(path))


if __name__ == "__main__":
    main()
