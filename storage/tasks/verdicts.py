"""The verdict on a work, and taking it back within a minute.

The trainee's notice waits for that minute, so nobody reads «принято» and then something else.
"""

import sqlite3
from datetime import datetime, timedelta

from storage import outbox
from storage.audit import By, Deed, record
from storage.tasks import reviewing
from storage.tasks.reviewers import Reviewer
from storage.tasks.reviewing import Opened, Trouble
from storage.tasks.reviews import Verdict
from storage.times import stored

UNDO = timedelta(minutes=1)
"""So long a verdict can be taken back; the trainee's notice waits for it."""

VERDICT = "task-verdict"
"""Kind of the notice to the trainee."""


def decide(
    conn: sqlite3.Connection,
    submission_id: int,
    verdict: Verdict,
    reviewer: Reviewer,
    *,
    now: datetime,
) -> Opened | Trouble:
    """Accept or return. Handled again, the same press changes nothing and finds the verdict."""
    decided = _decided_by(conn, submission_id, verdict, reviewer.id)
    if decided is not None:
        return decided
    opened = reviewing.claim(conn, submission_id, reviewer, now=now)
    if isinstance(opened, Trouble):
        return opened
    review = opened.review
    if verdict is Verdict.RETURNED and not (review.comment.strip() or review.voice_file_id):
        return Trouble.NO_REASON
    if verdict is Verdict.ACCEPTED and set(review.points) != {c.id for c in opened.task.criteria}:
        return Trouble.NO_POINTS
    conn.execute(
        "UPDATE reviews SET verdict = ?, decided_at = ? WHERE id = ?",
        (verdict, stored(now), review.id),
    )
    conn.execute("UPDATE submissions SET state = ? WHERE id = ?", (verdict, submission_id))
    record(
        conn,
        By(reviewer.id, now),
        Deed.WORK_JUDGED,
        about=opened.submission.person_id,
        object=f"work:{submission_id}",
        after={"verdict": verdict.value},
    )
    outbox.put(
        conn,
        f"task:{opened.task.id}:verdict:{review.id}:{stored(now)}",
        person_id=opened.submission.person_id,
        kind=VERDICT,
        due_at=now + UNDO,
        payload={"review": review.id, "decided": stored(now)},
    )
    return reviewing.opened(conn, submission_id) or Trouble.GONE


def undo(
    conn: sqlite3.Connection, submission_id: int, *, reviewer: int, now: datetime
) -> Opened | Trouble:
    """Take one's own verdict back while the trainee has not been told."""
    opened = reviewing.opened(conn, submission_id)
    if opened is None or opened.review.reviewer_id != reviewer:
        return Trouble.GONE
    if opened.review.verdict is None:  # taken back already: the same press again
        return opened
    decided = opened.review.decided_at
    newer = conn.execute(
        "SELECT 1 FROM submissions WHERE task_id = ? AND person_id = ? AND version > ?",
        (opened.task.id, opened.submission.person_id, opened.submission.version),
    ).fetchone()
    if decided is None or now >= decided + UNDO or newer is not None:
        return Trouble.TOO_LATE
    conn.execute(
        "UPDATE reviews SET verdict = NULL, decided_at = NULL WHERE id = ?", (opened.review.id,)
    )
    conn.execute(
        "UPDATE submissions SET state = 'waiting', claimed_by = ?, claimed_at = ? WHERE id = ?",
        (reviewer, stored(now), submission_id),
    )
    record(
        conn,
        By(reviewer, now),
        Deed.WORK_UNJUDGED,
        about=opened.submission.person_id,
        object=f"work:{submission_id}",
        before={"verdict": opened.review.verdict.value},
    )
    outbox.cancel(conn, f"task:{opened.task.id}:verdict:{opened.review.id}:", "taken-back")
    return reviewing.opened(conn, submission_id) or Trouble.GONE


def _decided_by(
    conn: sqlite3.Connection, submission_id: int, verdict: Verdict, reviewer: int
) -> Opened | None:
    opened = reviewing.opened(conn, submission_id)
    same = opened and (opened.review.verdict, opened.review.reviewer_id) == (verdict, reviewer)
    return opened if same else None
