"""A notice under way: paused, halted, resumed, cancelled, done."""

import sqlite3

from storage.audit import By, Deed, record
from storage.failpoints import failpoint

REFUSALS = 5
"""So often in a row Telegram may refuse the message itself before its sending is halted."""


def pause(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Hold back what is not on its way yet; False if there is nothing to pause."""
    changed = conn.execute(
        "UPDATE notices SET state = 'paused' WHERE id = ? AND state IN ('scheduled', 'sending')",
        (notice_id,),
    ).rowcount
    failpoint("notice-pausing")
    # Those in flight too: what Telegram sends back to the queue must wait as well.
    conn.execute(
        "UPDATE outbox SET held = 1 WHERE notice_id = ? AND state IN ('waiting', 'sending')"
        " AND EXISTS (SELECT 1 FROM notices WHERE id = ? AND state = 'paused')",
        (notice_id, notice_id),
    )
    return changed > 0


def halt(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Pause a notice that Telegram does not take, rather than try it on everybody.

    Not what it refuses about a person (blocked, deactivated): what it refuses about the message,
    for instance because its author has deleted the photo that it copies. True if it is paused now.
    """
    if not pause(conn, notice_id):
        return False
    conn.execute("UPDATE notices SET halted = 1 WHERE id = ?", (notice_id,))
    return True


def resume(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Go on where it was paused; False if it is not paused."""
    changed = conn.execute(
        "UPDATE notices SET state = iif(planned_at IS NULL, 'scheduled', 'sending'), halted = 0"
        " WHERE id = ? AND state = 'paused'",
        (notice_id,),
    ).rowcount
    if changed:
        conn.execute("UPDATE outbox SET held = 0 WHERE notice_id = ? AND held = 1", (notice_id,))
    return changed > 0


def cancel(conn: sqlite3.Connection, notice_id: int, *, by: By | None = None) -> bool:
    """Send nothing more, in whatever phase; False if it is over already."""
    changed = conn.execute(
        "UPDATE notices SET state = 'cancelled'"
        " WHERE id = ? AND state IN ('awaiting', 'scheduled', 'sending', 'paused')",
        (notice_id,),
    ).rowcount
    if changed:
        record(conn, by, Deed.NOTICE_CANCELLED, object=f"notice:{notice_id}")
        conn.execute(
            "UPDATE outbox SET state = 'dropped', reason = 'cancelled', held = 0"
            " WHERE notice_id = ? AND state = 'waiting'",
            (notice_id,),
        )
    return changed > 0


def finish(conn: sqlite3.Connection) -> list[int]:
    """Those whose last row has been seen to; they are done from now on."""
    rows = conn.execute(
        "UPDATE notices SET state = 'done' WHERE state = 'sending' AND NOT EXISTS (SELECT 1"
        " FROM outbox o WHERE o.notice_id = notices.id AND o.state IN ('waiting', 'sending'))"
        " RETURNING id"
    ).fetchall()
    return [row["id"] for row in rows]
