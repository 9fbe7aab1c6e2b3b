"""Judging a work: a claim, points, a comment; the verdict is in `storage.tasks.verdicts`.

Everything here takes the reviewer: a work that is not theirs to see is not there. A claim keeps two
reviewers from judging the same; it lapses when nothing was done with it for a while.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.tasks import queue, reviews, submissions, tasks
from storage.tasks.reviewers import Reviewer
from storage.tasks.reviews import Review
from storage.tasks.submissions import Submission
from storage.tasks.tasks import Task
from storage.times import stored
from surveys.tasks import VersionState


class Trouble(StrEnum):
    """Why a step of a review was not taken."""

    GONE = "gone"  # no such work within the scopes
    TAKEN = "taken"  # somebody else is judging it
    REPLACED = "replaced"  # the trainee has sent a newer version
    DECIDED = "decided"
    NO_POINTS = "no-points"
    NO_REASON = "no-reason"
    TOO_LATE = "too-late"  # to take it back


@dataclass(frozen=True, slots=True)
class Opened:
    """A work opened for review: all that its screen needs."""

    submission: Submission
    task: Task
    review: Review
    previous: Review | None


def claim(
    conn: sqlite3.Connection,
    submission_id: int,
    reviewer: Reviewer,
    *,
    now: datetime,
) -> Opened | Trouble:
    """Take a work for judging, or go on with it: that it was opened is noted once."""
    found = _judgeable(conn, submission_id, reviewer, now=now)
    if isinstance(found, Trouble):
        return found
    if found.claimed_by != reviewer.id:
        record(
            conn,
            By(reviewer.id, now),
            Deed.WORK_OPENED,
            about=found.person_id,
            object=f"work:{submission_id}",
        )
    conn.execute(
        "UPDATE submissions SET claimed_by = ?, claimed_at = ? WHERE id = ?",
        (reviewer.id, stored(now), submission_id),
    )
    conn.execute(  # what another reviewer thought of it is not this one's judgement
        "DELETE FROM review_points WHERE review_id = (SELECT id FROM reviews"
        " WHERE submission_id = ? AND reviewer_id IS NOT ? AND verdict IS NULL)",
        (submission_id, reviewer.id),
    )
    conn.execute(
        "INSERT INTO reviews (submission_id, reviewer_id) VALUES (?1, ?2)"
        " ON CONFLICT (submission_id) DO UPDATE SET reviewer_id = ?2, comment = '',"
        " voice_file_id = NULL WHERE reviewer_id IS NOT ?2 AND verdict IS NULL",
        (submission_id, reviewer.id),
    )
    return opened(conn, submission_id) or Trouble.GONE


def release(conn: sqlite3.Connection, submission_id: int, reviewer: int) -> None:
    """Leave a work to others; points and comment stay until somebody else takes it."""
    conn.execute(
        "UPDATE submissions SET claimed_by = NULL, claimed_at = NULL"
        " WHERE id = ? AND claimed_by = ? AND state = 'waiting'",
        (submission_id, reviewer),
    )


def give_points(
    conn: sqlite3.Connection,
    submission_id: int,
    criterion_id: int,
    points: int,
    reviewer: Reviewer,
    *,
    now: datetime,
) -> Opened | Trouble:
    """Points for one criterion of this very task; beyond its most nothing is written."""
    found = claim(conn, submission_id, reviewer, now=now)
    if isinstance(found, Trouble):
        return found
    most = {one.id: one.points for one in found.task.criteria}.get(criterion_id)
    if most is None or not 0 <= points <= most:
        return Trouble.GONE
    conn.execute(
        "INSERT INTO review_points (review_id, criterion_id, points) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET points = excluded.points",
        (found.review.id, criterion_id, points),
    )
    return opened(conn, submission_id) or Trouble.GONE


def comment(
    conn: sqlite3.Connection,
    submission_id: int,
    reviewer: Reviewer,
    *,
    now: datetime,
    text: str = "",
    voice_file_id: str | None = None,
) -> Opened | Trouble:
    """Replace the comment by these words, or by this voice message."""
    found = claim(conn, submission_id, reviewer, now=now)
    if isinstance(found, Trouble):
        return found
    conn.execute(
        "UPDATE reviews SET comment = ?, voice_file_id = ? WHERE id = ?",
        (text, voice_file_id, found.review.id),
    )
    return opened(conn, submission_id) or Trouble.GONE


def _judgeable(
    conn: sqlite3.Connection,
    submission_id: int,
    reviewer: Reviewer,
    *,
    now: datetime,
) -> Submission | Trouble:
    found = queue.visible(conn, submission_id, reviewer)
    if found is None or found.person_id == reviewer.id:
        return Trouble.GONE
    if found.state is VersionState.REPLACED:
        return Trouble.REPLACED
    if found.state is not VersionState.WAITING:
        return Trouble.DECIDED
    if queue.holder(found, now) not in {None, reviewer.id}:
        return Trouble.TAKEN
    return found


def opened(conn: sqlite3.Connection, submission_id: int) -> Opened | None:
    """A work with its task and its review, begun or finished."""
    submission = submissions.find(conn, submission_id)
    review = reviews.of_submission(conn, submission_id)
    if submission is None or review is None:
        return None
    task = tasks.find(conn, submission.task_id)
    if task is None:
        return None
    before = reviews.return_before(conn, task.id, submission.person_id, submission.version)
    return Opened(submission, task, review, before)
