"""Who said they would come to a meeting, and who came (the meetings: storage/events/events.py)."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.times import stored


class Choice(StrEnum):
    """What a person answers to the card of an event."""

    COMING = "coming"
    ONLINE = "online"
    DECLINED = "declined"


class How(StrEnum):
    """By what an attendance is known."""

    CODE = "code"
    ORGANISER = "organiser"
    LIST = "list"


def say(
    conn: sqlite3.Connection,
    occurrence_id: int,
    person_id: int,
    choice: Choice,
    *,
    now: datetime,
) -> None:
    """Record what a person says. Changing to «приду» again goes to the end of the queue."""
    conn.execute(
        "INSERT INTO signups (occurrence_id, person_id, choice, said_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (occurrence_id, person_id) DO UPDATE"
        " SET choice = excluded.choice, said_at = excluded.said_at"
        " WHERE choice <> excluded.choice",
        (occurrence_id, person_id, choice, stored(now)),
    )


def choice_of(conn: sqlite3.Connection, occurrence_id: int, person_id: int) -> Choice | None:
    """What the person said last."""
    row = conn.execute(
        "SELECT choice FROM signups WHERE occurrence_id = ? AND person_id = ?",
        (occurrence_id, person_id),
    ).fetchone()
    return None if row is None else Choice(row["choice"])


def seated(conn: sqlite3.Connection, occurrence_id: int) -> tuple[list[int], list[int]]:
    """Ids of those with a place and of the waiting list, in order of saying.

    Only «приду» needs a place; whoever declines frees theirs for the first who waits.
    """
    rows = conn.execute(
        "SELECT person_id FROM signups WHERE occurrence_id = ? AND choice = 'coming'"
        " ORDER BY said_at, id",
        (occurrence_id,),
    ).fetchall()
    people = [row["person_id"] for row in rows]
    capacity = conn.execute(
        "SELECT capacity FROM occurrences WHERE id = ?", (occurrence_id,)
    ).fetchone()
    places = len(people) if capacity is None or capacity[0] is None else capacity[0]
    return people[:places], people[places:]


def online(conn: sqlite3.Connection, occurrence_id: int) -> int:
    """How many said «онлайн»."""
    row = conn.execute(
        "SELECT count(*) AS n FROM signups WHERE occurrence_id = ? AND choice = 'online'",
        (occurrence_id,),
    ).fetchone()
    return int(row["n"])


def saying(conn: sqlite3.Connection, occurrence_id: int, choice: Choice) -> list[int]:
    """Ids of those who said this, in order of saying."""
    rows = conn.execute(
        "SELECT person_id FROM signups WHERE occurrence_id = ? AND choice = ? ORDER BY said_at, id",
        (occurrence_id, choice),
    )
    return [row["person_id"] for row in rows]


def knows(conn: sqlite3.Connection, occurrence_id: int, person_id: int) -> bool:
    """Whether this person said something about the meeting, or is marked as having come."""
    row = conn.execute(
        "SELECT 1 FROM signups WHERE occurrence_id = ?1 AND person_id = ?2"
        " UNION SELECT 1 FROM attendances WHERE occurrence_id = ?1 AND person_id = ?2",
        (occurrence_id, person_id),
    ).fetchone()
    return row is not None


def mark_attended(
    conn: sqlite3.Connection,
    occurrence_id: int,
    people: Iterable[int],
    how: How,
    *,
    marked_by: int | None,
    now: datetime,
) -> int:
    """Note that people came; who is noted already stays as first noted. How many were new."""
    by = None if marked_by is None else By(marked_by, now)
    new = 0
    for person in people:
        added = conn.execute(
            "INSERT INTO attendances (occurrence_id, person_id, how, marked_by, marked_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (occurrence_id, person, how, marked_by, stored(now)),
        ).rowcount
        if added:
            thing = f"meeting:{occurrence_id}"
            record(conn, by, Deed.ATTENDANCE_MARKED, about=person, object=thing)
        new += added
    return new


def unmark_attended(
    conn: sqlite3.Connection, occurrence_id: int, person_id: int, *, by: By | None = None
) -> None:
    """Take back a mark made in error."""
    gone = conn.execute(
        "DELETE FROM attendances WHERE occurrence_id = ? AND person_id = ?",
        (occurrence_id, person_id),
    ).rowcount
    if gone:
        thing = f"meeting:{occurrence_id}"
        record(conn, by, Deed.ATTENDANCE_UNMARKED, about=person_id, object=thing)


def attended(conn: sqlite3.Connection, occurrence_id: int) -> list[int]:
    """Ids of those who came."""
    rows = conn.execute(
        "SELECT person_id FROM attendances WHERE occurrence_id = ? ORDER BY marked_at, person_id",
        (occurrence_id,),
    )
    return [row["person_id"] for row in rows]
