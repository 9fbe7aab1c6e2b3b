"""What Telegram sent: a row before it is confirmed, wiped once it is handled.

The ids of handled updates stay for `KEPT`, so that one sent again is known.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.times import moment, stored

KEPT = timedelta(days=8)
"""Telegram keeps an update for at most 24 hours, and numbers restart after a week of silence."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update as received.

    Attributes:
        update_id: Telegram's number, unique for the bot.
        chat: updates of one chat are handled in order; 0 = belongs to none.
        payload: the raw JSON.
    """

    update_id: int
    chat: int
    payload: bytes


def record(conn: sqlite3.Connection, updates: Sequence[Update], now: datetime) -> list[Update]:
    """Keep updates; returns those not seen before, in the order given."""
    received_at = stored(now)
    fresh = []
    for update in updates:
        cursor = conn.execute(
            "INSERT INTO inbox (update_id, chat, received_at, payload) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (update.update_id, update.chat, received_at, update.payload),
        )
        if cursor.rowcount:
            fresh.append(update)
    return fresh


def unhandled(conn: sqlite3.Connection) -> list[Update]:
    """Everything received and not handled, oldest first."""
    rows = conn.execute(
        "SELECT update_id, chat, payload FROM inbox WHERE state = 'new' ORDER BY update_id"
    )
    return [Update(row["update_id"], row["chat"], row["payload"]) for row in rows]


def finish(conn: sqlite3.Connection, update_ids: Iterable[int]) -> None:
    """These are handled: their content is wiped, their ids stay."""
    conn.executemany(
        "UPDATE inbox SET state = 'done', payload = NULL WHERE update_id = ? AND state = 'new'",
        [(update_id,) for update_id in update_ids],
    )


def set_aside(conn: sqlite3.Connection, update_id: int, reason: str) -> None:
    """This one cannot be handled; `reason` is the kind of error, never content.

    The payload stays for whoever looks for the fault, until `purge`.
    """
    conn.execute(
        "UPDATE inbox SET state = 'aside', reason = ? WHERE update_id = ? AND state = 'new'",
        (reason[:200], update_id),
    )


def oldest(conn: sqlite3.Connection) -> datetime | None:
    """When the oldest unhandled update was received; None if all are handled."""
    row = conn.execute(
        "SELECT received_at FROM inbox WHERE state = 'new' ORDER BY update_id LIMIT 1"
    ).fetchone()
    return None if row is None else moment(row["received_at"])


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """Rows by state."""
    rows = conn.execute("SELECT state, count(*) AS n FROM inbox GROUP BY state")
    return {row["state"]: row["n"] for row in rows}


def purge(conn: sqlite3.Connection, now: datetime) -> int:
    """Forget handled and set-aside rows older than `KEPT`; returns how many."""
    cursor = conn.execute(
        "DELETE FROM inbox WHERE state <> 'new' AND received_at < ?", (stored(now - KEPT),)
    )
    return cursor.rowcount
