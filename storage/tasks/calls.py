"""Calling entrusted experts: works wait for them. Grouped, and at most once in a few hours.

An expert who looks into the queue of their own accord is not called for what they saw: the call
counts what still waits when it is sent, and one for nothing is dropped.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import outbox
from storage.people.people import PERSON, Person, person_of
from storage.tasks.queue import Queued, queue
from storage.tasks.reviewers import Reviewer
from storage.times import stored

CALL = "works-wait"
"""The kind of the outbox."""
APART = timedelta(hours=4)
"""Between two calls to one expert."""
GATHER = timedelta(minutes=10)
"""Before a call is sent: works often come close together, before a deadline."""


def entrusted(conn: sqlite3.Connection) -> list[Person]:
    """Everybody who is entrusted with a task for which a work waits."""
    rows = conn.execute(
        f"{PERSON} WHERE p.id IN (SELECT x.person_id FROM task_reviewers x"  # noqa: S608 - a constant of ours
        " JOIN submissions s ON s.task_id = x.task_id AND s.state = 'waiting') ORDER BY p.id"
    ).fetchall()
    return [person_of(row) for row in rows]


def waiting(conn: sqlite3.Connection, reviewer: Reviewer, *, now: datetime) -> list[Queued]:
    """The works of the tasks entrusted to them that nobody is judging, oldest first."""
    rows = conn.execute("SELECT task_id FROM task_reviewers WHERE person_id = ?", (reviewer.id,))
    own = {row[0] for row in rows.fetchall()}
    return [
        one
        for one in queue(conn, reviewer, now=now)
        if one.by is None and one.submission.task_id in own
    ]


def plan(conn: sqlite3.Connection, reviewers: Sequence[Reviewer], *, now: datetime) -> int:
    """Put a call for each to whom something new came since the last one; returns how many."""
    put = 0
    for reviewer in reviewers:
        found = waiting(conn, reviewer, now=now)
        if not found:
            continue
        newest = max(one.submission.id for one in found)
        last = conn.execute(
            "SELECT max(json_extract(payload, '$.newest')) AS newest, max(due_at) AS due_at,"
            " max(state = 'waiting') AS open FROM outbox WHERE person_id = ? AND kind = ?",
            (reviewer.id, CALL),
        ).fetchone()
        if last["newest"] is not None and (
            last["newest"] >= newest or last["open"] or last["due_at"] > stored(now - APART)
        ):
            continue
        put += outbox.put(
            conn,
            f"works-wait:{newest}:person:{reviewer.id}",
            person_id=reviewer.id,
            kind=CALL,
            due_at=now + GATHER,
            payload={"newest": newest},
        )
    return put
