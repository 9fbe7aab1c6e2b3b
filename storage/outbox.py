"""What the bot starts itself: one row per message to one person, under a natural key.

A row is `waiting` until it is due; `sending` from the moment just before the call to Telegram;
then `sent`, `dropped` (it no longer applied, with the reason), `failed` (Telegram refused) or
`unknown` (it may have arrived: the process ended, or the connection broke, before the answer).
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.times import moment, stored

NOTICE = 1
"""Lane of reminders, receipts and digests. One of unknown fate is repeated once."""

BROADCAST = 2
"""Lane of what goes to many at once. One of unknown fate is never repeated: its author sees it."""

CORRECTION = "notice-correction"
WITHDRAWAL = "notice-withdrawal"
EVENT_CORRECTION = "event-correction"
REPEATABLE = (CORRECTION, WITHDRAWAL, EVENT_CORRECTION)
"""Kinds that change a message already sent: doing it again does no harm, so no fate is unknown."""

INVITATION = "event-announcement"
WITHOUT_AUTHOR = (INVITATION,)
"""Kinds for many behind which stands nobody who sees what is unknown: repeated once."""

SUMMARY = "summary"
"""The kind that gathers what was over somebody's week (storage/peace.py)."""

TOO_LATE = "too-late"
REPEATED = "repeated"
INTERRUPTED = "interrupted"
MERGED = "merged"
IN_SUMMARY = "in-summary"


@dataclass(frozen=True)
class Outgoing:
    """A row to be sent."""

    id: int
    key: str
    person_id: int
    kind: str
    payload: Mapping[str, Any]
    lane: int
    due_at: datetime
    attempts: int
    reason: str | None
    notice_id: int | None = None


def put(
    conn: sqlite3.Connection,
    key: str,
    *,
    person_id: int,
    kind: str,
    due_at: datetime,
    payload: Mapping[str, Any] | None = None,
    lane: int = NOTICE,
    expires_at: datetime | None = None,
) -> bool:
    """Plan a message; False if one with this key is planned or was sent already.

    Args:
        conn: the store.
        key: says what it is to whom, so that planning twice sends once: `reminder:17:person:5`.
        person_id: `people.id` of the recipient.
        kind: which composer words it when it is sent (bot/delivery/composers.py).
        due_at: not before this.
        payload: references the composer needs (ids), never answers.
        lane: NOTICE or BROADCAST.
        expires_at: too late after this: dropped and counted.
    """
    cursor = conn.execute(
        "INSERT INTO outbox (key, person_id, kind, payload, lane, due_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (
            key,
            person_id,
            kind,
            json.dumps(dict(payload or {}), ensure_ascii=False),
            lane,
            stored(due_at),
            stored(expires_at),
        ),
    )
    return cursor.rowcount == 1


def keys(conn: sqlite3.Connection, prefix: str) -> frozenset[str]:
    """What was planned under keys that begin so; `prefix` ends with a colon."""
    # «;» follows «:», which makes it a range of the index.
    rows = conn.execute(
        "SELECT key FROM outbox WHERE key >= ? AND key < ?", (prefix, f"{prefix[:-1]};")
    )
    return frozenset(row["key"] for row in rows)


@dataclass(frozen=True, slots=True)
class Hush:
    """Who is left in peace now: whoever chose no zone (`home`), whoever chose one of `zones`.

    `but` are the kinds that are sent all the same.
    """

    home: bool = False
    zones: frozenset[str] = frozenset()
    but: tuple[str, ...] = ()


LOUD = Hush()


def due(
    conn: sqlite3.Connection,
    now: datetime,
    *,
    limit: int,
    hush: Hush = LOUD,
    kinds: Collection[str] | None = None,
    besides: Collection[int] = (),
) -> list[Outgoing]:
    """What may be sent now, most urgent lane first.

    `hush` leaves people to their night; `kinds` narrows it; `besides` are rows that somebody sees
    to already.
    """
    # Few chose a zone: their ids are a short list, whichever way round it is asked.
    own = "SELECT id FROM people WHERE zone IS NOT NULL AND zone"
    asleep = "IN (SELECT value FROM json_each(?6))"
    awake = (
        f"CASE WHEN ?5 THEN person_id IN ({own} NOT {asleep})"
        f" ELSE person_id NOT IN ({own} {asleep}) END"
    )
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM outbox"  # noqa: S608 - lists of ours
        " WHERE state = 'waiting' AND held = 0 AND due_at <= ?1"
        f" AND (kind IN (SELECT value FROM json_each(?2)) OR {awake})"
        " AND (?7 IS NULL OR kind IN (SELECT value FROM json_each(?7)))"
        " AND id NOT IN (SELECT value FROM json_each(?4))"
        " ORDER BY lane, due_at, id LIMIT ?3",
        (
            stored(now),
            json.dumps(sorted(hush.but)),
            limit,
            json.dumps(list(besides)),
            hush.home,
            json.dumps(sorted(hush.zones)),
            None if kinds is None else json.dumps(sorted(kinds)),
        ),
    )
    return [outgoing_of(row) for row in rows]


_COLUMNS = "id, key, person_id, kind, payload, lane, due_at, attempts, reason, notice_id"


