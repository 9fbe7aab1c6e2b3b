"""Saying whether one comes, with what it means for those who wait: whoever gets a place hears."""

import sqlite3
from datetime import datetime, timedelta

from storage import outbox
from storage.events import attending, events
from storage.events.attending import Choice
from storage.events.notices import SEAT
from storage.times import stored

KEPT = timedelta(days=2)


def sign_up(
    conn: sqlite3.Connection,
    occurrence_id: int,
    person_id: int,
    choice: Choice,
    *,
    now: datetime,
) -> None:
    """Record what a person says; the first who waits gets the place that became free."""
    _, waited = attending.seated(conn, occurrence_id)
    attending.say(conn, occurrence_id, person_id, choice, now=now)
    _tell(conn, occurrence_id, waited, but=person_id, now=now)


def set_capacity(
    conn: sqlite3.Connection, occurrence_id: int, capacity: int | None, *, now: datetime
) -> None:
    """How many may come from now on; more places go to those who wait."""
    _, waited = attending.seated(conn, occurrence_id)
    events.set_capacity(conn, occurrence_id, capacity)
    _tell(conn, occurrence_id, waited, but=None, now=now)


def _tell(
    conn: sqlite3.Connection,
    occurrence_id: int,
    waited: list[int],
    *,
    but: int | None,
    now: datetime,
) -> None:
    seated, _ = attending.seated(conn, occurrence_id)
    for person in sorted(set(waited) & set(seated) - {but}):
        outbox.put(
            conn,
            f"{SEAT}:{occurrence_id}:{stored(now)}:person:{person}",
            person_id=person,
            kind=SEAT,
            payload={"meeting": occurrence_id},
            due_at=now,
            expires_at=now + KEPT,
        )
