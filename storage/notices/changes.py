"""What may still be done about a sent notice: try again, say it differently, take it back."""

import sqlite3
from datetime import datetime

from storage import outbox
from storage.audit import By, Deed, record
from storage.notices.notices import KINDS, Notice, State, find
from storage.times import stored

RETRIABLE = (
    "(o.state = 'failed' AND (p.unreachable_since IS NULL))"
    " OR (o.state = 'dropped' AND o.reason = 'unreachable' AND p.unreachable_since IS NULL)"
    " OR (? AND o.state = 'unknown')"
)
"""SQL over `outbox o`, `people p`: what may be tried again; the argument: unknown ones too."""


def retriable(conn: sqlite3.Connection, notice_id: int, *, unknown: bool) -> int:
    """How many `retry` would send to."""
    row = conn.execute(
        "SELECT count(*) FROM outbox o JOIN people p ON p.id = o.person_id"  # noqa: S608 - a condition of ours
        f" WHERE o.notice_id = ? AND o.kind IN (?, ?) AND ({RETRIABLE})",
        (notice_id, *KINDS, unknown),
    ).fetchone()
    return int(row[0])


def retry(conn: sqlite3.Connection, notice_id: int, *, unknown: bool, now: datetime) -> int:
    """Try those again whom it has not reached and who can be reached now; how many.

    `unknown` sends to those as well who may have it already: only on somebody's express word.
    """
    changed = conn.execute(
        "UPDATE outbox SET state = 'waiting', reason = NULL, attempts = 0, due_at = ?, held = 0"  # noqa: S608 - a condition of ours
        " WHERE id IN (SELECT o.id FROM outbox o JOIN people p ON p.id = o.person_id"
        f" WHERE o.notice_id = ? AND o.kind IN (?, ?) AND ({RETRIABLE}))"
        " AND EXISTS (SELECT 1 FROM notices WHERE id = ? AND withdrawn_at IS NULL"
        " AND state IN ('done', 'cancelled', 'sending'))",
        (stored(now), notice_id, *KINDS, unknown, notice_id),
    ).rowcount
    if changed:
        conn.execute("UPDATE notices SET state = 'sending' WHERE id = ?", (notice_id,))
    return changed


def correct(
    conn: sqlite3.Connection,
    notice_id: int,
    text: str,
    *,
    revision: int,
    now: datetime,
    by: By | None = None,
) -> int:
    """Say it differently from now on, and edit what was sent; how many messages that are.

    `revision` is the one that was looked at: the same correction handled twice is made once. What
    has not begun is not corrected: a second person may have agreed to just this text.
    """
    notice = find(conn, notice_id)
    if notice is None or notice.planned_at is None or notice.withdrawn_at is not None:
        return 0
    if notice.revision != revision:
        return 0
    content = notice.content.model_copy(update={"text": text})
    conn.execute(
        "UPDATE notices SET content = ?, revision = revision + 1 WHERE id = ?",
        (content.model_dump_json(), notice_id),
    )
    record(conn, by, Deed.NOTICE_CORRECTED, object=f"notice:{notice_id}")
    # An older correction that still waits would only be overwritten.
    conn.execute(
        "DELETE FROM outbox WHERE notice_id = ? AND kind = ? AND state = 'waiting'",
        (notice_id, outbox.CORRECTION),
    )
    return _change(conn, notice, outbox.CORRECTION, f"fix:{revision + 1}", now=now)


def withdraw(
    conn: sqlite3.Connection, notice_id: int, *, now: datetime, by: By | None = None
) -> int:
    """Send nothing more and take back what was sent; how many messages that are."""
    notice = find(conn, notice_id)
    if notice is None or notice.withdrawn_at is not None:
        return 0
    conn.execute("UPDATE notices SET withdrawn_at = ? WHERE id = ?", (stored(now), notice_id))
    record(conn, by, Deed.NOTICE_WITHDRAWN, object=f"notice:{notice_id}")
    conn.execute(
        "UPDATE outbox SET state = 'dropped', reason = 'withdrawn', held = 0"
        " WHERE notice_id = ? AND state = 'waiting'",
        (notice_id,),
    )
    conn.execute(
        "UPDATE outbox SET reason = 'withdrawn' WHERE notice_id = ? AND state = 'dropped'"
        " AND reason = 'merged'",
        (notice_id,),
    )
    return _change(conn, notice, outbox.WITHDRAWAL, "withdraw", now=now)


def _change(
    conn: sqlite3.Connection, notice: Notice, kind: str, name: str, *, now: datetime
) -> int:
    """Plan a change of every message of the notice that Telegram has, or may have."""
    held = notice.state is State.PAUSED and kind == outbox.CORRECTION
    made = conn.execute(
        "INSERT INTO outbox (key, person_id, kind, lane, due_at, notice_id, payload, held)"
        " SELECT 'notice:' || ?1 || ':' || ?2 || ':person:' || o.person_id, o.person_id, ?3, ?4,"
        " ?5, ?1, json_object('notice', ?1, 'row', o.id), ?6 FROM outbox o WHERE o.notice_id = ?1"
        " AND o.kind IN (?7, ?8) AND o.state IN ('sent', 'sending', 'unknown')"
        " ON CONFLICT (key) DO NOTHING",
        (notice.id, name, kind, outbox.BROADCAST, stored(now), held, *KINDS),
    ).rowcount
    if made and not held:
        conn.execute("UPDATE notices SET state = 'sending' WHERE id = ?", (notice.id,))
    return made
