"""The programme of a group: its tasks as stages in an order, and when each opens to a trainee."""

import sqlite3
from datetime import datetime

from storage.times import moment


def next_stage(conn: sqlite3.Connection, group_id: int | None) -> int:
    """The place behind the last stage of a group (withdrawn ones keep theirs)."""
    row = conn.execute(
        "SELECT coalesce(max(stage), 0) + 1 FROM tasks WHERE group_id = ?", (group_id,)
    ).fetchone()
    return int(row[0])


def stages(conn: sqlite3.Connection, group_id: int) -> list[int]:
    """The tasks of a programme that are still asked, first stage first."""
    rows = conn.execute(
        "SELECT id FROM tasks WHERE group_id = ? AND stage IS NOT NULL AND withdrawn_at IS NULL"
        " ORDER BY stage",
        (group_id,),
    )
    return [row[0] for row in rows]


def place_at(conn: sqlite3.Connection, task_id: int, place: int) -> bool:
    """Put a stage at this place (from 1) of its programme; the others keep their order.

    Returns:
        Whether anything moved; False also where the task is no stage of a programme.
    """
    row = conn.execute("SELECT group_id, stage FROM tasks WHERE id = ?", (task_id,)).fetchone()
    if row is None or row["group_id"] is None or row["stage"] is None:
        return False
    before = stages(conn, row["group_id"])
    if task_id not in before:
        return False
    after = [one for one in before if one != task_id]
    after.insert(max(0, min(place - 1, len(after))), task_id)
    if after == before:
        return False
    taken = conn.execute(
        "SELECT coalesce(max(stage), 0) FROM tasks WHERE group_id = ?", (row["group_id"],)
    ).fetchone()[0]
    # Behind all places that are taken first: no two stages may stand at one, not even for a moment.
    conn.executemany(
        "UPDATE tasks SET stage = ? WHERE id = ?",
        [(taken + number, one) for number, one in enumerate(after, 1)],
    )
    return True


def opens_after(conn: sqlite3.Connection, task_id: int, *, previous: bool) -> None:
    """Open a stage when the one before is accepted, or by its own date."""
    conn.execute(
        "UPDATE tasks SET after_previous = ? WHERE id = ? AND stage IS NOT NULL",
        (int(previous), task_id),
    )


def before(conn: sqlite3.Connection, group_id: int | None, stage: int | None) -> int | None:
    """The task before a stage, of those still asked; None for the first."""
    row = conn.execute(
        "SELECT id FROM tasks WHERE group_id = ? AND stage < ? AND withdrawn_at IS NULL"
        " ORDER BY stage DESC LIMIT 1",
        (group_id, stage),
    ).fetchone()
    return None if row is None else int(row[0])


def accepted(conn: sqlite3.Connection, task_id: int) -> dict[int, datetime]:
    """When each person's work for a task was accepted."""
    rows = conn.execute(
        "SELECT s.person_id, r.decided_at FROM submissions s JOIN reviews r"
        " ON r.submission_id = s.id WHERE s.state = 'accepted' AND s.task_id = ?",
        (task_id,),
    )
    return {row[0]: moment(row[1]) for row in rows}


def place(conn: sqlite3.Connection, task_id: int) -> tuple[int, int] | None:
    """A stage's number among those still asked, from 1, and how many there are."""
    row = conn.execute("SELECT group_id FROM tasks WHERE id = ?", (task_id,)).fetchone()
    every = [] if row is None or row[0] is None else stages(conn, row[0])
    return (every.index(task_id) + 1, len(every)) if task_id in every else None
