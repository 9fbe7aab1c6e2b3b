"""Reviews as they are kept: a verdict, a comment or a voice message, points by criterion."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.times import moment


class Verdict(StrEnum):
    """What a review ends with."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Review:
    """A review, finished when it has a verdict. `points` by the criterion's id."""

    id: int
    submission_id: int
    reviewer_id: int | None
    verdict: Verdict | None
    comment: str
    voice_file_id: str | None
    decided_at: datetime | None
    points: dict[int, int]


def of_submission(conn: sqlite3.Connection, submission_id: int) -> Review | None:
    """The review of a version, finished or not."""
    row = conn.execute("SELECT * FROM reviews WHERE submission_id = ?", (submission_id,)).fetchone()
    return None if row is None else review_of(conn, row)


def find(conn: sqlite3.Connection, review_id: int) -> Review | None:
    """One review."""
    row = conn.execute("SELECT * FROM reviews WHERE id = ?", (review_id,)).fetchone()
    return None if row is None else review_of(conn, row)


def last_return(conn: sqlite3.Connection, task_id: int, person_id: int) -> Review | None:
    """Why the work was returned last: it stands next to the next upload."""
    row = conn.execute(
        "SELECT r.* FROM reviews r JOIN submissions s ON s.id = r.submission_id"
        " WHERE s.task_id = ? AND s.person_id = ? AND r.verdict = 'returned'"
        " ORDER BY s.version DESC LIMIT 1",
        (task_id, person_id),
    ).fetchone()
    return None if row is None else review_of(conn, row)


def review_of(conn: sqlite3.Connection, row: sqlite3.Row) -> Review:
    """The review of a row of `reviews`."""
    points = conn.execute(
        "SELECT criterion_id, points FROM review_points WHERE review_id = ?", (row["id"],)
    )
    return Review(
        id=row["id"],
        submission_id=row["submission_id"],
        reviewer_id=row["reviewer_id"],
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        comment=row["comment"],
        voice_file_id=row["voice_file_id"],
        decided_at=moment(row["decided_at"]),
        points={each[0]: each[1] for each in points},
    )


def return_before(
    conn: sqlite3.Connection, task_id: int, person_id: int, version: int
) -> Review | None:
    """Why the last version before this one was returned."""
    row = conn.execute(
        "SELECT r.* FROM reviews r JOIN submissions s ON s.id = r.submission_id"
        " WHERE s.task_id = ? AND s.person_id = ? AND s.version < ? AND r.verdict = 'returned'"
        " ORDER BY s.version DESC LIMIT 1",
        (task_id, person_id, version),
    ).fetchone()
    return None if row is None else review_of(conn, row)
