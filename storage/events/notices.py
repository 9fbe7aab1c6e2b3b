"""A meeting was moved, cancelled or named: those whom it concerns hear of it once.

Several corrections within `GATHERED` become one notice, worded when it is sent. What the chat
already shows (reminders, an earlier notice) is edited in place, so that no old hour stays there.
"""

import sqlite3
from datetime import datetime, timedelta

from storage import outbox
from storage.times import stored

CHANGED = "event-changed"
CORRECTION = outbox.EVENT_CORRECTION
REMINDER = "event-reminder"
ANNOUNCEMENT = outbox.INVITATION
"""A reminder to somebody who has not said yet whether they come."""
QUESTION = "event-question"
SEAT = "event-seat"

GATHERED = timedelta(minutes=3)
"""An organiser names the hour, then the place, then the link: that is one piece of news."""

KEPT = timedelta(days=3)
"""A notice of a change that could not be sent for so long is told by the card alone."""


def changed(conn: sqlite3.Connection, occurrence_id: int, *, now: datetime) -> int:
    """Plan the notice and the corrections for the meeting as it stands; how many people hear.

    To everybody who said «приду», «онлайн» or waits, and who was sent a message about it.
    """
    row = conn.execute(
        "SELECT sequence, starts_at FROM occurrences WHERE id = ?", (occurrence_id,)
    ).fetchone()
    outbox.cancel(conn, f"{CHANGED}:{occurrence_id}:", "replaced")
    outbox.cancel(conn, f"{REMINDER}:{occurrence_id}:", "moved")
    # First named and then moved within one sequence is possible: the hour makes the key whole.
    state = f"{row['sequence']}:{row['starts_at'] or ''}"
    people = concerned(conn, occurrence_id)
    for person in people:
        outbox.put(
            conn,
            f"{CHANGED}:{occurrence_id}:{state}:person:{person}",
            person_id=person,
            kind=CHANGED,
            payload={"meeting": occurrence_id},
            due_at=now + GATHERED,
            expires_at=now + KEPT,
        )
    for sent in _shown(conn, occurrence_id):
        outbox.put(
            conn,
            f"{CORRECTION}:{occurrence_id}:{state}:row:{sent['id']}",
            person_id=sent["person_id"],
            kind=CORRECTION,
            payload={"meeting": occurrence_id, "message": sent["message_id"]},
            due_at=now + GATHERED,
            expires_at=now + KEPT,
        )
    return len(people)


def concerned(conn: sqlite3.Connection, occurrence_id: int) -> list[int]:
    """Ids of who said «приду», «онлайн» or waits, or was sent a message about the meeting.

    Whoever declined after a reminder is left in peace.
    """
    rows = conn.execute(
        "SELECT person_id FROM signups WHERE occurrence_id = ?1 AND choice <> 'declined'"
        " UNION SELECT person_id FROM outbox WHERE state IN ('sent', 'unknown')"
        "  AND substr(key, 1, length(?2)) = ?2 AND person_id NOT IN (SELECT person_id FROM signups"
        "   WHERE occurrence_id = ?1 AND choice = 'declined') ORDER BY 1",
        (occurrence_id, f"{REMINDER}:{occurrence_id}:"),
    )
    return [row["person_id"] for row in rows]


def _shown(conn: sqlite3.Connection, occurrence_id: int) -> list[sqlite3.Row]:
    """Messages about the meeting that chats show."""
    return conn.execute(
        "SELECT id, person_id, message_id FROM outbox WHERE state = 'sent'"
        " AND message_id IS NOT NULL AND (substr(key, 1, length(?1)) = ?1"
        "  OR substr(key, 1, length(?2)) = ?2) ORDER BY id",
        (f"{REMINDER}:{occurrence_id}:", f"{CHANGED}:{occurrence_id}:"),
    ).fetchall()


def window_changed(
    conn: sqlite3.Connection,
    occurrence_id: int,
    window: tuple[str | None, str | None],
    *,
    keep_hour: bool,
    now: datetime,
) -> bool:
    """A corrected plan gives another term; a named hour stays, or is taken back.

    Returns whether anything changed that people must hear of.
    """
    row = conn.execute(
        "SELECT window_start, window_end, starts_at FROM occurrences WHERE id = ?", (occurrence_id,)
    ).fetchone()
    if (row["window_start"], row["window_end"]) == window:
        return False
    conn.execute(
        "UPDATE occurrences SET window_start = ?, window_end = ?, sequence = sequence + 1"
        " WHERE id = ?",
        (*window, occurrence_id),
    )
    named = row["starts_at"] is not None
    if named and not keep_hour:
        conn.execute(
            "UPDATE occurrences SET starts_at = NULL, ends_at = NULL, moves = moves + 1,"
            " moved_at = ? WHERE id = ?",
            (stored(now), occurrence_id),
        )
    return not (named and keep_hour)
