"""A task after it was given out: its dates move, it is withdrawn, some get more time."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from storage.audit import By, Deed, Value, record
from storage.times import moment, stored


def move(
    conn: sqlite3.Connection,
    task_id: int,
    *,
    due: datetime | None,
    cutoff: datetime | None,
    by: By | None = None,
) -> bool:
    """Set deadline and cut-off; True if anything changed (then one corrected notice goes out)."""
    row = conn.execute("SELECT due_at FROM tasks WHERE id = ?", (task_id,)).fetchone()
    changed = conn.execute(
        "UPDATE tasks SET due_at = ?1, cutoff_at = ?2, revision = revision + 1"
        " WHERE id = ?3 AND (due_at IS NOT ?1 OR cutoff_at IS NOT ?2)",
        (stored(due), stored(cutoff), task_id),
    ).rowcount
    if changed:
        before, after = _until(moment(row["due_at"])), _until(due)
        record(conn, by, Deed.TASK_MOVED, object=f"task:{task_id}", before=before, after=after)
    return changed > 0


def _until(due: datetime | None) -> dict[str, Value]:
    return {} if due is None else {"until": stored(due)}


def withdraw(
    conn: sqlite3.Connection, task_id: int, *, now: datetime, by: By | None = None
) -> None:
    """Ask it no longer. What was handed in stays and can still be judged."""
    changed = conn.execute(
        "UPDATE tasks SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
        (stored(now), task_id),
    ).rowcount
    if changed:
        record(conn, by, Deed.TASK_WITHDRAWN, object=f"task:{task_id}")


def extend(
    conn: sqlite3.Connection,
    task_id: int,
    people: Iterable[int],
    due: datetime,
    *,
    granted_by: int,
    now: datetime,
) -> None:
    """Give people until then; an extension given before is replaced."""
    conn.executemany(
        "INSERT INTO task_extensions (task_id, person_id, due_at, granted_by, granted_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET due_at = excluded.due_at,"
        " granted_by = excluded.granted_by, granted_at = excluded.granted_at",
        [(task_id, person, stored(due), granted_by, stored(now)) for person in people],
    )
