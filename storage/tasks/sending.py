"""«Отправить окончательно»: a draft becomes a version that waits for its review.

It happens in one transaction: the number, lateness and the attempt go with it.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.tasks import audience as task_audience
from storage.tasks.audience import Assigned
from storage.tasks.submissions import SUBMISSION, Item, Submission, find, items
from storage.times import stored
from surveys import tasks as rules
from surveys.tasks import Refusal, VersionState


class Sending(StrEnum):
    """How handing in ended where it did not succeed."""

    EMPTY = "empty"
    NO_DRAFT = "no-draft"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt: the version, what is in it, the person's dates, and whether it is new now."""

    submission: Submission
    items: tuple[Item, ...]
    assigned: Assigned
    again: bool = False


def send(  # noqa: PLR0911 - each way of not succeeding is told apart
    conn: sqlite3.Connection, submission_id: int, person_id: int, *, now: datetime
) -> Sent | Refusal | Sending:
    """«Отправить окончательно»: the draft becomes a version that waits for its review.

    A version that still waits is replaced by it, and whoever was judging that one goes on with
    this. Handled again, the same press finds the version it made.
    """
    own = find(conn, submission_id)
    if own is None or own.person_id != person_id:
        return Sending.NO_DRAFT
    found = task_audience.asked_of(conn, own.task_id, person_id)
    if found is None:
        return Sending.NOT_ASKED
    if own.state is not VersionState.DRAFT:
        return Sent(own, items(conn, own.id), found, again=True)
    refusal = found.refusal(now)
    if refusal is not None:
        return refusal
    if not items(conn, own.id):
        return Sending.EMPTY
    late = rules.late(found.dates, found.versions, now)
    before = conn.execute(
        f"{SUBMISSION} WHERE s.task_id = ? AND s.person_id = ? AND s.state = 'waiting'",
        (own.task_id, person_id),
    ).fetchone()
    claimed_by, claimed_at = None, None
    if before is not None:
        claimed_by, claimed_at = before["claimed_by"], before["claimed_at"]
        conn.execute(
            "UPDATE submissions SET state = 'replaced', claimed_by = NULL, claimed_at = NULL"
            " WHERE id = ?",
            (before["id"],),
        )
    conn.execute(
        "UPDATE submissions SET state = 'waiting', submitted_at = ?, late_seconds = ?, attempt = ?,"
        " claimed_by = ?, claimed_at = ? WHERE id = ?",
        (
            stored(now),
            int(late.total_seconds()),
            rules.attempt_of_next(found.versions),
            claimed_by,
            claimed_at,
            own.id,
        ),
    )
    sent = find(conn, own.id)
    standing = task_audience.asked_of(conn, own.task_id, person_id)
    if sent is None or standing is None:  # written a line above
        return Sending.NO_DRAFT
    return Sent(sent, items(conn, own.id), standing)
