"""What somebody is collecting: rows from the first message on, nothing waits in memory."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.tasks import audience as task_audience
from storage.tasks.sending import Sending
from storage.tasks.submissions import SUBMISSION, Item, NewItem, Submission, items, submission_of
from storage.tasks.twins import link_key
from storage.times import stored
from surveys import tasks as rules
from surveys.tasks import Content, Refusal


def draft(conn: sqlite3.Connection, task_id: int, person_id: int) -> Submission | None:
    """What somebody is collecting for a task."""
    row = conn.execute(
        f"{SUBMISSION} WHERE s.task_id = ? AND s.person_id = ? AND s.state = 'draft'",
        (task_id, person_id),
    ).fetchone()
    return None if row is None else submission_of(row)


def begin(
    conn: sqlite3.Connection, task_id: int, person_id: int, *, now: datetime
) -> Submission | Refusal | Sending:
    """The draft, begun if there is none; or why nothing can be handed in now."""
    found = task_audience.asked_of(conn, task_id, person_id)
    if found is None:
        return Sending.NOT_ASKED
    refusal = found.refusal(now)
    if refusal is not None:
        return refusal
    conn.execute(
        "INSERT INTO submissions (task_id, person_id, version, attempt, state, created_at)"
        " SELECT ?1, ?2, coalesce(max(version), 0) + 1, ?3, 'draft', ?4 FROM submissions"
        " WHERE task_id = ?1 AND person_id = ?2"
        " ON CONFLICT (task_id, person_id) WHERE state = 'draft' DO NOTHING",
        (task_id, person_id, rules.attempt_of_next(found.versions), stored(now)),
    )
    made = draft(conn, task_id, person_id)
    return made if made is not None else Sending.NO_DRAFT


def add(
    conn: sqlite3.Connection, task_id: int, person_id: int, new: Sequence[NewItem]
) -> tuple[Item, ...] | None:
    """Put things into the draft; what is there from the same message stays as it is.

    Returns:
        Everything collected so far; None if there is no draft (it was sent meanwhile).
    """
    own = draft(conn, task_id, person_id)
    if own is None:
        return None
    conn.executemany(
        "INSERT INTO submission_items (submission_id, source, content, text, link_key, file_id,"
        " file_unique_id, name, stored_name, type, size, sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (
                own.id,
                each.source,
                each.content,
                each.text,
                link_key(each.text) if each.content is Content.LINK else None,
                each.file_id,
                each.file_unique_id,
                each.name,
                each.stored_name,
                each.type,
                each.size,
                each.sha256,
            )
            for each in new
        ],
    )
    return items(conn, own.id)


def holds(conn: sqlite3.Connection, submission_id: int, source: str) -> bool:
    """Whether a message was taken already: an update handled again downloads nothing."""
    row = conn.execute(
        "SELECT 1 FROM submission_items WHERE submission_id = ?"
        " AND (source = ? OR source LIKE ? || ':%')",
        (submission_id, source, source),
    ).fetchone()
    return row is not None


def take_out(conn: sqlite3.Connection, item_id: int, person_id: int) -> int | None:
    """Remove one thing from one's own draft; its task, None if it is not one's."""
    row = conn.execute(
        "SELECT s.task_id FROM submission_items i"
        " JOIN submissions s ON s.id = i.submission_id"
        " WHERE i.id = ? AND s.person_id = ? AND s.state = 'draft'",
        (item_id, person_id),
    ).fetchone()
    if row is None:
        return None
    conn.execute("DELETE FROM submission_items WHERE id = ?", (item_id,))
    return int(row[0])


def discard(conn: sqlite3.Connection, task_id: int, person_id: int) -> None:
    """Throw a draft away."""
    conn.execute(
        "DELETE FROM submissions WHERE task_id = ? AND person_id = ? AND state = 'draft'",
        (task_id, person_id),
    )


def screen(conn: sqlite3.Connection, draft_id: int) -> int | None:
    """The message of its owner's chat that shows a draft."""
    row = conn.execute("SELECT screen FROM submissions WHERE id = ?", (draft_id,)).fetchone()
    return None if row is None else row[0]


def show_on(conn: sqlite3.Connection, draft_id: int, message: int | None) -> None:
    """From now on that message shows the draft; None: none does."""
    conn.execute(
        "UPDATE submissions SET screen = ? WHERE id = ? AND state = 'draft'", (message, draft_id)
    )
