"""Troubles of the running bot: each has a key, a beginning and an end; admins are told of both.

A state (disk low) lasts until it is said to be over. An error is known by its id, counted, and new
again a day after it was first seen. Notices are numbered: whatever is untold goes into the next
one, at most one in `GAP`, so that a bot in trouble does not flood its administrators.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import facts, outbox
from storage.times import moment, stored

KIND = "trouble"
"""Of the outbox."""
GAP = timedelta(minutes=10)
FRESH = timedelta(days=1)
"""An error seen again after this is told again."""
KEPT = timedelta(days=30)
"""How long what is over is remembered."""
ERROR = "error:"
_LAST = "last-trouble-notice"

Detail = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One; `over_at` is None while it lasts (an error is never over)."""

    key: str
    since: datetime
    last_at: datetime
    times: int
    detail: Detail
    over_at: datetime | None

    @property
    def error(self) -> str | None:
        """The id of an error; None for a state."""
        return self.key.removeprefix(ERROR) if self.key.startswith(ERROR) else None


def begin(conn: sqlite3.Connection, key: str, detail: Detail, *, now: datetime) -> None:
    """It is so; said again while it lasts, it is counted."""
    row = conn.execute("SELECT since, over_at FROM troubles WHERE key = ?", (key,)).fetchone()
    lasts = row is not None and row["over_at"] is None
    if lasts and not (key.startswith(ERROR) and moment(row["since"]) <= now - FRESH):
        conn.execute(
            "UPDATE troubles SET last_at = ?, times = times + 1, detail = ? WHERE key = ?",
            (stored(now), json.dumps(dict(detail)), key),
        )
        return
    conn.execute(
        "INSERT OR REPLACE INTO troubles (key, since, last_at, detail) VALUES (?, ?, ?, ?)",
        (key, stored(now), stored(now), json.dumps(dict(detail))),
    )


def end(conn: sqlite3.Connection, key: str, *, now: datetime) -> None:
    """It is so no longer."""
    conn.execute(
        "UPDATE troubles SET over_at = ? WHERE key = ? AND over_at IS NULL", (stored(now), key)
    )


def plan(conn: sqlite3.Connection, telegram_ids: Collection[int], *, now: datetime) -> int:
    """One notice for each admin of all that is untold; how many were planned.

    What was over before anybody was told of it is not worth a notice. What ends before the notice
    of its beginning has left (in the night) is told by that one.
    """
    conn.execute(
        "DELETE FROM troubles WHERE coalesce(over_at, last_at) < ? AND (over_at IS NOT NULL OR"
        " key LIKE 'error:%')",
        (stored(now - KEPT),),
    )
    begun = _keys(conn, "told IS NULL AND over_at IS NULL")
    over = _keys(
        conn,
        "told IS NOT NULL AND told_over IS NULL AND over_at IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM outbox o WHERE o.kind = 'trouble' AND o.sent_at <= troubles.over_at"
        " AND o.key LIKE 'trouble:' || troubles.told || ':%')",
    )
    if not begun and not over:
        return 0
    number, at = _last(conn)
    places = ", ".join("?" for _ in telegram_ids)
    admins = conn.execute(
        f"SELECT id FROM people WHERE registered_at IS NOT NULL AND telegram_id IN ({places})",  # noqa: S608 - marks only
        tuple(telegram_ids),
    ).fetchall()
    if not admins or (at is not None and at > now - GAP):
        return 0
    number += 1
    for column, keys in (("told", begun), ("told_over", over)):
        conn.executemany(
            f"UPDATE troubles SET {column} = ? WHERE key = ?",  # noqa: S608 - named above
            [(number, key) for key in keys],
        )
    facts.put(conn, _LAST, f"{number} {stored(now)}")
    return sum(
        outbox.put(
            conn,
            f"trouble:{number}:person:{row['id']}",
            person_id=row["id"],
            kind=KIND,
            due_at=now,
            payload={"notice": number},
        )
        for row in admins
    )


def of_notice(conn: sqlite3.Connection, number: int) -> list[Trouble]:
    """What a notice tells, as it is now."""
    rows = conn.execute(
        "SELECT * FROM troubles WHERE told = ? OR told_over = ? ORDER BY since, key",
        (number, number),
    )
    return [_trouble(row) for row in rows]


def current(conn: sqlite3.Connection, *, now: datetime) -> list[Trouble]:
    """States that last, and errors of the last day; the newest first."""
    rows = conn.execute(
        "SELECT * FROM troubles WHERE over_at IS NULL AND (key NOT LIKE 'error:%' OR last_at > ?)"
        " ORDER BY last_at DESC, key",
        (stored(now - FRESH),),
    )
    return [_trouble(row) for row in rows]


def _keys(conn: sqlite3.Connection, condition: str) -> list[str]:
    return [row[0] for row in conn.execute(f"SELECT key FROM troubles WHERE {condition}")]  # noqa: S608 - ours


def _last(conn: sqlite3.Connection) -> tuple[int, datetime | None]:
    number, _, at = (facts.get(conn, _LAST) or "0").partition(" ")
    return int(number), moment(at) if at else None


def _trouble(row: sqlite3.Row) -> Trouble:
    return Trouble(
        row["key"],
        moment(row["since"]),
        moment(row["last_at"]),
        row["times"],
        json.loads(row["detail"]),
        None if row["over_at"] is None else moment(row["over_at"]),
    )
