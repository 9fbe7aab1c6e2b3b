"""A trainee asks whoever reviews their work; the answer goes back, both with the task."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage import outbox
from storage.tasks.reviewers import Reviewer
from storage.times import stored

QUESTION = "task-question"
ANSWER = "task-answer"

_QUESTION = """
SELECT q.id, q.task_id, q.person_id, q.text, q.answer, q.answered_by
FROM task_questions q JOIN people p ON p.id = q.person_id
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `answer` None while there is none."""

    id: int
    task_id: int
    person_id: int
    text: str
    answer: str | None
    answered_by: int | None


def ask(
    conn: sqlite3.Connection,
    task_id: int,
    person_id: int,
    text: str,
    *,
    source: str,
    now: datetime,
) -> bool:
    """Put a question to whoever judges (or judged last), else to who gave the task out.

    Returns:
        False if there is nobody to ask. The same message handled again asks once.
    """
    whom = _whom(conn, task_id, person_id)
    if whom is None:
        return False
    row = conn.execute(
        "INSERT INTO task_questions (task_id, person_id, source, text, asked_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET source = excluded.source RETURNING id",
        (task_id, person_id, source, text, stored(now)),
    ).fetchone()
    outbox.put(
        conn,
        f"task:{task_id}:question:{row[0]}",
        person_id=whom,
        kind=QUESTION,
        due_at=now,
        payload={"question": row[0]},
    )
    return True


def answer(
    conn: sqlite3.Connection,
    question_id: int,
    text: str,
    reviewer: Reviewer,
    *,
    now: datetime,
) -> bool:
    """Answer a question about a task that is theirs to review; the first answer stands."""
    question = find(conn, question_id, reviewer)
    if question is None or question.answer is not None:
        return False
    conn.execute(
        "UPDATE task_questions SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ?",
        (text, reviewer.id, stored(now), question_id),
    )
    outbox.put(
        conn,
        f"task:{question.task_id}:answer:{question_id}",
        person_id=question.person_id,
        kind=ANSWER,
        due_at=now,
        payload={"question": question_id},
    )
    return True


def find(
    conn: sqlite3.Connection, question_id: int, reviewer: Reviewer | None = None
) -> Question | None:
    """One question, if it is the reviewer's to answer (None: for the bot itself)."""
    inside, arguments = reviewer.sees("q.task_id") if reviewer is not None else ("1", [])
    row = conn.execute(
        f"{_QUESTION} WHERE q.id = ? AND {inside}", [question_id, *arguments]
    ).fetchone()
    return None if row is None else Question(*row)


def unanswered(conn: sqlite3.Connection, reviewer: Reviewer) -> list[Question]:
    """Every question that waits and is the reviewer's to answer, oldest first."""
    inside, arguments = reviewer.sees("q.task_id")
    rows = conn.execute(
        f"{_QUESTION} WHERE q.answer IS NULL AND q.person_id <> ? AND {inside} ORDER BY q.id",
        [reviewer.id, *arguments],
    )
    return [Question(*row) for row in rows]


def _whom(conn: sqlite3.Connection, task_id: int, person_id: int) -> int | None:
    row = conn.execute(
        "SELECT whom FROM ("
        " SELECT s.claimed_by AS whom, 0 AS rank, s.version AS at FROM submissions s"
        "  WHERE s.task_id = ?1 AND s.person_id = ?2 AND s.state = 'waiting'"
        " UNION ALL SELECT r.reviewer_id, 1, s.version FROM reviews r"
        "  JOIN submissions s ON s.id = r.submission_id"
        "  WHERE s.task_id = ?1 AND s.person_id = ?2 AND r.verdict IS NOT NULL"
        " UNION ALL SELECT t.created_by, 2, 0 FROM tasks t WHERE t.id = ?1)"
        " WHERE whom IS NOT NULL ORDER BY rank, at DESC LIMIT 1",
        (task_id, person_id),
    ).fetchone()
    return None if row is None else int(row[0])
