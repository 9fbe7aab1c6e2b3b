"""Reviews: the queue, who is judging what, points, the verdict, and taking it back within a minute.

Everything here takes the reviewer's scopes: a work of somebody outside them is not there. A claim
keeps two reviewers from judging the same; it lapses when nothing was done with it for a while.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage import outbox
from storage.scopes import Scope, within
from storage.tasks import submissions, tasks
from storage.tasks.submissions import SUBMISSION, Submission, submission_of
from storage.tasks.tasks import Task
from storage.times import moment, stored
from surveys.tasks import VersionState

CLAIM = timedelta(hours=2)
"""A claim with which nothing is done for so long is free again."""

UNDO = timedelta(minutes=1)
"""So long a verdict can be taken back; the trainee's notice waits for it."""

VERDICT = "task-verdict"
"""Kind of the notice to the trainee."""


class Verdict(StrEnum):
    """What a review ends with."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


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
class Queued:
    """A work in the queue; `again`: it was returned before; `by` is who is judging it now."""

    submission: Submission
    task_title: str
    task_number: str
    surname: str
    first_name: str
    patronymic: str
    municipality: str
    again: bool
    by: int | None
    review_by: datetime | None


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

    @property
    def total(self) -> int:
        """All points together."""
        return sum(self.points.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """A work opened for review: all that its screen needs."""

    submission: Submission
    task: Task
    review: Review
    previous: Review | None


def queue(
    conn: sqlite3.Connection, scopes: Sequence[Scope], *, reviewer: int, now: datetime
) -> list[Queued]:
    """The works that wait, oldest first; one's own are left to others."""
    inside, arguments = within(scopes, "p.municipality")
    rows = conn.execute(
        f"{SUBMISSION.replace(' FROM submissions s', _MORE)} JOIN tasks t ON t.id = s.task_id"
        " JOIN people p ON p.id = s.person_id"
        f" WHERE s.state = 'waiting' AND s.person_id <> ? AND {inside}"
        " ORDER BY s.submitted_at, s.id",
        [reviewer, *arguments],
    )
    return [
        Queued(
            submission=(own := submission_of(row)),
            task_title=row["title"],
            task_number=row["number"],
            surname=row["surname"],
            first_name=row["first_name"],
            patronymic=row["patronymic"],
            municipality=row["municipality"],
            again=own.attempt > 1,
            by=_holder(own, now),
            review_by=moment(row["review_until"]),
        )
        for row in rows
    ]


_MORE = (
    ", t.title, t.number, t.review_until, p.surname, p.first_name, p.patronymic, p.municipality"
    " FROM submissions s"
)


def next_free(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
    after: int = 0,
) -> int | None:
    """The oldest work that nobody else is judging, of those in the queue behind `after`.

    Behind the last the queue begins anew; a work that has left the queue has nothing behind it.
    """
    waiting = queue(conn, scopes, reviewer=reviewer, now=now)
    numbers = [each.submission.id for each in waiting]
    place = numbers.index(after) + 1 if after in numbers else 0
    turned = [*waiting[place:], *waiting[:place]]
    free = (
        each.submission.id
        for each in turned
        if each.by in {None, reviewer} and each.submission.id != after
    )
    return next(free, None)


def visible(
    conn: sqlite3.Connection, submission_id: int, scopes: Sequence[Scope]
) -> Submission | None:
    """A version of somebody within the scopes; no draft: that is its author's alone."""
    inside, arguments = within(scopes, "p.municipality")
    row = conn.execute(
        f"{SUBMISSION} JOIN people p ON p.id = s.person_id"
        f" WHERE s.id = ? AND s.state <> 'draft' AND {inside}",
        [submission_id, *arguments],
    ).fetchone()
    return None if row is None else submission_of(row)


def claim(
    conn: sqlite3.Connection,
    submission_id: int,
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
) -> Opened | Trouble:
    """Take a work for judging, or go on with it."""
    found = _judgeable(conn, submission_id, scopes, reviewer=reviewer, now=now)
    if isinstance(found, Trouble):
        return found
    conn.execute(
        "UPDATE submissions SET claimed_by = ?, claimed_at = ? WHERE id = ?",
        (reviewer, stored(now), submission_id),
    )
    conn.execute(
        "INSERT INTO reviews (submission_id, reviewer_id) VALUES (?1, ?2)"
        " ON CONFLICT (submission_id) DO UPDATE SET reviewer_id = ?2, comment = '',"
        " voice_file_id = NULL WHERE reviewer_id IS NOT ?2 AND verdict IS NULL",
        (submission_id, reviewer),
    )
    opened = _opened(conn, submission_id)
    return Trouble.GONE if opened is None else opened


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
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
) -> Opened | Trouble:
    """Points for one criterion of this very task; beyond its most nothing is written."""
    opened = claim(conn, submission_id, scopes, reviewer=reviewer, now=now)
    if isinstance(opened, Trouble):
        return opened
    most = {one.id: one.points for one in opened.task.criteria}.get(criterion_id)
    if most is None or not 0 <= points <= most:
        return Trouble.GONE
    conn.execute(
        "INSERT INTO review_points (review_id, criterion_id, points) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET points = excluded.points",
        (opened.review.id, criterion_id, points),
    )
    return _opened(conn, submission_id) or Trouble.GONE


