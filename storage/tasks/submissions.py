"""What a trainee hands in: versions and what is in each; collecting and sending stand beside."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.times import moment
from surveys.tasks import Content, VersionState

TEXT_LIMIT = 100_000
"""Characters of all texts of a version together: 25 of Telegram's longest messages."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """One thing that was sent; `source` names its message, so that it is kept once."""

    source: str
    content: Content
    text: str = ""
    file_id: str | None = None
    file_unique_id: str | None = None
    name: str = ""
    stored_name: str | None = None
    type: str | None = None
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Item(NewItem):
    """One thing of a version, with its id."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """One version. `late` in seconds; `claimed_by` is who is judging it."""

    id: int
    task_id: int
    person_id: int
    version: int
    attempt: int
    state: VersionState
    created_at: datetime
    submitted_at: datetime | None
    late: int
    claimed_by: int | None
    claimed_at: datetime | None


SUBMISSION = """
SELECT s.id, s.task_id, s.person_id, s.version, s.attempt, s.state, s.created_at, s.submitted_at,
  s.late_seconds, s.claimed_by, s.claimed_at FROM submissions s
"""


def submission_of(row: sqlite3.Row) -> Submission:
    """The version of a row selected with `SUBMISSION`."""
    return Submission(
        id=row["id"],
        task_id=row["task_id"],
        person_id=row["person_id"],
        version=row["version"],
        attempt=row["attempt"],
        state=VersionState(row["state"]),
        created_at=moment(row["created_at"]),
        submitted_at=moment(row["submitted_at"]),
        late=row["late_seconds"],
        claimed_by=row["claimed_by"],
        claimed_at=moment(row["claimed_at"]),
    )


def find(conn: sqlite3.Connection, submission_id: int) -> Submission | None:
    """One version, for anybody: whose it is the caller checks."""
    row = conn.execute(f"{SUBMISSION} WHERE s.id = ?", (submission_id,)).fetchone()
    return None if row is None else submission_of(row)


def history(conn: sqlite3.Connection, task_id: int, person_id: int) -> list[Submission]:
    """Every version somebody handed in for a task, oldest first; no draft."""
    rows = conn.execute(
        f"{SUBMISSION} WHERE s.task_id = ? AND s.person_id = ? AND s.state <> 'draft'"
        " ORDER BY s.version",
        (task_id, person_id),
    )
    return [submission_of(row) for row in rows]


def items(conn: sqlite3.Connection, submission_id: int) -> tuple[Item, ...]:
    """What a version consists of, in the order in which it was sent."""
    rows = conn.execute(
        "SELECT source, content, text, file_id, file_unique_id, name, stored_name, type, size,"
        " sha256, id FROM submission_items WHERE submission_id = ? ORDER BY id",
        (submission_id,),
    )
    return tuple(Item(row[0], Content(row[1]), *row[2:]) for row in rows)