def outgoing_of(row: sqlite3.Row) -> Outgoing:
    """The message of a whole row."""
    return Outgoing(
        id=row["id"],
        key=row["key"],
        person_id=row["person_id"],
        kind=row["kind"],
        payload=json.loads(row["payload"]),
        lane=row["lane"],
        due_at=moment(row["due_at"]),
        attempts=row["attempts"],
        reason=row["reason"],
        notice_id=row["notice_id"],
    )


def own(conn: sqlite3.Connection, row_id: int, person_id: int) -> Outgoing | None:
    """A message to this very person, whatever became of it: a button's id may be forged."""
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE id = ? AND person_id = ?",  # noqa: S608 - a list of ours
        (row_id, person_id),
    ).fetchone()
    return None if row is None else outgoing_of(row)


def claim(conn: sqlite3.Connection, row_id: int) -> bool:
    """Take a waiting row just before it is sent; False if it no longer waits, or is held back."""
    cursor = conn.execute(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1"
        " WHERE id = ? AND state = 'waiting' AND held = 0",
        (row_id,),
    )
    return cursor.rowcount == 1


def sent(
    conn: sqlite3.Connection,
    row_id: int,
    message_ids: Sequence[int],
    now: datetime,
    *,
    covers: Sequence[int] = (),
) -> None:
    """Telegram has it: one message, or those of an album. `covers` are rows merged into it."""
    album = json.dumps(list(message_ids)) if len(message_ids) > 1 else None
    conn.execute(
        "UPDATE outbox SET state = 'sent', message_id = ?, message_ids = ?, sent_at = ?,"
        " reason = NULL WHERE id = ?",
        (message_ids[0] if message_ids else None, album, stored(now), row_id),
    )
    if covers:
        conn.executemany(
            "UPDATE outbox SET reason = ? WHERE id = ? AND reason = ?",
            [(IN_SUMMARY, one, MERGED) for one in covers],
        )


def end(conn: sqlite3.Connection, row_id: int, state: str, reason: str) -> bool:
    """It will not be sent: `dropped`, `failed` or `unknown`, with a code that says why.

    False if its fate is decided already: it was cancelled meanwhile.
    """
    cursor = conn.execute(
        "UPDATE outbox SET state = ?, reason = ? WHERE id = ? AND state IN ('waiting', 'sending')",
        (state, reason, row_id),
    )
    return cursor.rowcount == 1


def postpone(
    conn: sqlite3.Connection, row_id: int, due_at: datetime, *, reason: str | None = None
) -> None:
    """It was not sent; try again then. `reason` None keeps what was noted before."""
    conn.execute(
        "UPDATE outbox SET state = 'waiting', due_at = ?, reason = coalesce(?, reason)"
        " WHERE id = ? AND state IN ('waiting', 'sending')",
        (stored(due_at), reason, row_id),
    )


def cancel(conn: sqlite3.Connection, key_prefix: str, reason: str) -> int:
    """Drop what still waits under keys that begin so; returns how many."""
    cursor = conn.execute(
        "UPDATE outbox SET state = 'dropped', reason = ?"
        " WHERE state = 'waiting' AND substr(key, 1, length(?)) = ?",
        (reason, key_prefix, key_prefix),
    )
    return cursor.rowcount


def expire(conn: sqlite3.Connection, now: datetime) -> int:
    """Drop what is too late; returns how many."""
    cursor = conn.execute(
        "UPDATE outbox SET state = 'dropped', reason = ?"
        " WHERE state = 'waiting' AND due_at <= ? AND expires_at <= ?",
        (TOO_LATE, stored(now), stored(now)),
    )
    return cursor.rowcount


def recover(conn: sqlite3.Connection) -> int:
    """At start: decide about what the last run left `sending`; returns how many.

    Whether Telegram got it is not known. A notice is repeated once (twice is better than never),
    and an invitation to an event; a broadcast is not, and its sender is shown the number.
    """
    repeated = conn.execute(
        "UPDATE outbox SET state = 'waiting', reason = ?1 WHERE state = 'sending'"
        " AND (kind IN (SELECT value FROM json_each(?3))"
        "  OR ((lane = ?2 OR kind IN (SELECT value FROM json_each(?4)))"
        "   AND coalesce(reason, '') <> ?1))",
        (REPEATED, NOTICE, json.dumps(REPEATABLE), json.dumps(WITHOUT_AUTHOR)),
    ).rowcount
    unknown = conn.execute(
        "UPDATE outbox SET state = 'unknown', reason = ? WHERE state = 'sending'", (INTERRUPTED,)
    ).rowcount
    return repeated + unknown


def counts(conn: sqlite3.Connection, key_prefix: str = "") -> dict[str, int]:
    """Rows by state, of all keys that begin so."""
    rows = conn.execute(
        "SELECT state, count(*) AS n FROM outbox WHERE substr(key, 1, length(?)) = ?"
        " GROUP BY state",
        (key_prefix, key_prefix),
    )
    return {row["state"]: row["n"] for row in rows}


def reasons(conn: sqlite3.Connection, key_prefix: str = "") -> dict[tuple[str, str], int]:
    """(state, reason) → rows, of all that were not simply sent and whose key begins so."""
    rows = conn.execute(
        "SELECT state, reason, count(*) AS n FROM outbox"
        " WHERE substr(key, 1, length(?)) = ? AND reason IS NOT NULL GROUP BY state, reason",
        (key_prefix, key_prefix),
    )
    return {(row["state"], row["reason"]): row["n"] for row in rows}
