"""What a trainee hands in: the draft that is being collected, and the versions that were sent.

A draft is rows from the first message on; nothing waits in memory. Sending turns the draft into a
version in one transaction: the receipt, lateness, the attempt and the reviewer's notice go with it.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from storage.tasks import audience as task_audience
from storage.tasks import tasks
from storage.tasks.audience import Assigned
from storage.times import moment, stored
from surveys import tasks as rules
from surveys.tasks import Content, Refusal, VersionState

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


@dataclass(frozen=True, slots=True)
class Twin:
    """The same file or link handed in before; `own` by the same person in another task."""

    item_id: int
    submission_id: int
    person_id: int
    task_id: int
    content: Content
    own: bool


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
    found = _assigned(conn, task_id, person_id)
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
    found = _assigned(conn, own.task_id, person_id)
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
    standing = _assigned(conn, own.task_id, person_id)
    if sent is None or standing is None:  # written a line above
        return Sending.NO_DRAFT
    return Sent(sent, items(conn, own.id), standing)


def twins(conn: sqlite3.Connection, submission_id: int) -> list[Twin]:
    """The same content or link handed in before this: by another, or by the same for another task.

    The earlier versions of the same work are none: improving a work repeats most of it.
    """
    rows = conn.execute(
        "SELECT i.id AS item_id, o.submission_id, other.person_id, other.task_id, i.content,"
        " other.person_id = mine.person_id AS own"
        " FROM submission_items i JOIN submissions mine ON mine.id = i.submission_id"
        " JOIN submission_items o ON o.sha256 = i.sha256 OR o.link_key = i.link_key"
        " JOIN submissions other ON other.id = o.submission_id"
        " WHERE i.submission_id = ? AND other.state <> 'draft' AND other.id <> mine.id"
        " AND (other.person_id <> mine.person_id OR other.task_id <> mine.task_id)"
        " ORDER BY i.id, other.submitted_at",
        (submission_id,),
    )
    return [
        Twin(
            item_id=row["item_id"],
            submission_id=row["submission_id"],
            person_id=row["person_id"],
            task_id=row["task_id"],
            content=Content(row["content"]),
            own=bool(row["own"]),
        )
        for row in rows
    ]


_TRACKING = re.compile(r"^(utm_\w+|yclid|gclid|fbclid|ysclid|usp|si|feature)$")


def link_key(link: str) -> str:
    """The link without what does not change where it leads: scheme, www, tracking, fragment."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    host = (parts.hostname or "").removeprefix("www.")
    query = urlencode(
        sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
    )
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")).removeprefix("//")


def _assigned(conn: sqlite3.Connection, task_id: int, person_id: int) -> Assigned | None:
    task = tasks.find(conn, task_id)
    return None if task is None else task_audience.one(conn, task, person_id)