def comment(
    conn: sqlite3.Connection,
    submission_id: int,
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
    text: str = "",
    voice_file_id: str | None = None,
) -> Opened | Trouble:
    """Replace the comment by these words, or by this voice message."""
    opened = claim(conn, submission_id, scopes, reviewer=reviewer, now=now)
    if isinstance(opened, Trouble):
        return opened
    conn.execute(
        "UPDATE reviews SET comment = ?, voice_file_id = ? WHERE id = ?",
        (text, voice_file_id, opened.review.id),
    )
    return _opened(conn, submission_id) or Trouble.GONE


def decide(
    conn: sqlite3.Connection,
    submission_id: int,
    verdict: Verdict,
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
) -> Opened | Trouble:
    """Accept or return. Handled again, the same press changes nothing and finds the verdict."""
    decided = _decided_by(conn, submission_id, verdict, reviewer)
    if decided is not None:
        return decided
    opened = claim(conn, submission_id, scopes, reviewer=reviewer, now=now)
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
    outbox.put(
        conn,
        f"task:{opened.task.id}:verdict:{review.id}:{stored(now)}",
        person_id=opened.submission.person_id,
        kind=VERDICT,
        due_at=now + UNDO,
        payload={"review": review.id, "decided": stored(now)},
    )
    return _opened(conn, submission_id) or Trouble.GONE


def undo(
    conn: sqlite3.Connection, submission_id: int, *, reviewer: int, now: datetime
) -> Opened | Trouble:
    """Take one's own verdict back while the trainee has not been told."""
    opened = _opened(conn, submission_id)
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
    outbox.cancel(conn, f"task:{opened.task.id}:verdict:{opened.review.id}:", "taken-back")
    return _opened(conn, submission_id) or Trouble.GONE


def of_submission(conn: sqlite3.Connection, submission_id: int) -> Review | None:
    """The review of a version, finished or not."""
    row = conn.execute("SELECT * FROM reviews WHERE submission_id = ?", (submission_id,)).fetchone()
    return None if row is None else _review(conn, row)


def find(conn: sqlite3.Connection, review_id: int) -> Review | None:
    """One review."""
    row = conn.execute("SELECT * FROM reviews WHERE id = ?", (review_id,)).fetchone()
    return None if row is None else _review(conn, row)


def last_return(conn: sqlite3.Connection, task_id: int, person_id: int) -> Review | None:
    """Why the work was returned last: it stands next to the next upload."""
    row = conn.execute(
        "SELECT r.* FROM reviews r JOIN submissions s ON s.id = r.submission_id"
        " WHERE s.task_id = ? AND s.person_id = ? AND r.verdict = 'returned'"
        " ORDER BY s.version DESC LIMIT 1",
        (task_id, person_id),
    ).fetchone()
    return None if row is None else _review(conn, row)


def _review(conn: sqlite3.Connection, row: sqlite3.Row) -> Review:
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


def _holder(submission: Submission, now: datetime) -> int | None:
    """Who is judging it now."""
    if submission.claimed_at is None or now - submission.claimed_at >= CLAIM:
        return None
    return submission.claimed_by


def _judgeable(
    conn: sqlite3.Connection,
    submission_id: int,
    scopes: Sequence[Scope],
    *,
    reviewer: int,
    now: datetime,
) -> Submission | Trouble:
    found = visible(conn, submission_id, scopes)
    if found is None or found.person_id == reviewer:
        return Trouble.GONE
    if found.state is VersionState.REPLACED:
        return Trouble.REPLACED
    if found.state is not VersionState.WAITING:
        return Trouble.DECIDED
    if _holder(found, now) not in {None, reviewer}:
        return Trouble.TAKEN
    return found


def _decided_by(
    conn: sqlite3.Connection, submission_id: int, verdict: Verdict, reviewer: int
) -> Opened | None:
    opened = _opened(conn, submission_id)
    same = opened and (opened.review.verdict, opened.review.reviewer_id) == (verdict, reviewer)
    return opened if same else None


def _opened(conn: sqlite3.Connection, submission_id: int) -> Opened | None:
    submission = submissions.find(conn, submission_id)
    review = of_submission(conn, submission_id)
    if submission is None or review is None:
        return None
    task = tasks.find(conn, submission.task_id)
    if task is None:
        return None
    before = conn.execute(
        "SELECT r.* FROM reviews r JOIN submissions s ON s.id = r.submission_id"
        " WHERE s.task_id = ? AND s.person_id = ? AND s.version < ? AND r.verdict = 'returned'"
        " ORDER BY s.version DESC LIMIT 1",
        (task.id, submission.person_id, submission.version),
    ).fetchone()
    return Opened(submission, task, review, None if before is None else _review(conn, before))
