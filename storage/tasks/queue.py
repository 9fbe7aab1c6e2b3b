"""The works that wait for a review: what a reviewer sees of them, and which comes next."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.tasks.reviewers import Reviewer
from storage.tasks.submissions import SUBMISSION, Submission, submission_of
from storage.times import moment

CLAIM = timedelta(hours=2)
"""A claim with which nothing is done for so long is free again."""


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


def queue(conn: sqlite3.Connection, reviewer: Reviewer, *, now: datetime) -> list[Queued]:
    """The works that wait, oldest first; one's own are left to others."""
    inside, arguments = reviewer.sees("s.task_id")
    rows = conn.execute(
        f"{SUBMISSION.replace(' FROM submissions s', _MORE)} JOIN tasks t ON t.id = s.task_id"
        " JOIN people p ON p.id = s.person_id"
        f" WHERE s.state = 'waiting' AND s.person_id <> ? AND {inside}"
        " ORDER BY s.submitted_at, s.id",
        [reviewer.id, *arguments],
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
            by=holder(own, now),
            review_by=moment(row["review_until"]),
        )
        for row in rows
    ]


_MORE = (
    ", t.title, t.number, t.review_until, p.surname, p.first_name, p.patronymic, p.municipality"
    " FROM submissions s"
)


def next_free(
    conn: sqlite3.Connection, reviewer: Reviewer, *, now: datetime, after: int = 0
) -> int | None:
    """The oldest work that nobody else is judging, of those in the queue behind `after`.

    Behind the last the queue begins anew; a work that has left the queue has nothing behind it.
    """
    waiting = queue(conn, reviewer, now=now)
    numbers = [each.submission.id for each in waiting]
    place = numbers.index(after) + 1 if after in numbers else 0
    turned = [*waiting[place:], *waiting[:place]]
    free = (
        each.submission.id
        for each in turned
        if each.by in {None, reviewer.id} and each.submission.id != after
    )
    return next(free, None)


def visible(conn: sqlite3.Connection, submission_id: int, reviewer: Reviewer) -> Submission | None:
    """A version that is theirs to see; no draft: that is its author's alone."""
    inside, arguments = reviewer.sees("s.task_id")
    row = conn.execute(
        f"{SUBMISSION} JOIN people p ON p.id = s.person_id"
        f" WHERE s.id = ? AND s.state <> 'draft' AND {inside}",
        [submission_id, *arguments],
    ).fetchone()
    return None if row is None else submission_of(row)


def holder(submission: Submission, now: datetime) -> int | None:
    """Who is judging it now."""
    if submission.claimed_at is None or now - submission.claimed_at >= CLAIM:
        return None
    return submission.claimed_by
